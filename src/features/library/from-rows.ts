import type { Reference } from '#features/directory/index.ts'
import { fileHref } from '#features/files/index.ts'
import { hrefFor, nameFor, textFor, type LoadedRecord, type Reader } from '#features/records/index.ts'
import type { Contributor, Edition, EditionFile, PublicationSummary, ShownContributor } from './domain.ts'
import type { DocumentRow, PublicationRows } from './store.ts'

/** The rows of one publication. */
export function partsOf(rows: PublicationRows, id: string): PublicationRows {
  const editions = rows.editions.filter((row) => row.publication_id === id)
  const own = new Set(editions.map((row) => row.id))
  return {
    publications: rows.publications.filter((row) => row.id === id),
    contributors: rows.contributors.filter((row) => row.publication_id === id),
    editions,
    identifiers: rows.identifiers.filter((row) => row.publication_id === id),
    files: rows.files.filter((row) => own.has(row.edition_id)),
    documents: rows.documents,
  }
}

/** A publication as a line of a list, from its own rows. */
export function toSummary(
  record: LoadedRecord,
  rows: PublicationRows,
  agentOf: ReadonlyMap<string, Reference>,
  reader: Reader,
): PublicationSummary {
  return {
    id: record.id,
    href: hrefFor(record, reader.lang) ?? `/r/${record.id}`,
    title: nameFor(record, reader),
    summary: textFor(record, 'summary', reader),
    types: rows.publications[0]?.types ?? [],
    issued: rows.publications[0]?.issued ?? null,
    contributors: rows.contributors.map((row) => toContributor(row, agentOf)),
    languages: [...new Set(rows.files.map((file) => file.lang))],
    cover: coverOf(rows),
    synthetic: record.synthetic,
  }
}

/** The picture of the first file that has one. */
function coverOf({ files, documents }: PublicationRows): string | null {
  const covers = new Map(documents.map((row) => [row.sha256, row.cover]))
  const [found] = files.flatMap(({ file, name }) => {
    const cover = covers.get(file ?? '') ?? null
    return cover === null ? [] : [fileHref(cover, name ?? '')]
  })
  return found ?? null
}

function toContributor(
  row: PublicationRows['contributors'][number],
  agentOf: ReadonlyMap<string, Reference>,
): ShownContributor {
  const own: Contributor = {
    role: row.role,
    kind: row.kind,
    agentId: row.agent_id,
    name: row.name,
    given: row.given,
  }
  return { ...own, reference: agentOf.get(row.agent_id ?? '') ?? null }
}

/** Its identifiers, those of its editions among them. */
export const toIdentifiers = (rows: PublicationRows) =>
  rows.identifiers.map(({ scheme, value, edition_id }) => ({ scheme, value, editionId: edition_id }))

/** Its editions with their files and what was read of these. */
export function toEditions(rows: PublicationRows): Edition[] {
  const documents = new Map(rows.documents.map((row) => [row.sha256, row]))
  return rows.editions.map((row) => ({
    id: row.id,
    number: row.number,
    lang: row.lang,
    issued: row.issued,
    translationOf: row.translation_of,
    pages: row.pages,
    identifiers: toIdentifiers(rows).filter(({ editionId }) => editionId === row.id),
    files: rows.files.filter((file) => file.edition_id === row.id).map((file) => toFile(file, documents)),
  }))
}

function toFile(row: PublicationRows['files'][number], documents: ReadonlyMap<string, DocumentRow>): EditionFile {
  const read = row.file === null ? undefined : documents.get(row.file)
  return {
    id: row.id,
    lang: row.lang,
    href: row.file === null ? (row.url ?? '') : fileHref(row.file, row.name ?? ''),
    isElsewhere: row.file === null,
    sha256: row.file,
    name: row.name,
    type: row.type,
    bytes: row.bytes,
    pages: row.pages ?? read?.pages ?? null,
    licence: row.licence,
    synthetic: row.synthetic,
    document: read
      ? {
          state: read.state,
          reason: read.reason,
          lang: read.lang,
          pages: read.pages,
          pagesRead: read.pages_read,
          hasText: read.has_text ?? false,
          isScanned: read.is_scanned ?? false,
          textBytes: read.text_bytes,
          cover: read.cover,
        }
      : null,
  }
}
