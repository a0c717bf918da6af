import type { Actor } from '#features/accounts/index.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import type { Instant } from '#platform/time.ts'
import type { FacetDirectory } from './facets.ts'
import type { SearchDeskDb } from './store-lists.ts'

/** What the desk's screens of the search work with. */
export interface SearchDeskDeps {
  readonly db: SearchDeskDb
  readonly facets: FacetDirectory
  readonly now: () => Instant
  /** Languages of the hub, in its order. */
  readonly languages: readonly string[]
  /** To be called when something public changed: this process then shows it at once. */
  readonly changed: () => void
  /** Names of the people who did something, by their ids. */
  readonly nameActors: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** A page that the desk offers, below its address. */
export interface SearchTool {
  readonly path: string
  readonly label: MessageKey
  readonly may: (actor: Actor | null) => boolean
}
