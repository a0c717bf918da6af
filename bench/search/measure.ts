import { statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createListKeeper, find, prepareEngine, refreshIndex, type PassageSource } from '#features/search/index.ts'
import { migrations } from '#migrations/index.ts'
import { migrate, openDatabase, vacuum } from '#platform/db/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { HubTables } from '../../src/schema.ts'
import {
  createChance,
  languages,
  makeDocument,
  PASSAGES,
  pickWord,
  readVocabulary,
  recordOf,
  type Language,
} from './corpus.ts'

export interface Measured {
  readonly passages: number
  /** Seconds. */
  readonly indexing: number
  /** Megabytes of the data folder, and of this process. */
  readonly disk: number
  readonly memory: number
  /** Milliseconds of each search. */
  readonly times: readonly number[]
}

/** Searches that are timed. */
const QUERIES = 200

/** Makes an index of so many passages on the embedded database, and searches it as pages do: the ten best, with counts of every facet. */
export async function measureSearch(dataFolder: string, passages: number): Promise<Measured> {
  const database = await openDatabase<HubTables>({ dataFolder, mode: 'own' })
  try {
    await migrate(database.kysely, migrations)
    const search = database.kysely.$pickTables<
      'search_entry' | 'search_document' | 'passage' | 'search_name' | 'synonym' | 'search_list_change'
    >()
    const records = database.kysely
    const seeds = join(packageRoot(), 'seeds')
    const vocabularies = Object.fromEntries(
      languages.map((lang) => [lang, readVocabulary(seeds, lang)]),
    ) as unknown as Readonly<Record<Language, readonly string[]>>
    const count = Math.ceil(passages / PASSAGES)
    await sql`
      insert into record (id, kind, source_lang, status, created_at, updated_at, published_at)
      select unnest(${Array.from({ length: count }, (_, number) => recordOf(number))}::text[]), 'publication', 'en', 'published', now(), now(), now()`.execute(
      records,
    )
    const ids = Array.from({ length: count }, (_, number) => ({ id: `bench ${number}`, stamp: '1' }))
    const source: PassageSource = {
      name: 'bench',
      list: async () => ids,
      read: async (some) => new Map(some.map((id) => [id, [makeDocument(Number(id.split(' ')[1]), vocabularies)]])),
    }
    const startedAt = performance.now()
    await refreshIndex(search, [source])
    await vacuum(database)
    const indexing = (performance.now() - startedAt) / 1000
    const engine = prepareEngine(search)
    const deps = { records, search, engine: async () => engine, lists: createListKeeper(search, records) }
    const times: number[] = []
    for (const { lang, typed, filters } of queryLog(vocabularies)) {
      const reader = { lang, chain: [lang, 'en'], audience: ['public'] }
      const begun = performance.now()
      await find(deps, reader, { typed, filters, sort: 'best', page: 1, limit: 10, at: null, isExact: false })
      times.push(performance.now() - begun)
    }
    // The first searches read what the others find in memory.
    return {
      passages,
      indexing,
      disk: sizeOf(dataFolder),
      memory: process.memoryUsage.rss() / 1e6,
      times: times.slice(20),
    }
  } finally {
    await database.close()
  }
}

/** A mixed log: one to four words, common and rare, filtered and not. */
function queryLog(vocabularies: Readonly<Record<Language, readonly string[]>>) {
  const chance = createChance(7)
  return Array.from({ length: QUERIES + 20 }, (_, index) => {
    const lang = languages[index % languages.length] ?? 'en'
    const typed = Array.from({ length: 1 + (index % 4) }, () => pickWord(vocabularies[lang], chance)).join(' ')
    const filters = index % 3 === 0 ? [{ facet: 'year', value: String(2005 + (index % 20)), asked: '' } as const] : []
    return { lang, typed, filters }
  })
}

function sizeOf(folder: string): number {
  const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  return bytes / 1e6
}
