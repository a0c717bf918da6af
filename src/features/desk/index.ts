export { deedOf } from './actions.ts'
export type { DeskDeps, DeskTool } from './deps.ts'
export { clockState, localTime } from './facts.ts'
export {
  only,
  orNull,
  some,
  type CheckLine,
  type Checked,
  type DeskKind,
  type Fact,
  type FactChoice,
  type FactProblem,
  type FactValue,
  type FactValues,
  type PreviewCall,
} from './kind.ts'
export { formOf, frame, requireActor, type DeskCall } from './page.tsx'
export { describe, findRecords, type PickOption } from './picks.ts'
export { deskRoutes } from './routes.tsx'
export type { DeskTables } from './schema.ts'
export { listDeskFileNames } from './offers.ts'
export { deskBodyLimit } from './uploads.ts'
export { guardRows, readFactValues, requireGuarded, requireOfKind } from './standing.ts'
export { ListPage } from './views/list-page.tsx'
export { RecordFrame, recordPath, type Framed } from './views/record-frame.tsx'
export { Moves, Turn } from './views/turn.tsx'
