/** Where in a record a passage stands; `suffix` goes behind the address of the record's page. */
export interface Anchor {
  /** Id of the record whose page shows it, when that is not the record itself. */
  readonly on?: string
  /** The whole path after the language, for what has no page of its own. */
  readonly path?: string
  readonly suffix?: string
  /** The field of a record. */
  readonly section?: string
  /** The page of a file, from 1. */
  readonly page?: number
  /** Seconds from the beginning of a recording. */
  readonly seconds?: number
}

/** A piece of text that the search can return. */
export interface Passage {
  readonly recordId: string
  readonly kind: string
  /** Records that a reader must be allowed to see, all of them. */
  readonly needs: readonly string[]
  readonly lang: string
  readonly isTitle: boolean
  readonly anchor: Anchor
  readonly body: string
}

/** What is read again as one when its stamp changes. */
export interface SourceEntry {
  readonly id: string
  readonly stamp: string
}

/** Where passages come from. A feature hands one in; the search knows no feature. */
export interface PassageSource {
  readonly name: string
  /** Everything there is, whatever its state: who may see what is decided when somebody asks. */
  readonly list: () => Promise<readonly SourceEntry[]>
  /** The passages of some entries: entry → passages. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly Passage[]>>
}

const configs: Readonly<Record<string, string>> = {
  ar: 'arabic',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  it: 'italian',
  pt: 'portuguese',
  ru: 'russian',
  tr: 'turkish',
}

/** The text configuration of PostgreSQL for a language; the plain one where it has none of ours. */
export function configOf(lang: string): string {
  return configs[lang.replace(/-.*$/, '')] ?? 'simple'
}

/** Every text configuration that passages may have. */
export const allConfigs: readonly string[] = [...Object.values(configs), 'simple']

/** A part of what somebody asks for. */
export interface Term {
  readonly text: string
  readonly isExcluded: boolean
}

/** Characters, and terms, of a question that are read. */
const LONGEST = 300
const MOST = 12

/** Reads what somebody typed: words, "phrases", -without. Anything is a question; what is too long is cut. */
export function readTerms(typed: string): Term[] {
  const tidy = typed
    .slice(0, LONGEST)
    .normalize('NFC')
    .replace(/[“”«»„]/gu, '"')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
  return [...tidy.matchAll(/-?(?:"[^"]*"?|[^\s"]+)/gu)]
    .map(([whole]) => ({ text: whole.replaceAll(/^-?"?|"$/g, '').trim(), isExcluded: whole.startsWith('-') }))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .slice(0, MOST)
}
