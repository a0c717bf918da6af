import { sql } from 'kysely'
import type { Relation } from './domain.ts'
import type { RecordDb } from './store.ts'

export interface LinkRow {
  readonly from: string
  readonly to: string
  readonly relation: Relation
  readonly position: number
  readonly note: string | null
}

export type PlaceRole = 'covers' | 'focus'

/** What records are tied to: links from either end, and for each record its concepts and its places. */
export interface Ties {
  readonly links: readonly LinkRow[]
  /** Concept ids per record, in their order. */
  readonly concepts: ReadonlyMap<string, readonly string[]>
  /** Places per record: focus first, then by code. */
  readonly places: ReadonlyMap<string, readonly { code: string; role: PlaceRole }[]>
}

/** Links that start or end at any of these records, in their order. */
export async function readLinks(db: RecordDb, ids: readonly string[]): Promise<LinkRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('record_link')
    .select(['from_id as from', 'to_id as to', 'relation', 'position', 'note'])
    .where((where) => where.or([sql<boolean>`from_id = any(${[...ids]})`, sql<boolean>`to_id = any(${[...ids]})`]))
    .orderBy('relation')
    .orderBy('position')
    .orderBy('to_id')
    .execute()
}

/** Links, concepts and places of records, in one query. */
export async function readTies(db: RecordDb, ids: readonly string[]): Promise<Ties> {
  if (ids.length === 0) return { links: [], concepts: new Map(), places: new Map() }
  const asked = sql`any(${[...ids]}::text[])`
  const answer = await sql<{
    links: LinkRow[] | null
    concepts: [string, string][] | null
    places: [string, string, PlaceRole][] | null
  }>`select
    (select json_agg(json_build_object('from', from_id, 'to', to_id, 'relation', relation, 'position', position, 'note', note)
      order by relation, position, to_id)
      from record_link where from_id = ${asked} or to_id = ${asked}) as links,
    (select json_agg(json_build_array(record_id, concept_id) order by position)
      from record_concept where record_id = ${asked}) as concepts,
    (select json_agg(json_build_array(record_id, code, role) order by role = 'focus' desc, code)
      from record_place where record_id = ${asked}) as places`.execute(db)
  const [row] = answer.rows
  const places = (row?.places ?? []).map(([id, code, role]) => [id, { code, role }] as const)
  return { links: row?.links ?? [], concepts: groupByFirst(row?.concepts ?? []), places: groupByFirst(places) }
}

function groupByFirst<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
