import { sql, type RawBuilder } from 'kysely'
import type { KindName, RecordStatus, StoredTextState } from './domain.ts'
import type { RecordDb } from './store.ts'
import { readViews } from './store-views.ts'

/** What a record × language may be looked for by. `work`: anything that is not up to date. */
export type LanguageNeed = 'current' | 'behind' | 'machine' | 'missing' | 'work'

/** Which records, and how far they are. */
export interface LanguageFilter {
  /** The languages that are looked at. */
  readonly langs: readonly string[]
  readonly kind?: KindName
  readonly ids?: readonly string[]
  readonly need?: LanguageNeed
  /** One record that is listed whatever there is to do in it. */
  readonly also?: string
  /** Sources that have not changed since this instant. */
  readonly unchangedSince?: string
  /** Records whose name, in any language, holds these words. */
  readonly words?: string
}

/** One record with how far it is in each language that has a text of it. */
export interface RecordLanguages {
  readonly id: string
  readonly kind: KindName
  readonly sourceLang: string
  readonly status: RecordStatus
  /** When a source of it last changed. */
  readonly sourceAt: string
  /** Page views of the last ninety days. */
  readonly views: number
  readonly fields: number
  readonly langs: readonly LanguageCounts[]
}

/** How many of a record's texts, in one language, are its own sources, translations, behind or machine-made. */
export interface LanguageCounts {
  readonly lang: string
  readonly own: number
  readonly made: number
  readonly behind: number
  readonly machine: number
}

/** In which order: `importance` takes these ids first, then what is read most; `age` what has waited longest. */
export type LanguageOrder =
  | { readonly by: 'importance'; readonly first: readonly string[]; readonly viewsSince: string }
  | { readonly by: 'age'; readonly viewsSince: string }

const isWhole = sql<boolean>`l.own + l.made = l.fields`
const needs: Readonly<Record<Exclude<LanguageNeed, 'missing' | 'work'>, RawBuilder<boolean>>> = {
  current: sql<boolean>`${isWhole} and l.behind = 0 and l.machine = 0`,
  behind: sql<boolean>`l.behind > 0`,
  machine: sql<boolean>`l.machine > 0`,
}

/** Whether a record is in some state: `behind` and `machine` in any of the languages, `current` in all of them. */
function meets(need: LanguageNeed, langs: readonly string[]): RawBuilder<boolean> {
  const rows = (test: RawBuilder<boolean>) =>
    sql`select l.record_id from record_language l where l.lang = any(${[...langs]}) and ${test}`
  const inAll = (test: RawBuilder<boolean>) =>
    sql<boolean>`r.id in (${rows(test)} group by l.record_id having count(*) = ${langs.length})`
  if (need === 'current') return inAll(needs.current)
  if (need === 'work') return sql<boolean>`not ${inAll(needs.current)}`
  return need === 'missing' ? sql<boolean>`not ${inAll(isWhole)}` : sql<boolean>`r.id in (${rows(needs[need])})`
}

const every = (conditions: readonly RawBuilder<boolean>[]) => sql<boolean>`${sql.join(conditions, sql` and `)}`

function conditions(filter: LanguageFilter): RawBuilder<boolean> {
  const { langs, kind, ids, need, also = '', unchangedSince, words } = filter
  const list = [sql<boolean>`r.status <> 'withdrawn'`]
  if (kind) list.push(sql<boolean>`r.kind = ${kind}`)
  if (ids) list.push(sql<boolean>`r.id = any(${[...ids]})`)
  if (unchangedSince) list.push(sql<boolean>`lead.source_at <= ${unchangedSince}::timestamptz`)
  if (need) list.push(sql<boolean>`(${meets(need, langs)} or r.id = ${also})`)
  if (words) {
    const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
    list.push(
      sql<boolean>`(r.id = ${words} or r.id in (select record_id from record_language where name ilike ${pattern}))`,
    )
  }
  return every(list)
}

const from = sql`record r join record_language lead on lead.record_id = r.id and lead.leads`

/** A page of records with how far they are in each language, and how many there are in all. Three queries. */
export async function listRecordLanguages(
  db: RecordDb,
  filter: LanguageFilter,
  order: LanguageOrder,
  range: { readonly limit: number; readonly offset: number },
): Promise<{ items: RecordLanguages[]; total: number }> {
  const first = order.by === 'importance' ? order.first : []
  const { rows } = await sql<Omit<RecordLanguages, 'langs' | 'views'> & { total: number }>`
    select r.id, r.kind, r.source_lang as "sourceLang", r.status, lead.source_at as "sourceAt", lead.fields,
           count(*) over () as total
    from ${from}
    left join unnest(${[...first]}::text[]) with ordinality as soon(id, place) on soon.id = r.id
    left join record_reading reading on reading.record_id = r.id
    where ${conditions(filter)}
    order by ${order.by === 'age' ? sql`lead.source_at` : sql`soon.place nulls last, reading.weight desc nulls last, lead.source_at desc`}, r.id
    limit ${range.limit} offset ${range.offset}`.execute(db)
  const ids = rows.map((row) => row.id)
  const [counts, views] = await Promise.all([readLanguageCounts(db, ids), readViews(db, ids, order.viewsSince)])
  const items = rows.map((row) => ({ ...row, views: views.get(row.id) ?? 0, langs: counts.get(row.id) ?? [] }))
  return { items, total: rows[0]?.total ?? 0 }
}

async function readLanguageCounts(db: RecordDb, ids: readonly string[]): Promise<Map<string, LanguageCounts[]>> {
  const { rows } = await sql<LanguageCounts & { id: string }>`
    select record_id as id, lang, own, made, behind, machine from record_language where record_id = any(${[...ids]})
    order by lang`.execute(db)
  const found = new Map<string, LanguageCounts[]>()
  for (const { id, ...counts } of rows) found.set(id, [...(found.get(id) ?? []), counts])
  return found
}

/** How many texts there are to have in each language and how many of them there are, over all that is not withdrawn. */
export async function countLanguages(
  db: RecordDb,
  filter: Pick<LanguageFilter, 'kind' | 'ids'>,
): Promise<{ fields: number; langs: LanguageCounts[] }> {
  const { rows } = await sql<LanguageCounts>`
    select l.lang, sum(l.own)::int as own, sum(l.made)::int as made, sum(l.behind)::int as behind,
           sum(l.machine)::int as machine
    from record_language l join record r on r.id = l.record_id
    where ${conditions({ ...filter, langs: [] })}
    group by l.lang order by l.lang`.execute(db)
  const total = await sql<{ fields: number }>`
    select coalesce(sum(lead.fields), 0)::int as fields from ${from} where ${conditions({ ...filter, langs: [] })}`.execute(
    db,
  )
  return { fields: total.rows[0]?.fields ?? 0, langs: rows }
}

/** A text as it is kept, with the fingerprint of the source it was made from and who wrote it when. */
export interface StoredText {
  readonly recordId: string
  readonly field: string
  readonly lang: string
  readonly body: string
  readonly state: StoredTextState
  readonly sourceHash: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** The sources of some records and what there is of them in one language, or in all. */
export async function readStoredTexts(db: RecordDb, ids: readonly string[], lang?: string): Promise<StoredText[]> {
  if (ids.length === 0) return []
  let query = db
    .selectFrom('record_text')
    .select(['record_id as recordId', 'field', 'lang', 'body', 'state', 'source_hash as sourceHash'])
    .select(['updated_at as updatedAt', 'updated_by as updatedBy'])
    .where(sql<boolean>`record_id = any(${[...ids]})`)
  if (lang !== undefined)
    query = query.where((where) => where.or([where('state', '=', 'source'), where('lang', '=', lang)]))
  return query.orderBy('record_id').orderBy('field').orderBy('lang').execute()
}

/** Earlier words of a record's texts, newest first, as its history has them; at most `most` changes are looked at. */
export async function readFormerTexts(
  db: RecordDb,
  recordId: string,
  fields: readonly string[],
  most = 300,
): Promise<{ field: string; lang: string; body: string }[]> {
  if (fields.length === 0) return []
  const rows = await db
    .selectFrom('record_event')
    .select(['field', 'lang', 'before', 'after'])
    .where('record_id', '=', recordId)
    .where(sql<boolean>`field = any(${[...fields]})`)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.flatMap(({ field, lang, before, after }) =>
    field === null || lang === null
      ? []
      : [after, before].flatMap((body) => (body === null ? [] : [{ field, lang, body }])),
  )
}

/** Holds a record for the rest of the transaction, so that what is read of it stays true. False when there is none. */
export async function lockRecord(tx: RecordDb, recordId: string): Promise<boolean> {
  const row = await tx.selectFrom('record').select('id').where('id', '=', recordId).forUpdate().executeTakeFirst()
  return row !== undefined
}

/** The version of every record that is not withdrawn, or of the named ones among them. */
export async function listRecordVersions(db: RecordDb, only?: readonly string[]): Promise<Map<string, number>> {
  let query = db.selectFrom('record').select(['id', 'version']).where('status', '<>', 'withdrawn')
  if (only) query = query.where(sql<boolean>`id = any(${[...only]})`)
  const rows = await query.orderBy('id').execute()
  return new Map(rows.map((row) => [row.id, row.version]))
}

/** The languages that some records have texts in, and those they were written in. */
export async function listTextLanguages(db: RecordDb, ids: readonly string[]): Promise<string[]> {
  const asked = sql`any(${[...ids]}::text[])`
  const { rows } = await sql<{ lang: string }>`
    select lang from record_text where record_id = ${asked}
    union select source_lang from record where id = ${asked} order by 1`.execute(db)
  return rows.map((row) => row.lang)
}
