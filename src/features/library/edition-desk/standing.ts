import { fileRef } from '#features/files/index.ts'
import { loadRecords, type LoadedRecord, type RecordDb } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { identifierLine } from '../identifier-lines.ts'
import { readPublicationRows, type PublicationRows } from '../store.ts'
import { libraryTables } from '../store-desk.ts'
import type { PublicationParts } from '../writing.ts'
import type { EditionEntry, EditionsForm } from './form.ts'

/** The editions of a publication as they stand. */
export interface EditionsStanding {
  readonly record: LoadedRecord
  readonly rows: PublicationRows
}

/** Reads the editions of a publication with their files. */
export async function loadEditions(db: RecordDb, id: string): Promise<EditionsStanding> {
  const rows = await readPublicationRows(libraryTables(db), [id])
  const record = (await loadRecords(db, [id], ['title'])).get(id)
  if (!record) throw new NotFoundError('publication')
  return { record, rows }
}

type Rows = Pick<PublicationParts, 'editions' | 'identifiers' | 'files'>

const filesOf = ({ files }: Rows, edition: string) => files.filter((file) => file.edition_id === edition)

const linesOf = ({ identifiers }: Rows, edition: string) =>
  identifiers.filter((row) => row.edition_id === edition).map(identifierLine)

/** The form of editions as they stand. */
export function formOfEditions({ rows }: EditionsStanding, languages: readonly string[]): EditionsForm {
  const editions = rows.editions.map((row): EditionEntry => ({
    key: row.id,
    number: row.number ?? '',
    lang: row.lang ?? '',
    issued: row.issued ?? '',
    original: row.translation_of ?? '',
    pages: row.pages === null ? '' : String(row.pages),
    identifiers: linesOf(rows, row.id).join('\n'),
    files: filesOf(rows, row.id).map((file) => ({
      id: file.id,
      lang: file.lang,
      ref: file.file === null ? '' : fileRef({ sha256: file.file, name: file.name ?? '' }),
      url: file.url ?? '',
      licence: file.licence ?? '',
      refused: null,
    })),
  }))
  const used = editions.flatMap(({ lang, files }) => [lang, ...files.map((file) => file.lang)])
  return { editions, languages: [...new Set(used)].filter((lang) => lang !== '' && !languages.includes(lang)) }
}

/** Editions and files as lines of text, for the history: number, language, date, original, pages, identifiers; what each file is. */
export function editionLines(rows: Rows): string {
  return rows.editions
    .flatMap((edition, index) => {
      const original = rows.editions.findIndex(({ id }) => id === edition.translation_of)
      const head = [
        `${index + 1}`,
        edition.number === null ? '' : `№ ${edition.number}`,
        edition.lang ?? '',
        edition.issued ?? '',
        original < 0 ? '' : `← ${original + 1}`,
        edition.pages === null ? '' : `${edition.pages} p.`,
        linesOf(rows, edition.id).join(', '),
      ]
      const files = filesOf(rows, edition.id).map(({ lang, file, name, url, licence }, at) => [
        `${index + 1}.${at + 1}`,
        lang,
        file === null ? (url ?? '') : `${name ?? ''} (SHA-256 ${file.slice(0, 16)}…)`,
        licence ?? '',
      ])
      return [head, ...files].map((line) => line.filter((text) => text !== '').join(' · '))
    })
    .join('\n')
}
