import type { Kysely } from 'kysely'
import type { RecordTables } from '#features/records/index.ts'
import { createListKeeper, findWithHelp, refreshIndex, type SearchTables } from '#features/search/index.ts'
import { passageSources } from '../../../src/search-sources.ts'
import type { HubTables } from '../../../src/schema.ts'
import { SHOWN } from './measures.ts'

export const engines = ['bm25', 'tsvector'] as const
export type Engine = (typeof engines)[number]

/** Asks as a visitor of a language does; gives the ids of the first ten, or so many. */
export type Ask = (lang: string, text: string, many?: number) => Promise<string[]>

/** Brings the index in step, and makes what asks it by an engine. */
export async function openQuestions(db: Kysely<HubTables>): Promise<(engine: Engine) => Ask> {
  const search = db.$pickTables<keyof SearchTables>()
  const records = db.$pickTables<keyof RecordTables>()
  await refreshIndex(search, passageSources(db))
  const lists = createListKeeper(search, records)
  return (engine) => {
    const deps = { records, search, lists, engine: async () => engine }
    return async (lang, text, many = SHOWN) => {
      const reader = { lang, chain: [lang, 'en'], audience: ['public'] }
      const question = { filters: [], sort: 'best', page: 1, limit: many, at: null, isExact: false } as const
      const first = await findWithHelp(deps, reader, { ...question, typed: text })
      const [instead] = first.suggestions ?? []
      // What is suggested in place of what finds nothing is asked for instead, as a visitor would.
      const answer =
        (first.isPartial || first.items.length === 0) && instead !== undefined
          ? await findWithHelp(deps, reader, { ...question, typed: instead })
          : first
      return answer.items.map(({ id }) => id)
    }
  }
}
