import type { Contributor } from './domain.ts'
import type { LibraryTables } from './schema.ts'
import type { LibraryDb } from './store.ts'

/** Everything of publications beside their records, as it goes into the tables. */
export interface NewPublicationRows {
  readonly publications: readonly LibraryTables['publication'][]
  readonly contributors: readonly LibraryTables['contributor'][]
  readonly editions: readonly LibraryTables['edition'][]
  readonly identifiers: readonly LibraryTables['publication_identifier'][]
  readonly files: readonly LibraryTables['edition_file'][]
}

/** What belongs to one publication, to be written in place of what it had. */
export type PublicationParts = Omit<NewPublicationRows, 'publications'>

/** Writes publications with all that belongs to them; their records and files must be there already. */
export async function insertPublications(tx: LibraryDb, rows: NewPublicationRows): Promise<void> {
  for (const part of inBatches(rows.publications)) await tx.insertInto('publication').values(part).execute()
  await insertParts(tx, rows)
}

/** Writes what a publication is: its types and its date. */
export async function writePublication(tx: LibraryDb, row: LibraryTables['publication']): Promise<void> {
  const { types, issued } = row
  await tx
    .insertInto('publication')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ types, issued }))
    .execute()
}

/** Lets there be a publication of which nothing is known yet; one that is there stays as it is. */
export async function keepPublication(tx: LibraryDb, id: string): Promise<void> {
  await tx
    .insertInto('publication')
    .values({ id, types: [], issued: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Writes the contributors of a publication in place of those it had. */
export async function replaceContributors(
  tx: LibraryDb,
  publicationId: string,
  contributors: readonly Contributor[],
): Promise<void> {
  await keepPublication(tx, publicationId)
  await tx.deleteFrom('contributor').where('publication_id', '=', publicationId).execute()
  const rows = contributors.map(({ role, kind, agentId: agent_id, name, given }, position) => {
    return { publication_id: publicationId, position, role, kind, agent_id, name, given }
  })
  for (const part of inBatches(rows)) await tx.insertInto('contributor').values(part).execute()
}

/** Writes the identifiers of a publication and of its editions, in this order, in place of those it had. */
export async function replaceIdentifiers(
  tx: LibraryDb,
  publicationId: string,
  identifiers: readonly Pick<LibraryTables['publication_identifier'], 'edition_id' | 'scheme' | 'value'>[],
): Promise<void> {
  await tx.deleteFrom('publication_identifier').where('publication_id', '=', publicationId).execute()
  const rows = identifiers.map(({ edition_id, scheme, value }, position) => {
    return { publication_id: publicationId, position, edition_id, scheme, value }
  })
  for (const part of inBatches(rows)) await tx.insertInto('publication_identifier').values(part).execute()
}

/** Writes contributors, editions, identifiers and files of a publication in place of those it had. */
export async function replaceParts(tx: LibraryDb, publicationId: string, parts: PublicationParts): Promise<void> {
  await tx.deleteFrom('publication_identifier').where('publication_id', '=', publicationId).execute()
  await tx.deleteFrom('contributor').where('publication_id', '=', publicationId).execute()
  await tx.deleteFrom('edition').where('publication_id', '=', publicationId).execute()
  await insertParts(tx, parts)
}

async function insertParts(tx: LibraryDb, rows: PublicationParts): Promise<void> {
  for (const part of inBatches(rows.contributors)) await tx.insertInto('contributor').values(part).execute()
  // An edition follows the one it was translated from: their order is that of the catalogue, not of the references.
  const originals = rows.editions.map((row) => ({ ...row, translation_of: null }))
  for (const part of inBatches(originals)) await tx.insertInto('edition').values(part).execute()
  for (const { id, translation_of } of rows.editions) {
    if (translation_of !== null) await tx.updateTable('edition').set({ translation_of }).where('id', '=', id).execute()
  }
  for (const part of inBatches(rows.identifiers)) await tx.insertInto('publication_identifier').values(part).execute()
  for (const part of inBatches(rows.files)) await tx.insertInto('edition_file').values(part).execute()
}

/** Values of one statement. */
const BATCH = 300

function inBatches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, index) =>
    rows.slice(index * BATCH, (index + 1) * BATCH),
  )
}
