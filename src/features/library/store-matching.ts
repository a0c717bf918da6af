import { sql } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { LibraryDb } from './store.ts'
import type { WorkIdentifier } from './work.ts'

/** Publications that have one of some identifiers, their editions' too. */
export async function findByIdentifiers(
  db: LibraryDb,
  identifiers: readonly WorkIdentifier[],
  among: RecordIds,
): Promise<(WorkIdentifier & { id: string })[]> {
  if (identifiers.length === 0) return []
  const rows = await db
    .selectFrom('publication_identifier')
    .select(['publication_id as id', 'scheme', 'value'])
    .where(sql<boolean>`value = any(${identifiers.map(({ value }) => value)})`)
    .where('scheme', 'in', ['doi', 'isbn'])
    .where('publication_id', 'in', among)
    .execute()
  return rows
}
