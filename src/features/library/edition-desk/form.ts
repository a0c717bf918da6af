import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { canonicalLanguageTag, type MessageKey } from '#platform/i18n/index.ts'
import { cleanText } from '#platform/text/index.ts'
import { moveEntry, numbersIn } from '../entry-lists.ts'

/** A file of an edition as it is typed: one of the hub, or a link to elsewhere. */
export interface FileEntry {
  /** Of a file there is; empty: a new one. */
  readonly id: string
  readonly lang: string
  /** The hub's file as a reference in one line: its hash and its name. */
  readonly ref: string
  readonly url: string
  readonly licence: string
  /** Why the file that was sent was not taken. */
  readonly refused: MessageKey | null
}

/** An edition as it is typed: nothing has looked at what it says yet. */
export interface EditionEntry {
  /** The id of an edition there is, or `new-3`. */
  readonly key: string
  readonly number: string
  readonly lang: string
  readonly issued: string
  /** The key of the one it was translated from. */
  readonly original: string
  readonly pages: string
  /** One a line. */
  readonly identifiers: string
  readonly files: readonly FileEntry[]
}

/** The editions of a publication as they are typed. */
export interface EditionsForm {
  readonly editions: readonly EditionEntry[]
  /** Languages that can be chosen beyond those of the hub. */
  readonly languages: readonly string[]
}

const emptyFile: FileEntry = { id: '', lang: '', ref: '', url: '', licence: '', refused: null }
const mostLanguages = 20

/** Reads the form of editions. Numbers in names give the order; gaps do not matter. */
export function readEditionsForm(
  sent: FieldValues,
  refused: ReadonlyMap<string, MessageKey> = new Map(),
): EditionsForm {
  const editions = numbersIn(sent, 'editions').map((number): EditionEntry => {
    const prefix = `editions.${number}`
    const text = (field: string) => tidy(sent[`${prefix}.${field}`]?.[0] ?? '')
    const files = numbersIn(sent, `${prefix}.files`).map((at) => readFileEntry(sent, `${prefix}.files.${at}`, refused))
    const identifiers = cleanText(sent[`${prefix}.identifiers`]?.[0] ?? '').trim()
    const [key, issued, original] = [text('key'), text('issued'), text('original')]
    return {
      key,
      number: text('number'),
      lang: text('lang'),
      issued,
      original,
      pages: text('pages'),
      identifiers,
      files,
    }
  })
  const tags = (sent['languages'] ?? []).flatMap((text) => text.split(/[\s,;]+/))
  const languages = tags.flatMap((tag) => (tag === '' ? [] : (canonicalLanguageTag(tag) ?? [])))
  return { editions: withKeys(editions), languages: [...new Set(languages)].slice(0, mostLanguages) }
}

const tidy = (text: string) => cleanText(text).replace(/\s+/g, ' ').trim()

function readFileEntry(sent: FieldValues, prefix: string, refused: ReadonlyMap<string, MessageKey>): FileEntry {
  const text = (field: string) => tidy(sent[`${prefix}.${field}`]?.[0] ?? '')
  const [id, lang, url, licence] = [text('id'), text('lang'), text('url'), text('licence')]
  return { id, lang, ref: sent[`${prefix}.ref`]?.[0] ?? '', url, licence, refused: refused.get(prefix) ?? null }
}

/** Every edition has a key of its own. */
function withKeys(editions: readonly EditionEntry[]): EditionEntry[] {
  const seen = new Set<string>()
  return editions.map((edition) => {
    const isGood = /^\w[\w-]{0,99}$/.test(edition.key) && !seen.has(edition.key)
    const key = isGood ? edition.key : freshKey([...editions.map((one) => one.key), ...seen])
    seen.add(key)
    return { ...edition, key }
  })
}

function freshKey(taken: readonly string[]): string {
  const numbers = taken.flatMap((key) => /^new-(\d{1,6})$/.exec(key)?.slice(1).map(Number) ?? [])
  return `new-${Math.max(0, ...numbers) + 1}`
}

/** Editions as the values of their form. */
export function editionValues({ editions, languages }: EditionsForm): FieldValues {
  const values: Record<string, readonly string[]> = { languages: [languages.join(' ')] }
  for (const [index, { files, ...texts }] of editions.entries()) {
    for (const [field, text] of Object.entries(texts)) values[`editions.${index}.${field}`] = [text]
    for (const [at, { id, lang, ref, url, licence }] of files.entries()) {
      for (const [field, text] of Object.entries({ id, lang, ref, url, licence }))
        values[`editions.${index}.files.${at}.${field}`] = [text]
    }
  }
  return values
}

/** What is said of the files that were sent and not taken. */
export function refusedFiles({ editions }: EditionsForm): FieldProblem[] {
  return editions.flatMap(({ files }, index) =>
    files.flatMap(({ refused: message }, at) =>
      message === null ? [] : [{ field: `editions.${index}.files.${at}.upload`, message }],
    ),
  )
}

/** What a button of the form does to the editions instead of saving them; null: it saves. */
export function turnEditions(form: EditionsForm, deed: string): EditionsForm | null {
  const [verb = '', number = '', file = ''] = deed.split(':')
  const { editions } = form
  if (verb === 'check') return form
  if (verb === 'add') return { ...form, editions: [...editions, newEdition(editions)] }
  if (verb.startsWith('file')) {
    const edition = /^\d{1,4}$/.test(number) ? editions[Number(number)] : undefined
    const files = edition && turnFiles(edition, verb, file)
    return edition && files ? { ...form, editions: editions.with(Number(number), { ...edition, files }) } : null
  }
  const moved = moveEntry(editions, verb, number)
  if (!moved) return null
  const keys = new Set(moved.map(({ key }) => key))
  return {
    ...form,
    editions: moved.map((edition) => (keys.has(edition.original) ? edition : { ...edition, original: '' })),
  }
}

function newEdition(editions: readonly EditionEntry[]): EditionEntry {
  const key = freshKey(editions.map((edition) => edition.key))
  const licence = editions.at(-1)?.files.at(-1)?.licence ?? ''
  const texts = { number: '', lang: '', issued: '', original: '', pages: '', identifiers: '' }
  return { key, ...texts, files: [{ ...emptyFile, licence }] }
}

function turnFiles({ lang, files }: EditionEntry, verb: string, file: string): readonly FileEntry[] | null {
  if (verb === 'file') return [...files, { ...emptyFile, lang, licence: files.at(-1)?.licence ?? '' }]
  return moveEntry(files, verb.replace(/^file-/, ''), file)
}
