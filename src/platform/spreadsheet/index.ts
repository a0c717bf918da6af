export { readSpreadsheet, type SpreadsheetRows } from './read.ts'
export { writeSpreadsheet } from './write.ts'
