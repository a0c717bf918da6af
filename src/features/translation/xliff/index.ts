export { planUnit, written, type Outcome, type Plan } from './plan.ts'
export { decodeXliff, readXliff, type ReadXliff, type XliffFault, type XliffRead } from './read.ts'
export { mostBytes, type FileOut, type UnitIn, type UnitOut } from './shape.ts'
export { closeXliff, openXliff, writeFile } from './write.ts'
