export type { DeskDeps } from './deps.ts'
export {
  isSame,
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
export { deskRoutes } from './routes.tsx'
export type { DeskTables } from './schema.ts'
