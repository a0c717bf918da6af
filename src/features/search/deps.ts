import type { Instant } from '#platform/time.ts'
import type { FacetDirectory } from './facets.ts'
import type { FindDeps } from './find.ts'
import type { IndexKeeper } from './keep-index.ts'

/** What the search is asked through, by pages, programs and feeds. */
export interface SearchDeps extends FindDeps {
  readonly facets: FacetDirectory
  /** Brings the index in step, and says how far it is. */
  readonly index: IndexKeeper
  readonly now: () => Instant
}
