import { sql } from 'kysely'
import type { SeminarTables } from './schema.ts'
import type { SeminarDb, VisibleParts } from './store.ts'
import { isChathamHouseRecording } from './store-chatham.ts'

/** The seminar a material belongs to; null for none, and for a recording that holds a session under the Chatham House Rule. */
export async function findMaterialSeminar(db: SeminarDb, materialId: string): Promise<string | null> {
  const row = await db
    .selectFrom('material')
    .select('seminar_id')
    .where('id', '=', materialId)
    .where((where) => where.not(isChathamHouseRecording))
    .executeTakeFirst()
  return row?.seminar_id ?? null
}

/**
 * Materials of seminars in order; all of them unless `visible` narrows them. That of a hidden session is hidden with it, and so is a
 * recording that holds a session under the Chatham House Rule.
 */
export async function listMaterialRows(
  db: SeminarDb,
  seminarIds: readonly string[],
  visible?: VisibleParts,
): Promise<SeminarTables['material'][]> {
  if (seminarIds.length === 0) return []
  let query = db
    .selectFrom('material')
    .selectAll()
    .where(sql<boolean>`seminar_id = any(${[...seminarIds]})`)
  if (visible) {
    query = query
      .where('id', 'in', visible.materials)
      .where((where) => where.or([where('session_id', 'is', null), where('session_id', 'in', visible.sessions)]))
      .where((where) => where.not(isChathamHouseRecording))
  }
  return query.orderBy('position').execute()
}
