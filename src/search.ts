import { z } from 'zod'
import type { Kysely } from 'kysely'
import { handlesOf } from '#features/exchange/index.ts'
import { readHubVersion, type RecordTables } from '#features/records/index.ts'
import {
  createIndexKeeper,
  createListKeeper,
  forgetWords,
  isAnyForgotten,
  mendIndex,
  prepareEngine,
  refreshIndex,
  searchRoutes,
  type SearchTables,
} from '#features/search/index.ts'
import { limitRate, type Http } from '#platform/http/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Jobs } from '#platform/jobs/index.ts'
import type { HubTables } from './schema.ts'
import { facetDirectory } from './search-facets.ts'
import { passageSources } from './search-sources.ts'
import type { SearchDoor, Wiring } from './wiring.ts'

export const searchJobNames = { search: 'search.index', words: 'search.words' } as const

/** A person reads faster than this; what the page cache answers is not counted. */
const searchLimit = { name: 'search', requests: 120, seconds: 60 }

/** What is suggested while somebody types, a request for each pause. */
const suggestLimit = { name: 'suggestions', requests: 240, seconds: 60 }

/** When the index is looked at without anybody asking: a cron expression, in UTC. */
const LOOKING = '* * * * *'

/** So many lookings later the index is looked at whether anything of it is missing. */
const MENDING = 60

/** When words that nothing has any more are forgotten. */
const FORGETTING = '53 3 * * *'

/** The search of this hub, made once for pages and programs. */
export function openSearch(db: Kysely<HubTables>, { clientOf }: Http, now: () => Instant): SearchDoor {
  const records = db.$pickTables<keyof RecordTables>()
  const search = db.$pickTables<keyof SearchTables>()
  const index = createIndexKeeper(search, passageSources(db), async () => readHubVersion(records))
  let engine: ReturnType<typeof prepareEngine> | undefined
  const deps = {
    records,
    search,
    index,
    now,
    facets: facetDirectory(handlesOf(db)),
    lists: createListKeeper(search, records),
    engine: async () => {
      engine ??= prepareEngine(search)
      // A database that was away for a moment is asked again by the next.
      engine.catch(() => (engine = undefined))
      return engine
    },
  }
  return { deps, limit: limitRate({ ...searchLimit, clientOf }) }
}

/** Mounts the pages of the search. */
export function mountSearch({ http, search }: Wiring, below: string): void {
  http.app.use(`${below}/search`, search.limit)
  http.app.use(`${below}/search/suggest`, limitRate({ ...suggestLimit, clientOf: http.clientOf }))
  http.app.route(below, searchRoutes(search.deps))
}

/** Defines the jobs that keep the index and its words in step; what it gives back schedules them. */
export function defineSearchJobs(jobs: Jobs, db: Kysely<HubTables>): () => Promise<void> {
  const search = db.$pickTables<keyof SearchTables>()
  let seen: number | undefined
  /** Runs until the whole of the index is looked at: none after a start, and after one that failed. */
  let left = 0
  const indexing = jobs.define({
    name: searchJobNames.search,
    payload: z.object({}),
    // The next minute tries again, from where this one came to.
    retries: 0,
    run: async (_, { signal, progress }) => {
      const version = await readHubVersion(db.$pickTables<keyof RecordTables>())
      const isDue = left === 0
      const after = isDue ? MENDING : left - 1
      const isAsked = isDue || version !== seen || (await isAnyForgotten(search))
      left = isAsked ? 0 : after
      if (!isAsked) return
      if (isDue) await mendIndex(search)
      await refreshIndex(search, passageSources(db), { signal, progress })
      seen = version
      left = after
    },
  })
  const forgetting = jobs.define({
    name: searchJobNames.words,
    payload: z.object({}),
    run: async (_, { signal }) => forgetWords(search, signal),
  })
  return async () => {
    await indexing.schedule(LOOKING, {})
    await forgetting.schedule(FORGETTING, {})
    await indexing.send({}, { singletonKey: 'start' })
  }
}
