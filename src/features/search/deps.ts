import type { SearchHandles } from './store.ts'

export interface SearchDeps extends SearchHandles {
  /** Brings the index in step; false: it is being made, and what is found may not be all. */
  readonly current: () => Promise<boolean>
}
