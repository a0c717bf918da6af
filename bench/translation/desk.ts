import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { createApp } from '../../src/app.tsx'
import { readConfig } from '../../src/config.ts'
import type { HubTables } from '../../src/schema.ts'
import { createTranslationDeps } from '../../src/translation-desk.ts'
import {
  insertUser,
  insertVisit,
  replaceGrants,
  signVisitToken,
  visitCookie,
  type AccountTables,
} from '#features/accounts/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { readHubSettings } from '#features/hub/index.ts'
import { rememberTexts } from '#features/translation/index.ts'
import { migrations } from '#migrations/index.ts'
import { countQueries, migrate, openDatabase, vacuum } from '#platform/db/index.ts'
import { loadAssets } from '#platform/http/index.ts'
import { loadCatalogues } from '#platform/i18n/index.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { createPdfCompiler } from '#platform/pdf/index.ts'
import { packageRoot } from '#platform/root.ts'
import { createLocalFileStore, createSpool } from '#platform/files/index.ts'
import { printRows } from '../table.ts'

const now = new Date().toISOString()
const secret = 'a secret for the length of this benchmark'
const noCounter = { count: () => undefined, flush: async () => undefined }
const turns = 40
const most = 300

/** What a translator opens: as it comes, narrowed, in another order, and the last page. */
const pagesOf = (records: number): readonly (readonly [what: string, query: string])[] => [
  ['the table as it opens', ''],
  ['behind in one language', '?lang=ar&need=behind'],
  ['missing in any language', '?need=missing&kind=seminar'],
  ['what has waited longest', '?sort=age&need=work'],
  ['words of a name', '?q=record%2077'],
  ['far down', `?page=${Math.ceil(records / 70)}`],
]

/** Fills a hub and prints how long its desk takes: the middle and the slow end of forty readings of each page. */
export async function timeDesk(dataFolder: string, records: number): Promise<boolean> {
  const database = await openDatabase<HubTables>({ dataFolder, mode: 'own' })
  const pdf = createPdfCompiler({ fonts: [] })
  try {
    await migrate(database.kysely, migrations)
    const startedAt = performance.now()
    await fill(database.kysely, records)
    await vacuum(database)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    console.log(
      `${records.toLocaleString('en')} records, ${(records * 19).toLocaleString('en')} texts, filled in ${seconds} s`,
    )
    const config = readConfig({ HUB_LOG: 'silent' })
    const { http } = createApp({
      config,
      database,
      settings: await readHubSettings(handlesOf(database.kysely).records),
      files: createLocalFileStore(join(dataFolder, 'files')),
      spool: createSpool(join(dataFolder, 'uploads')),
      catalogues: loadCatalogues(join(packageRoot(), 'locales')),
      assets: await loadAssets(join(packageRoot(), 'dist', 'assets')),
      log: createLog({ level: 'error' }),
      metrics: createMetrics(),
      now: () => now,
      pdf,
      secret,
      hits: noCounter,
      views: noCounter,
      questions: noCounter,
      cacheBytes: 0,
    })
    const cookie = `${visitCookie(config.HUB_ORIGIN)}=${await signIn(database.kysely)}`
    const rows = []
    for (const [what, query] of pagesOf(records)) {
      const { p50, p95, queries } = await time(async () =>
        http.app.request(`/en/desk/translation${query}`, { headers: { cookie } }),
      )
      rows.push({ what: `${what}, p50 (${queries} queries)`, value: p50, unit: 'ms', most })
      rows.push({ what: `${what}, p95`, value: p95, unit: 'ms', most })
    }
    const edit = `/en/desk/translation/sem_${'2'.padStart(10, '0')}/fr`
    const remembering = performance.now()
    const remembered = await rememberTexts(createTranslationDeps(database.kysely, () => now, []))
    const each = (performance.now() - remembering) / remembered
    const editing = await time(async () => http.app.request(edit, { headers: { cookie } }))
    rows.push({ what: 'remembering a record', value: each, unit: 'ms', most: 50 })
    rows.push({ what: `a record side by side, p50 (${editing.queries} queries)`, value: editing.p50, unit: 'ms', most })
    rows.push({ what: 'a record side by side, p95', value: editing.p95, unit: 'ms', most })
    return printRows(rows)
  } finally {
    pdf.stop()
    await database.close()
  }
}

async function time(open: () => Promise<Response>): Promise<{ p50: number; p95: number; queries: number }> {
  const times: number[] = []
  const { queries } = await countQueries(async () => (await open()).text())
  for (let turn = 0; turn < turns; turn += 1) {
    const startedAt = performance.now()
    const response = await open()
    await response.text()
    if (response.status !== 200) throw new Error(`The desk answers ${response.status}`)
    times.push(performance.now() - startedAt)
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), queries: queries.length }
}

/** An editor's visit; gives back what their browser would send. */
async function signIn(db: Kysely<HubTables>): Promise<string> {
  const accounts = db.$pickTables<keyof AccountTables>()
  const userId = await insertUser(accounts, { email: 'bench@hub.example', name: 'Bench', lang: 'en' }, now)
  await replaceGrants(accounts, userId, [{ role: 'editor', scope: '*' }], 'bench', now)
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  await insertVisit(accounts, { userId, token: 'bench', method: 'password', expiresAt }, now)
  return signVisitToken('bench', secret)
}

const batch = 250

/** Records of two kinds with four fields in up to five languages; some translations are behind, machine-made or missing. */
async function fill(db: Kysely<HubTables>, records: number): Promise<void> {
  // Five sentences of twelve words each out of two hundred, so that some are alike and few the same.
  await sql`
    create function speak(n int, field int) returns text language sql immutable as $$
      select string_agg(words, ' ') from (
        select string_agg('word' || abs(hashint4(n * 7919 + field * 131 + place * 17 + sentence * 3)) % 200, ' ' order by place) || '.' as words
        from generate_series(1, 5) as sentence, generate_series(1, 12) as place group by sentence order by sentence
      ) as sentences
    $$`.execute(db)
  for (let from = 1; from <= records; from += batch) {
    const to = Math.min(records, from + batch - 1)
    await sql`
      insert into record (id, kind, source_lang, status, visibility, created_at, updated_at)
      select case when n % 2 = 0 then 'sem_' else 'prg_' end || lpad(n::text, 10, '0'),
             case when n % 2 = 0 then 'seminar' else 'programme' end, 'en', 'published', 'public',
             ${now}::timestamptz - n * interval '1 hour', ${now}
      from generate_series(${from}::int, ${to}::int) as n`.execute(db)
    await sql`
      insert into record_text (record_id, lang, field, body, state, source_hash, updated_at, updated_by)
      select case when n % 2 = 0 then 'sem_' else 'prg_' end || lpad(n::text, 10, '0'), lang, field,
             case when field in ('title', 'name') then 'Record ' || n || ' ' || lang else speak(n, length(field)) end,
             case when lang = 'en' then 'source' when (n + length(field)) % 11 = 0 then 'machine' else 'current' end,
             case when lang <> 'en' and (n + length(field)) % 7 = 0 then 'earlier' else 'now' end,
             ${now}::timestamptz - n * interval '1 hour', 'bench'
      from generate_series(${from}::int, ${to}::int) as n,
           unnest(array['en', 'fr', 'es', 'ar', 'pt']) as lang,
           unnest(array[case when n % 2 = 0 then 'title' else 'name' end, 'summary', 'objectives', 'background']) as field
      where not (lang = 'ar' and (n % 5 = 0 or field = 'background'))`.execute(db)
  }
  await sql`
    insert into seminar (id, form, mode, starts_on, ends_on, time_zone)
    select id, 'seminar', 'online', created_at::date + 200, created_at::date + 200, 'UTC' from record where kind = 'seminar'`.execute(
    db,
  )
  await sql`
    insert into record_view (record_id, day, count)
    select id, ${now}::date - day, 1 + length(id) from record, generate_series(0, 89) as day where kind = 'programme'`.execute(
    db,
  )
  await sql`insert into record_reading select id, hashtext(id) from record where kind = 'programme'`.execute(db)
}
