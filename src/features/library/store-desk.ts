import { sql } from 'kysely'
import { orNull, some, type FactProblem, type FactValues } from '#features/desk/index.ts'
import { readLinks, type RecordDb } from '#features/records/index.ts'
import type { AuditDb, AuditTables } from '#platform/audit/index.ts'
import { checkSeriesPlace, readSeriesPlace, writeSeriesPlace } from '#features/series/index.ts'
import { publicationTypes } from './domain.ts'
import { identifierLine, readIdentifierLine, type KnownAs } from './identifier-lines.ts'
import type { LibraryTables } from './schema.ts'
import { readPublicationRows, type LibraryDb } from './store.ts'
import { replaceIdentifiers, writePublication } from './writing.ts'

/** The desk hands over the spine's handle, of a transaction too; the library writes its own tables through it. */
export function libraryTables(db: RecordDb): LibraryDb {
  return db.$extendTables<Pick<LibraryTables, keyof LibraryTables>>().$pickTables<keyof LibraryTables>()
}

/** The audit log, in the transaction that does what it tells of. */
export function auditTables(tx: RecordDb): AuditDb {
  return tx.$extendTables<Pick<AuditTables, keyof AuditTables>>().$pickTables<keyof AuditTables>()
}

/** What the desk's form edits of a publication. */
export async function readPublicationFacts(db: RecordDb, id: string): Promise<FactValues> {
  const { publications, identifiers } = await readPublicationRows(libraryTables(db), [id])
  return {
    types: publications[0]?.types ?? [],
    issued: some(publications[0]?.issued),
    identifiers: identifiers.filter((row) => row.edition_id === null).map(identifierLine),
    ...(await readSeriesPlace(db, id)),
  }
}

/** Writes what the desk's form edits of a publication, new or there already; its editions keep their identifiers. */
export async function writePublicationFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const own = libraryTables(tx)
  const types = publicationTypes.filter((type) => facts['types']?.includes(type))
  const order = facts['types'] ?? []
  await writePublication(own, {
    id,
    types: types.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)),
    issued: orNull(facts, 'issued'),
  })
  const { identifiers } = await readPublicationRows(own, [id])
  const ofWork = (facts['identifiers'] ?? []).flatMap((line): KnownAs[] => {
    const read = readIdentifierLine(line)
    return 'message' in read ? [] : [read]
  })
  await replaceIdentifiers(own, id, [
    ...ofWork.map((one) => ({ ...one, edition_id: null })),
    ...identifiers.filter((row) => row.edition_id !== null),
  ])
  await writeSeriesPlace(tx, id, facts)
}

/** A place in a series that is free, and no publication part of itself, by whatever way round. */
export async function checkPublication(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const isCircle = await isAbove(db, id, facts['partOf'] ?? [])
  return [
    ...(await checkSeriesPlace(db, id, facts)),
    ...(isCircle ? [{ fact: 'partOf', message: 'desk.problem.partCircle' as const }] : []),
  ]
}

/** Whether a publication is among some others or above them, being what they are part of. */
async function isAbove(db: RecordDb, id: string, others: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with recursive above(id) as (
      select unnest(${[...others]}::text[])
      union
      select link.to_id from record_link link join above on link.from_id = above.id and link.relation = 'part_of')
    select id from above where id = ${id}`.execute(db)
  return rows.length > 0
}

/** Whether a publication is part of itself by what stands in the database. */
export async function isPartOfItself(db: RecordDb, id: string): Promise<boolean> {
  const links = await readLinks(db, [id])
  const wholes = links.filter(({ from, relation }) => from === id && relation === 'part_of').map(({ to }) => to)
  return isAbove(db, id, wholes)
}

/** How much there is of a publication beside its form. */
export async function countParts(db: RecordDb, id: string): Promise<{ files: number; authors: number }> {
  const { files, contributors } = await readPublicationRows(libraryTables(db), [id])
  return { files: files.length, authors: contributors.filter((row) => row.role === 'author').length }
}

/** Publications that offer a file, or show it as the picture of one, each with the name it has there. */
export async function listPublicationsWith(db: RecordDb, sha256: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct edition.publication_id as id, edition_file.name from edition_file
      join edition on edition.id = edition_file.edition_id
      left join document on document.sha256 = edition_file.file
      where edition_file.file = ${sha256} or document.cover = ${sha256}
      order by 1, 2`.execute(libraryTables(db))
  return rows
}
