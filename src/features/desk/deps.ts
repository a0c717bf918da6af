import type { UploadDeps } from '#features/files/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import type { Actor } from '#features/accounts/index.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import type { DeskKinds } from './kind.ts'
import type { DeskDb } from './schema.ts'

/** A page that another feature adds to what the desk offers to begin. */
export interface DeskTool {
  /** Below the desk's address. */
  readonly path: string
  readonly label: MessageKey
  readonly may: (actor: Actor | null) => boolean
}

/** What the desk works with. */
export interface DeskDeps extends UploadDeps {
  readonly records: RecordDb
  readonly desk: DeskDb
  readonly kinds: DeskKinds
  readonly tools: readonly DeskTool[]
  /** Languages of the hub, in its order. */
  readonly languages: readonly string[]
  /** The hub's own zone. */
  readonly zone: string
  /** To be called when something public changed: this process then shows it at once. */
  readonly onChange: () => void
  /** Names of the people who did something, by their ids; whoever is not named is shown by the id. */
  readonly nameActors: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}
