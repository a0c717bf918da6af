import { sql } from 'kysely'
import type { Relation } from './domain.ts'
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
