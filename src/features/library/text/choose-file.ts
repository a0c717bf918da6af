import type { Edition, EditionFile, Publication } from '../domain.ts'

/** Which file of a language is read as text: without more, one of the newest edition. */
export interface AskedText {
  /** Id of an edition. */
  readonly edition?: string | undefined
  /** Id of a file, where an edition has several in the language. */
  readonly file?: string | undefined
}

type Editions = Pick<Publication, 'editions'>

/** The file that is read in a language: one with text, else one that may have it. Null: there is none. */
export function chooseFile({ editions }: Editions, lang: string, asked: AskedText = {}): EditionFile | null {
  const files = newestFirst(editions)
    .filter(({ id }) => asked.edition === undefined || id === asked.edition)
    .flatMap((edition) => edition.files)
    .filter((file) => file.lang === lang && file.sha256 !== null)
    .filter(({ id }) => asked.file === undefined || id === asked.file)
  const waiting = files.find(({ document }) => document === null || document.state === 'waiting')
  return files.find(hasText) ?? waiting ?? files[0] ?? null
}

/** Of editions of one day, and of those whose day is not known, the last one that was added is the newest. */
const newestFirst = (editions: readonly Edition[]): Edition[] =>
  editions.toReversed().toSorted(({ issued: one }, { issued: other }) => {
    const [day, otherDay] = [one ?? '', other ?? '']
    return day === otherDay ? 0 : day < otherDay ? 1 : -1
  })

/** Whether there is text of a file to read. */
export function hasText({ document }: EditionFile): boolean {
  return document?.state === 'read' && document.hasText
}

/** Where a file is read as text, below the address of its publication: the language alone wherever that leads to it. */
export function textAddress(
  publication: Editions,
  file: EditionFile,
): { readonly path: string; readonly asked: AskedText } {
  const edition = publication.editions.find(({ files }) => files.some(({ id }) => id === file.id))?.id
  const ways: readonly AskedText[] = [{}, { edition }]
  const leads = (asked: AskedText) => chooseFile(publication, file.lang, asked)?.id === file.id
  return { path: `/read/${file.lang}`, asked: ways.find(leads) ?? { file: file.id } }
}

/** The edition of a file, when others have files in its language too. */
export function editionToTell({ editions }: Editions, file: EditionFile): Edition | null {
  const inLanguage = editions.filter(({ files }) =>
    files.some(({ lang, sha256 }) => lang === file.lang && sha256 !== null),
  )
  return inLanguage.length < 2 ? null : (inLanguage.find(({ files }) => files.some(({ id }) => id === file.id)) ?? null)
}

/** A page of a text, as a query. */
export function textQuery({ edition, file }: AskedText, page = 1, part = 1): string {
  const query = new URLSearchParams({
    ...(edition !== undefined && { edition }),
    ...(file !== undefined && { file }),
    ...((page > 1 || part > 1) && { page: String(page) }),
    ...(part > 1 && { part: String(part) }),
  })
  return query.size === 0 ? '' : `?${query.toString()}`
}
