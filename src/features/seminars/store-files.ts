import { sql } from 'kysely'
import type { RecordDb, RecordIds } from '#features/records/index.ts'
import { isChathamHouseRecording } from './store-chatham.ts'
import { seminarTables } from './store-desk.ts'
import type { SeminarDb, VisibleParts } from './store.ts'

/** The names of a file in materials that are seen: themselves, with their seminar and with the session they stand in, whose rule is kept. */
export async function listFileNames(
  db: SeminarDb,
  sha256: string,
  visible: VisibleParts & { readonly seminars: RecordIds },
): Promise<string[]> {
  const rows = await db
    .selectFrom('material')
    .select('file_name')
    .distinct()
    .where('file', '=', sha256)
    .where('id', 'in', visible.materials)
    .where('seminar_id', 'in', visible.seminars)
    .where((where) => where.or([where('session_id', 'is', null), where('session_id', 'in', visible.sessions)]))
    .where((where) => where.not(isChathamHouseRecording))
    .orderBy('file_name')
    .execute()
  return rows.flatMap((row) => row.file_name ?? [])
}

/** Every material that is a file, whoever may see it, with its name there. */
export async function listMaterialsWith(db: RecordDb, sha256: string): Promise<{ id: string; name: string }[]> {
  const rows = await seminarTables(db)
    .selectFrom('material')
    .select(['id', 'file_name'])
    .where('file', '=', sha256)
    .orderBy('file_name')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.file_name ?? '' }))
}

/** Of some files, those that a material is. */
export async function listMaterialFiles(db: SeminarDb, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('material')
    .select('file')
    .distinct()
    .where(sql<boolean>`file = any(${[...hashes]})`)
    .execute()
  return new Set(rows.flatMap((row) => row.file ?? []))
}
