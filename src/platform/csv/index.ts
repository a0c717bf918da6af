export { readTable, type ReadTable, type TableProblem, type TableRow } from './read.ts'
export { csvAnswer } from './write.ts'
