import { sql, type Expression } from 'kysely'
import type { KindName, Reader, Relation } from './domain.ts'
import type { RecordIds } from './store-ids.ts'
import type { RecordDb } from './store.ts'

/** Makes two records stand in a relation; nothing happens when they do, or are the same. */
export async function addLinks(
  tx: RecordDb,
  links: readonly { readonly from: string; readonly to: string; readonly relation: Relation }[],
): Promise<void> {
  const rows = links.flatMap(({ from, to, relation }) =>
    from === to ? [] : [{ from_id: from, to_id: to, relation, position: 0, note: null }],
  )
  if (rows.length === 0) return
  await tx
    .insertInto('record_link')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes links of one relation away: those that start at a record, or with `both` those that end there as well. */
export async function removeLinks(tx: RecordDb, id: string, relation: Relation, both = false): Promise<void> {
  await tx
    .deleteFrom('record_link')
    .where('relation', '=', relation)
    .where((where) => where.or([where('from_id', '=', id), ...(both ? [where('to_id', '=', id)] : [])]))
    .execute()
}

/** Moves every link of one record to another, from both ends, save those of some relations and those the other has already. */
export async function moveLinks(tx: RecordDb, from: string, to: string, except: readonly Relation[]): Promise<void> {
  await sql`
    insert into record_link (from_id, to_id, relation, position, note)
    select case when from_id = ${from} then ${to} else from_id end, case when to_id = ${from} then ${to} else to_id end,
      relation, position, note
    from record_link
    where (from_id = ${from} and to_id <> ${to} or to_id = ${from} and from_id <> ${to})
      and not (relation = any(${[...except]}))
    on conflict do nothing`.execute(tx)
  await sql`
    delete from record_link
    where (from_id = ${from} or to_id = ${from}) and not (relation = any(${[...except]}))`.execute(tx)
}

/** Moves the tags of a concept to another: each record that had one has the other. Returns the records. */
export async function moveTags(tx: RecordDb, from: string, to: string, at: string): Promise<string[]> {
  const tagged = await tx.selectFrom('record_concept').select('record_id').where('concept_id', '=', from).execute()
  const ids = tagged.map((row) => row.record_id)
  if (ids.length === 0) return []
  await sql`
    insert into record_concept (record_id, concept_id, position)
    select record_id, ${to}, position from record_concept where concept_id = ${from}
    on conflict do nothing`.execute(tx)
  await tx.deleteFrom('record_concept').where('concept_id', '=', from).execute()
  await tx
    .updateTable('record')
    .set((set) => ({ updated_at: at, version: set('version', '+', 1) }))
    .where(sql<boolean>`id = any(${ids})`)
    .execute()
  return ids
}

/** The record that has taken this one's place, through any number of merges; null when none has. */
export async function findSuccessor(db: RecordDb, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with recursive later (id, depth) as (
      select from_id, 1 from record_link where to_id = ${id} and relation = 'supersedes'
      union all
      select link.from_id, depth + 1 from record_link link join later on link.to_id = later.id
      where relation = 'supersedes' and depth < 50)
    select id from later order by depth desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}

/**
 * The record that this one was merged into, for whoever could see this one; null: it was not, or they could not. What somebody could
 * never see leads them nowhere.
 */
export async function findLater(
  db: RecordDb,
  id: string,
  { audience }: Pick<Reader, 'audience'>,
): Promise<string | null> {
  const seen = await db
    .selectFrom('record')
    .select('id')
    .where('id', '=', id)
    .where('published_at', 'is not', null)
    .where('visibility', 'in', [...audience])
    .executeTakeFirst()
  return seen ? findSuccessor(db, id) : null
}

/** For records that others have taken the place of, the last of these; records that nothing has taken the place of are left out. */
export async function findSuccessors(db: RecordDb, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ of: string; id: string }>`
    with recursive later (of, id, depth) as (
      select to_id, from_id, 1 from record_link where to_id = any(${[...new Set(ids)]}::text[]) and relation = 'supersedes'
      union all
      select later.of, link.from_id, depth + 1 from record_link link join later on link.to_id = later.id
      where relation = 'supersedes' and depth < 50)
    select distinct on (of) of, id from later order by of, depth desc`.execute(db)
  return new Map(rows.map(({ of, id }) => [of, id]))
}

/**
 * The record that an address has named, now or before, as `findBySlug` finds it. Of one that was merged into another it is that
 * other, for whoever could see the one that was merged: nobody else is told that it was there.
 */
export async function findLaterBySlug(
  db: RecordDb,
  kind: KindName,
  slug: string,
  { lang, audience }: Pick<Reader, 'lang' | 'audience'>,
): Promise<string | null> {
  const row = await db
    .selectFrom('record_slug')
    .innerJoin('record', 'record.id', 'record_slug.record_id')
    .select(['record.id', 'status', 'visibility', 'published_at as publishedAt'])
    .where('record_slug.kind', '=', kind)
    .where('slug', '=', slug)
    .orderBy(sql`lang = ${lang} desc, current desc, record_id`)
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const wasSeen = row.status === 'withdrawn' && row.publishedAt !== null && audience.includes(row.visibility)
  return wasSeen ? ((await findSuccessor(db, row.id)) ?? row.id) : row.id
}

/** Lets the addresses of a record be those of another, former ones where it has its own in that language. */
export async function moveSlugs(tx: RecordDb, from: string, to: string): Promise<void> {
  await sql`
    update record_slug slug
    set record_id = ${to}, current = slug.current and not exists (
      select 1 from record_slug own where own.record_id = ${to} and own.lang = slug.lang and own.current)
    where record_id = ${from}`.execute(tx)
}

/** Counts the readings of a record as those of another. */
export async function moveViews(tx: RecordDb, from: string, to: string): Promise<void> {
  await sql`
    insert into record_view (record_id, day, count)
    select ${to}, day, count from record_view where record_id = ${from}
    on conflict (record_id, day) do update set count = record_view.count + excluded.count`.execute(tx)
  await tx.deleteFrom('record_view').where('record_id', '=', from).execute()
}

/** Ids of records of a kind that have not been withdrawn; what was merged is. */
export function unmergedIds(db: RecordDb, kind: KindName): RecordIds {
  return sql<string>`${db.selectFrom('record').select('id').where('kind', '=', kind).where('status', '<>', 'withdrawn')}`
}

/** What a title is compared by: without case, accents, spaces and punctuation. */
const folded = (text: Expression<string>) =>
  sql<string>`regexp_replace(lower(normalize(${text}, NFKD)),
    '[[:space:][:punct:]\\u0300-\\u036f\\u0640\\u064b-\\u065f\\u00a0\\u00ab\\u00bb\\u2010-\\u201f\\u202f\\u060c\\u061b\\u061f]+', '', 'g')`

/**
 * Publications that share their title in some language with another, up to a colon, and have not been withdrawn; what was merged is.
 * A subquery: `id`, what is shared as `near`, whether a title after a colon `goes_on`, and the `whole` of it. Which of them are alike
 * is for their feature to say.
 */
export function nearTitles(db: RecordDb): Expression<unknown> {
  const text = db.selectFrom('record_text')
  const shared = text
    .select(['near', 'lang'])
    .where('near', 'is not', null)
    .groupBy(['near', 'lang'])
    .having((having) => having(having.fn.countAll(), '>', 1))
  return sql`(
    select record_id as id, title.lang || ' ' || title.near as near, position(':' in body) > 0 as goes_on,
      ${folded(sql.ref('body'))} as whole
    from (${shared}) shared join record_text title on title.near = shared.near and title.lang = shared.lang
      join record on record.id = title.record_id and record.status <> 'withdrawn')`
}
