import { sql, type Expression, type SqlBool } from 'kysely'
import type { KindName, RecordStatus } from './domain.ts'
import type { GuardedRecord } from './policy.ts'
import type { RecordDb } from './store.ts'

/** A record as the desk lists it; what it is part of is known to its feature. */
export interface DeskRow extends Omit<GuardedRecord, 'partOf'> {
  readonly version: number
  readonly updatedAt: string
}

/** Which records somebody may see at the desk, as far as the spine can tell. */
export interface DeskScope {
  /** Everything, whatever its state. */
  readonly all: boolean
  readonly actor: string
  readonly audience: readonly string[]
  /** Records that are theirs to organise, with any of these ids; `*`: every seminar. */
  readonly organises: readonly string[]
}

export interface DeskFilter {
  readonly kinds: readonly KindName[]
  readonly status?: RecordStatus
  /** Words of the name, in any language. */
  readonly words?: string
  /** Made by this person only, or by anybody but them. */
  readonly madeBy?: { readonly actor: string; readonly is: boolean }
}

const creator = sql<string | null>`(
  select actor from record_event e where e.record_id = record.id and e.verb in ('create', 'import') order by e.id limit 1)`

function inScope({ all, actor, audience, organises }: DeskScope): Expression<SqlBool> {
  if (all) return sql<boolean>`true`
  return sql<boolean>`(
    record.status = 'published' and record.visibility = any(${[...audience]})
    or record.status = 'draft' and ${creator} = ${actor}
    or record.id = any(${[...organises]})
    or record.kind = 'seminar' and '*' = any(${[...organises]}))`
}

/** Words as they are compared: lower case, without accents. */
const folded = (text: Expression<string>) =>
  sql<string>`regexp_replace(normalize(lower(${text}), NFKD), '[\\u0300-\\u036f\\u064b-\\u065f]', '', 'g')`

/** Records whose name in some language holds the words. The name is the first field of each kind. */
const leads = ['name', 'title', 'label', 'statement']

function named(words: string): Expression<SqlBool> {
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`exists (
    select from record_text t where t.record_id = record.id and t.field = any(${leads})
      and ${folded(sql.ref('t.body'))} like ${folded(sql<string>`${pattern}::text`)})`
}

function filtered(db: RecordDb, scope: DeskScope, { kinds, status, words, madeBy }: DeskFilter) {
  let query = db
    .selectFrom('record')
    .where('kind', 'in', [...kinds])
    .where(inScope(scope))
  if (status) query = query.where('status', '=', status)
  if (words) query = query.where(named(words))
  if (madeBy) {
    query = query.where(
      madeBy.is
        ? sql<boolean>`${creator} = ${madeBy.actor}`
        : sql<boolean>`${creator} is distinct from ${madeBy.actor}`,
    )
  }
  return query
}

/** A page of records, last changed first, and how many there are. */
export async function listDeskRows(
  db: RecordDb,
  scope: DeskScope,
  filter: DeskFilter,
  range: { limit: number; offset: number },
): Promise<{ rows: DeskRow[]; total: number }> {
  if (filter.kinds.length === 0) return { rows: [], total: 0 }
  const rows = await filtered(db, scope, filter)
    .select(['id', 'kind', 'status', 'visibility', 'version', 'updated_at as updatedAt'])
    .select(creator.as('createdBy'))
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(range.limit)
    .offset(range.offset)
    .execute()
  return { rows, total: rows[0]?.total ?? 0 }
}

/** Records as the desk sees them, by id. */
export async function readDeskRows(db: RecordDb, ids: readonly string[]): Promise<DeskRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('record')
    .select(['id', 'kind', 'status', 'visibility', 'version', 'updated_at as updatedAt'])
    .select(creator.as('createdBy'))
    .where(sql<boolean>`id = any(${[...new Set(ids)]})`)
    .execute()
}

/** How many published records have texts behind their source, and how many lack texts, per language of these. */
export async function countLagging(
  db: RecordDb,
  languages: readonly string[],
): Promise<{ lang: string; behind: number; missing: number }[]> {
  const rows = await sql<{ lang: string; behind: number; missing: number }>`
    select wanted.lang,
      count(*) filter (where l.behind > 0)::int as behind,
      count(*) filter (where coalesce(l.own + l.made, 0) < lead.fields)::int as missing
    from unnest(${[...languages]}::text[]) with ordinality as wanted(lang, place)
    join record r on r.status = 'published'
    join record_language lead on lead.record_id = r.id and lead.leads
    left join record_language l on l.record_id = r.id and l.lang = wanted.lang
    group by wanted.lang, wanted.place order by wanted.place`.execute(db)
  return rows.rows
}
