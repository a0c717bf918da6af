import { readFileRef } from '#features/files/index.ts'
import type { FieldProblem } from '#platform/forms.ts'
import { canonicalLanguageTag, type MessageKey } from '#platform/i18n/index.ts'
import { identifierLine, readIdentifierLine, type KnownAs } from '../identifier-lines.ts'
import { readIdentifier } from '../identifiers.ts'
import { readLicence } from '../licences.ts'
import type { EditionEntry, EditionsForm, FileEntry } from './form.ts'

/** A file that was understood: of the hub, by its hash and name, or elsewhere. */
export interface ReadFile {
  readonly id: string
  readonly lang: string
  readonly sha256: string | null
  readonly name: string | null
  readonly url: string | null
  readonly licence: string | null
}

/** An edition that was understood. `original` is the place among the others of the one it was translated from. */
export interface ReadEdition {
  readonly key: string
  readonly number: string | null
  readonly lang: string | null
  readonly issued: string | null
  readonly original: number | null
  readonly pages: number | null
  readonly identifiers: readonly KnownAs[]
  readonly files: readonly ReadFile[]
}

export interface ReadEditions {
  readonly editions: readonly ReadEdition[]
  readonly problems: readonly FieldProblem[]
}

const most = { editions: 100, files: 300, text: 100, identifiers: 50, url: 2000 } as const

type Tell = (field: string, message: MessageKey) => void

/** Reads every edition and file; licences that stand there already stay as they are. Whether a file may be chosen is not looked at. */
export function readEditions({ editions }: EditionsForm, licences: ReadonlySet<string>): ReadEditions {
  const problems: FieldProblem[] = []
  const files = editions.reduce((sum, edition) => sum + edition.files.length, 0)
  if (editions.length > most.editions || files > most.files)
    problems.push({ field: '', message: 'desk.editions.tooMany' })
  const read = editions.map((entry, index) => {
    const tell: Tell = (field, message) => problems.push({ field: `editions.${index}.${field}`, message })
    return readEdition(entry, { editions, licences }, tell)
  })
  return { editions: read, problems }
}

interface Among {
  readonly editions: readonly EditionEntry[]
  readonly licences: ReadonlySet<string>
}

function readEdition(entry: EditionEntry, { editions: all, licences }: Among, tell: Tell): ReadEdition {
  const lang = readLanguage(entry.lang, 'lang', tell)
  if (entry.number.length > most.text) tell('number', 'form.tooLong')
  if (entry.issued !== '' && !isIssueDate(entry.issued)) tell('issued', 'desk.problem.period')
  if (entry.pages !== '' && !/^[1-9]\d{0,4}$/.test(entry.pages)) tell('pages', 'desk.problem.number')
  const original = all.findIndex(({ key }) => key === entry.original)
  if (original >= 0 && entry.lang === '') tell('lang', 'desk.editions.problem.language')
  if (original >= 0 && leadsTo(entry, entry.key, all)) tell('original', 'desk.editions.problem.circle')
  return {
    key: entry.key,
    number: entry.number || null,
    lang,
    issued: entry.issued || null,
    original: original < 0 ? null : original,
    pages: entry.pages === '' ? null : Number(entry.pages),
    identifiers: readIdentifiers(entry.identifiers, tell),
    files: entry.files.flatMap((file, at): ReadFile[] => {
      // A place for a file that nobody has filled in says nothing.
      if (file.id === '' && file.ref === '' && file.url === '' && file.refused === null) return []
      return [readFile(file, licences, (field, message) => tell(`files.${at}.${field}`, message))]
    }),
  }
}

/** Whether the originals of an edition lead back to it. */
function leadsTo({ original }: EditionEntry, key: string, all: readonly EditionEntry[]): boolean {
  const seen = new Set<string>()
  for (let at = original; at !== '' && !seen.has(at); at = all.find((one) => one.key === at)?.original ?? '') {
    if (at === key) return true
    seen.add(at)
  }
  return false
}

function readLanguage(text: string, field: string, tell: Tell): string | null {
  const tag = text === '' ? null : canonicalLanguageTag(text)
  if (text !== '' && tag === null) tell(field, 'desk.problem.language')
  return tag
}

/** Whether a text is a year, a month or a day of the calendar. */
function isIssueDate(text: string): boolean {
  if (!/^(1[4-9]|2[01])\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?$/.test(text)) return false
  const [year = '', month = '01', day = '01'] = text.split('-')
  return Temporal.PlainYearMonth.from(`${year}-${month}`).daysInMonth >= Number(day) && day !== '00'
}

function readIdentifiers(text: string, tell: Tell): KnownAs[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > most.identifiers || lines.some((line) => line.length > 500)) {
    tell('identifiers', 'form.tooLong')
    return []
  }
  const read = lines.map(readIdentifierLine)
  const wrong = read.find((one) => 'message' in one)
  if (wrong && 'message' in wrong) tell('identifiers', wrong.message)
  const known = read.flatMap((one) => ('message' in one ? [] : [one]))
  return known.filter(
    (one, index) => known.findIndex((other) => identifierLine(other) === identifierLine(one)) === index,
  )
}

function readFile(entry: FileEntry, licences: ReadonlySet<string>, tell: Tell): ReadFile {
  const ref = readFileRef(entry.ref)
  const url = entry.url !== '' && readIdentifier('url', entry.url) !== null ? entry.url : null
  const lang = readLanguage(entry.lang, 'lang', tell)
  const licence = licences.has(entry.licence) ? entry.licence : readLicence(entry.licence)
  if (entry.lang === '') tell('lang', 'form.required')
  if (entry.refused !== null) tell('upload', entry.refused)
  else if (entry.ref !== '' && ref === null) tell('upload', 'desk.problem.fileUnknown')
  else if (ref !== null && entry.url !== '') tell('url', 'desk.problem.linkAndFile')
  else if (entry.url !== '' && (url === null || url.length > most.url)) tell('url', 'desk.problem.url')
  else if (ref === null && entry.url === '') tell('upload', 'desk.problem.linkOrFile')
  if (entry.licence !== '' && licence === null) tell('licence', 'desk.editions.problem.licence')
  return { id: entry.id, lang: lang ?? '', sha256: ref?.sha256 ?? null, name: ref?.name ?? null, url, licence }
}
