import type { Kysely } from 'kysely'
import { readAccountNames, type AccountTables } from '#features/accounts/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { listTranslationsWanted } from '#features/search/index.ts'
import { listPartsOf, listUpcomingParts } from '#features/seminars/index.ts'
import { listSeries, listSeriesMembers } from '#features/series/index.ts'
import type { TranslationDeps, TranslationTables } from '#features/translation/index.ts'
import type { Instant } from '#platform/time.ts'
import type { HubTables } from './schema.ts'

/** What the translation desk needs, with what seminars and series tell it about what matters. */
export function createTranslationDeps(
  db: Kysely<HubTables>,
  now: () => Instant,
  languages: readonly string[],
): TranslationDeps {
  const deps = { ...handlesOf(db), now }
  const accounts = db.$pickTables<keyof AccountTables>()
  return {
    ...deps,
    translation: db.$pickTables<keyof TranslationTables>(),
    languages,
    hasMachine: false,
    changed: () => undefined,
    importance: {
      listUpcoming: async () => listUpcomingParts(deps.seminars, now()),
      listSeries: async (reader) => listSeries(deps, reader),
      listMembers: async (id) => {
        const members = await listSeriesMembers(deps.series, id)
        return [...members, ...(await listPartsOf(deps.seminars, members))]
      },
    },
    listWanted: async () => listTranslationsWanted(db.$pickTables()),
    readNames: async (ids) => readAccountNames(accounts, ids),
  }
}
