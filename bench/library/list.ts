import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { createApp } from '../../src/app.tsx'
import { readConfig } from '../../src/config.ts'
import type { HubTables } from '../../src/schema.ts'
import { handlesOf, loadContent } from '#features/exchange/index.ts'
import { readHubSettings } from '#features/hub/index.ts'
import { migrations } from '#migrations/index.ts'
import { countQueries, migrate, openDatabase, vacuum } from '#platform/db/index.ts'
import { createLocalFileStore, createSpool } from '#platform/files/index.ts'
import { loadAssets } from '#platform/http/index.ts'
import { loadCatalogues } from '#platform/i18n/index.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { createPdfCompiler } from '#platform/pdf/index.ts'
import { packageRoot } from '#platform/root.ts'
import { printRows, type Row } from '../table.ts'

const now = new Date().toISOString()
const noCounter = { count: () => undefined, flush: async () => undefined }
const turns = 40
const most = 50
const batch = 500

const pagesOf = (publications: number): readonly (readonly [what: string, path: string])[] => [
  ['the library as it opens', '/fr/library'],
  ['far down', `/fr/library?page=${Math.ceil(publications / 25)}`],
  ['by title', '/fr/library?sort=title&page=2'],
  ['by title in Arabic', '/ar/library?sort=title'],
  ['one filter', '/fr/library?type=study'],
  ['four filters', '/fr/library?type=paper&place=SN&lang=fr&year=2015'],
  ['what one author made', '/fr/library?author=per_bench1'],
]

/** Fills a hub and prints how long its library takes: the middle and the slow end of forty readings of each page, none of them kept. */
export async function timeLibrary(dataFolder: string, publications: number): Promise<boolean> {
  const database = await openDatabase<HubTables>({ dataFolder, mode: 'own' })
  const pdf = createPdfCompiler({ fonts: [] })
  try {
    await migrate(database.kysely, migrations)
    const files = createLocalFileStore(join(dataFolder, 'files'))
    await loadContent({ db: database.kysely, files }, join(packageRoot(), 'seeds'), now)
    const startedAt = performance.now()
    await fill(database.kysely, publications)
    await vacuum(database)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    console.log(`${publications.toLocaleString('en')} publications, filled in ${seconds} s`)
    const { http } = createApp({
      config: readConfig({ HUB_LOG: 'silent' }),
      database,
      settings: await readHubSettings(handlesOf(database.kysely).records),
      files,
      spool: createSpool(join(dataFolder, 'uploads')),
      catalogues: loadCatalogues(join(packageRoot(), 'locales')),
      assets: await loadAssets(join(packageRoot(), 'dist', 'assets')),
      log: createLog({ level: 'error' }),
      metrics: createMetrics(),
      now: () => now,
      pdf,
      secret: 'a secret for the length of this benchmark',
      hits: noCounter,
      views: noCounter,
      questions: noCounter,
      cacheBytes: 0,
    })
    const open = async (path: string) => http.app.request(path)
    const rows = await timeIndex(open, database.kysely)
    for (const [what, path] of pagesOf(publications)) {
      const { p50, p95, queries } = await time(async () => open(path))
      rows.push({ what: `${what}, p50 (${queries} queries)`, value: p50, unit: 'ms', most })
      rows.push({ what: `${what}, p95`, value: p95, unit: 'ms', most })
    }
    return printRows(rows)
  } finally {
    pdf.stop()
    await database.close()
  }
}

const held = () => {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

/** What the index takes: to be made, in memory with the orders of two languages, and to follow a change. */
async function timeIndex(open: (path: string) => Response | Promise<Response>, db: Kysely<HubTables>): Promise<Row[]> {
  await (await open('/fr')).text()
  const before = held()
  const read = async (path: string) => {
    const startedAt = performance.now()
    await (await open(path)).text()
    return performance.now() - startedAt
  }
  const first = await read('/fr/library')
  const titles = await read('/fr/library?sort=title')
  await read('/ar/library?sort=title')
  const memory = held() - before
  await sql`update record set updated_at = now(), version = version + 1 where id = 'pub_bench5'`.execute(db)
  await sql`update hub_state set version = version + 1`.execute(db)
  const changed = await read('/fr/library?sort=title')
  return [
    { what: 'the first reader after a start', value: first, unit: 'ms', most: 20_000 },
    { what: 'the first to sort by title', value: titles, unit: 'ms', most: 3000 },
    { what: 'the first after a change', value: changed, unit: 'ms', most: 150 },
    { what: 'memory of the index', value: memory, unit: 'MB', most: 100 },
  ]
}

async function time(open: () => Promise<Response>): Promise<{ p50: number; p95: number; queries: number }> {
  const times: number[] = []
  const { queries } = await countQueries(async () => (await open()).text())
  for (let turn = 0; turn < turns; turn += 1) {
    const startedAt = performance.now()
    const response = await open()
    await response.text()
    if (response.status !== 200) throw new Error(`The library answers ${response.status}`)
    times.push(performance.now() - startedAt)
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), queries: queries.length }
}

/** Publications in two languages with types, dates, places, terms of every vocabulary, an author, and files in three languages. */
async function fill(db: Kysely<HubTables>, publications: number): Promise<void> {
  const { rows: concepts } = await sql<{ id: string }>`select id from concept order by id`.execute(db)
  const terms = concepts.map(({ id }) => id)
  await sql`insert into record (id, kind, source_lang, status, published_at, created_at, updated_at)
    select 'per_bench' || n, 'person', 'en', 'published', ${now}, ${now}, ${now} from generate_series(1, 50) as n`.execute(
    db,
  )
  await sql`insert into record_text (record_id, lang, field, body, state, source_hash, updated_at, updated_by)
    select 'per_bench' || n, 'en', 'name', 'Author ' || n, 'source', 'a', ${now}, 'bench' from generate_series(1, 50) as n`.execute(
    db,
  )
  for (let from = 1; from <= publications; from += batch) {
    const some = sql`generate_series(${from}::int, ${Math.min(publications, from + batch - 1)}::int) as n`
    await sql`insert into record (id, kind, source_lang, status, published_at, created_at, updated_at)
      select 'pub_bench' || n, 'publication', 'en', 'published', ${now}, ${now}, ${now} from ${some}`.execute(db)
    await sql`insert into record_text (record_id, lang, field, body, state, source_hash, updated_at, updated_by)
      select 'pub_bench' || n, lang, 'title', case lang when 'en' then 'Return and reintegration ' else 'Retour et réintégration ' end
        || md5(n || lang), case lang when 'en' then 'source' else 'current' end, 'a', ${now}, 'bench'
      from ${some}, unnest(array['en', 'fr']) as lang`.execute(db)
    await sql`insert into publication (id, types, issued)
      select 'pub_bench' || n, array[(array['paper', 'study', 'brief', 'report', 'handbook'])[n % 5 + 1]],
        (1990 + n % 35) || '-' || lpad((n % 12 + 1)::text, 2, '0') from ${some}`.execute(db)
    await sql`insert into record_place (record_id, code)
      select distinct 'pub_bench' || n, (array['ET', 'SN', 'IQ', 'AF', 'GE', 'HN', 'NG', 'NE', 'GN', 'ML'])[(n / place) % 10 + 1]
      from ${some}, unnest(array[1, 7]) as place`.execute(db)
    await sql`insert into record_concept (record_id, concept_id, position)
      select distinct 'pub_bench' || n, (${terms}::text[])[(n * place) % ${terms.length} + 1], 0
      from ${some}, unnest(array[1, 3, 7, 13, 31]) as place`.execute(db)
    await sql`insert into contributor (publication_id, position, role, kind, agent_id, name)
      select 'pub_bench' || n, 0, 'author', 'person', 'per_bench' || (n % 50 + 1), 'Author' from ${some}`.execute(db)
    await sql`insert into edition (id, publication_id, position) select 'edi_bench' || n, 'pub_bench' || n, 0 from ${some}`.execute(
      db,
    )
    await sql`insert into edition_file (id, edition_id, position, lang, url)
      select 'fil_bench' || n || lang, 'edi_bench' || n, 0, lang, 'https://example.org/' || n || lang
      from ${some}, unnest(array['en', 'fr', 'ar']) as lang`.execute(db)
  }
}
