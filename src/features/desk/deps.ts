import type { UploadDeps } from '#features/files/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import type { DeskKinds } from './kind.ts'
import type { DeskDb } from './schema.ts'

/** What the desk works with. */
export interface DeskDeps extends UploadDeps {
  readonly records: RecordDb
  readonly desk: DeskDb
  readonly kinds: DeskKinds
  /** Languages of the hub, in its order. */
  readonly languages: readonly string[]
  /** The hub's own zone. */
  readonly zone: string
  /** To be called when something public changed: this process then shows it at once. */
  readonly onChange: () => void
  /** Names of the people who did something, by their ids; whoever is not named is shown by the id. */
  readonly nameActors: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}
