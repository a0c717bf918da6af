import { sql } from 'kysely'
import type { Relation } from './domain.ts'
import type { RecordDb } from './store.ts'

/** Holds a record until the transaction ends, so that two who save it take turns. Returns its version, null when there is none. */
export async function lockVersion(tx: RecordDb, id: string): Promise<number | null> {
  const row = await tx.selectFrom('record').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  return row?.version ?? null
}

/** Whether the public has seen a record: in an update, as it was before. */
export const wasPublic = sql<boolean>`(was_public or (status = 'published' and visibility = 'public'))`

/** Sets who may see a record once it is published. */
export async function writeVisibility(tx: RecordDb, id: string, visibility: string): Promise<void> {
  await tx.updateTable('record').set({ visibility, was_public: wasPublic }).where('id', '=', id).execute()
}

/** Makes a record point to exactly these by a relation, in this order; notes of links that stay are kept. */
export async function writeLinks(
  tx: RecordDb,
  fromId: string,
  relation: Relation,
  targets: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('record_link')
    .where('from_id', '=', fromId)
    .where('relation', '=', relation)
    .where(sql<boolean>`not (to_id = any(${[...targets]}))`)
    .execute()
  if (targets.length === 0) return
  const rows = targets.map((to_id, position) => ({ from_id: fromId, to_id, relation, position, note: null }))
  await tx
    .insertInto('record_link')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['from_id', 'relation', 'to_id'])
        .doUpdateSet((set) => ({ position: set.ref('excluded.position') })),
    )
    .execute()
}

/** Tags a record with exactly these concepts, in this order. */
export async function writeConcepts(tx: RecordDb, id: string, concepts: readonly string[]): Promise<void> {
  await tx.deleteFrom('record_concept').where('record_id', '=', id).execute()
  if (concepts.length === 0) return
  const rows = concepts.map((concept_id, position) => ({ record_id: id, concept_id, position }))
  await tx.insertInto('record_concept').values(rows).execute()
}

/** Sets the places of one role. A place that a record is above all about is not also one it merely covers. */
export async function writePlaces(
  tx: RecordDb,
  id: string,
  role: 'covers' | 'focus',
  codes: readonly string[],
): Promise<void> {
  await tx.deleteFrom('record_place').where('record_id', '=', id).where('role', '=', role).execute()
  if (codes.length === 0) return
  const rows = codes.map((code) => ({ record_id: id, code, role }))
  await tx
    .insertInto('record_place')
    .values(rows)
    .onConflict((conflict) => {
      const columns = conflict.columns(['record_id', 'code'])
      return role === 'focus' ? columns.doUpdateSet({ role }) : columns.doNothing()
    })
    .execute()
}

/** Takes a draft away that nobody but its makers has seen; its history stays. Of what was public there is no going back. */
export async function deleteDraft(tx: RecordDb, id: string): Promise<void> {
  await tx
    .deleteFrom('record')
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .where('published_at', 'is', null)
    .execute()
}
