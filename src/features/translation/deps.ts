import type { Reader, TextValue } from '#features/records/index.ts'
import type { TaxonomyDeps } from '#features/taxonomy/index.ts'
import type { Instant } from '#platform/time.ts'
import type { TranslationDb } from './store.ts'

/** What the desk needs: the spine, the vocabularies, its own tables, the clock, and what only others know. */
export interface TranslationDeps extends TaxonomyDeps {
  readonly translation: TranslationDb
  readonly now: () => Instant
  /** Languages that the hub's texts are wanted in, in its order. */
  readonly languages: readonly string[]
  readonly importance: Importance
  /** Whether the operator has configured a machine that translates. */
  readonly hasMachine: boolean
  /** Told when something readers see has changed. */
  readonly changed: () => void
  /** Words that readers looked for in vain, and that editors would like to see translated; the newest first. */
  readonly listWanted: () => Promise<readonly WantedWords[]>
  /** Names of people by their account; whoever is not there has left. */
  readonly readNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** Words that are wanted in a language. */
export interface WantedWords {
  readonly lang: string
  readonly words: string
  readonly note: string
}

/** What kinds of records know about what matters, handed in by the composition root. */
export interface Importance {
  /** Ids of what is needed soonest, first. */
  listUpcoming(): Promise<readonly string[]>
  listSeries(reader: Reader): Promise<readonly SeriesChoice[]>
  /** Ids of everything that belongs to a series. */
  listMembers(seriesId: string): Promise<readonly string[]>
}

export interface SeriesChoice {
  readonly id: string
  readonly name: TextValue
}
