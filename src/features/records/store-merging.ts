import { sql } from 'kysely'
import type { KindName, Relation } from './domain.ts'
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

/** Records whose address had to be told from another's by a number: their names may be alike. */
export async function listTwinSlugs(
  db: RecordDb,
  kind: KindName,
  limit: number,
): Promise<{ one: string; other: string }[]> {
  const { rows } = await sql<{ one: string; other: string }>`
    select distinct twin.record_id as one, numbered.record_id as other
    from record_slug numbered join record_slug twin on twin.kind = numbered.kind and twin.lang = numbered.lang
      and twin.slug = regexp_replace(numbered.slug, '-[0-9]+$', '') and twin.record_id <> numbered.record_id
    where numbered.kind = ${kind} and numbered.slug ~ '-[0-9]+$'
    order by 1, 2 limit ${limit}`.execute(db)
  return rows
}
