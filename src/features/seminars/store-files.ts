import type { RecordIds } from '#features/records/index.ts'
import type { SeminarDb, VisibleParts } from './store.ts'

/** The names of a file in materials that are seen: themselves, with their seminar and with the session they stand in. */
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
    .orderBy('file_name')
    .execute()
  return rows.flatMap((row) => row.file_name ?? [])
}
