export { readTable, type ReadTable, type TableProblem, type TableRow } from './read.ts'
export { decode as decodeText } from './decode.ts'
export { readRows } from './rows.ts'
export { csvAnswer, csvText } from './write.ts'
