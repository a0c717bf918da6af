import type { FacetDirectory } from './facets.ts'
import type { FindDeps } from './find.ts'

/** What the search is asked through, by pages, programs and feeds. */
export interface SearchDeps extends FindDeps {
  readonly facets: FacetDirectory
  /** Brings the index in step; false: it is being made, and what is found may not be all. */
  readonly current: () => Promise<boolean>
}
