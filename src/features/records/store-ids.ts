import { sql, type Expression } from 'kysely'
import type { KindName, Reader, Relation } from './domain.ts'
import type { RecordDb } from './store.ts'

/** A subquery that another feature's store puts behind its own `in`: it joins to none but its own tables. */
export type RecordIds = Expression<string>

/** The ids of what this reader may see. */
export function visibleIds(db: RecordDb, kind: KindName, reader: Pick<Reader, 'audience' | 'drafts'>): RecordIds {
  const published = db
    .selectFrom('record')
    .select('id')
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .where('visibility', 'in', [...reader.audience])
  const { drafts = [] } = reader
  if (drafts.length === 0) return sql<string>`${published}`
  return sql<string>`(${published} union select id from record where kind = ${kind} and id = any(${[...drafts]}))`
}

/** The ids of what this reader may see, of every kind. */
export function everyVisibleId(db: RecordDb, { audience }: Pick<Reader, 'audience'>): RecordIds {
  return sql<string>`${db
    .selectFrom('record')
    .select('id')
    .where('status', '=', 'published')
    .where('visibility', 'in', [...audience])}`
}

/** The ids of all records of a kind, whatever their status: for those who edit them. */
export function allIds(db: RecordDb, kind: KindName): RecordIds {
  return sql<string>`${db.selectFrom('record').select('id').where('kind', '=', kind)}`
}

/** The ids of records tagged with a concept. */
export function idsWithConcept(db: RecordDb, conceptId: string): RecordIds {
  return sql<string>`${db.selectFrom('record_concept').select('record_id').where('concept_id', '=', conceptId)}`
}

/** The ids of records tagged with any of some concepts; with any at all when none are named. */
export function idsWithAnyConcept(db: RecordDb, concepts?: RecordIds): RecordIds {
  const tagged = db.selectFrom('record_concept').select('record_id')
  return sql<string>`${concepts === undefined ? tagged : tagged.where('concept_id', 'in', concepts)}`
}

/** The ids of records about a place. */
export function idsWithPlace(db: RecordDb, code: string): RecordIds {
  return sql<string>`${db.selectFrom('record_place').select('record_id').where('code', '=', code)}`
}

/** The ids of records that point to another by a relation. */
export function idsLinkedTo(db: RecordDb, relation: Relation, toId: string): RecordIds {
  return sql<string>`${db
    .selectFrom('record_link')
    .select('from_id')
    .where('to_id', '=', toId)
    .where('relation', '=', relation)}`
}

/** The ids of records that a record is tied to, whichever of the two points. */
export function idsTiedTo(db: RecordDb, id: string): RecordIds {
  const pointing = db.selectFrom('record_link').select('from_id').where('to_id', '=', id)
  const pointed = db.selectFrom('record_link').select('to_id').where('from_id', '=', id)
  return sql<string>`(${pointing} union ${pointed})`
}

/** The ids of the concepts that visible records of a kind are tagged with. */
export function conceptIdsOf(db: RecordDb, kind: KindName, reader: Pick<Reader, 'audience'>): RecordIds {
  return sql<string>`${db
    .selectFrom('record_concept')
    .select('concept_id')
    .where('record_id', 'in', visibleIds(db, kind, reader))}`
}
