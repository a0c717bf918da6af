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
  /** In a recording: from which letter on what second; the second that was found goes behind the suffix. */
  readonly times?: readonly (readonly [letter: number, second: number])[]
}

/** A piece of text that the search can return. */
export interface Passage {
  readonly isTitle: boolean
  /** Something is called so: whoever asks for it also finds what it is called in other languages. */
  readonly isName?: boolean
  readonly anchor: Anchor
  readonly body: string
}

/** What one record says in one language, or a part of it that other records must be seen for. */
export interface SearchDocument {
  readonly recordId: string
  readonly kind: string
  readonly lang: string
  /** Records that a reader must be allowed to see, all of them. */
  readonly needs: readonly string[]
  /** What results are narrowed by: `theme` and the id of a concept, `year` and `2021`. */
  readonly facets: readonly FacetValue[]
  /** The day that it is from, as precise as known: `2021-12`. */
  readonly dated: string | null
  /** In the order in which they are read. */
  readonly passages: readonly Passage[]
}

/** What results can be narrowed by, in the order in which it is offered. */
export const facetNames = [
  'kind',
  'lang',
  'theme',
  'place',
  'year',
  'series',
  'role',
  'stage',
  'dimension',
  'level',
] as const
export type FacetName = (typeof facetNames)[number]

/** The names of the query that search pages differ by. */
export const searchQuery = ['q', ...facetNames, 'sort', 'page', 'at', 'exact'] as const

/** A value of a facet; what a value stands for is its feature's to know. */
export interface FacetValue {
  readonly facet: FacetName
  readonly value: string
}

/** A value of a facet as the index keeps it: `theme=con_…`; null when it is none. */
export function readFacet(text: string): FacetValue | null {
  const at = text.indexOf('=')
  const facet = facetNames.find((name) => name === text.slice(0, at))
  return facet === undefined ? null : { facet, value: text.slice(at + 1) }
}

/** What is read again as one when its stamp changes. */
export interface SourceEntry {
  readonly id: string
  readonly stamp: string
}

/** Where documents come from. A feature hands one in; the search knows no feature. */
export interface PassageSource {
  readonly name: string
  /** Everything there is, whatever its state: who may see what is decided when somebody asks. */
  readonly list: () => Promise<readonly SourceEntry[]>
  /** The documents of some entries: entry → documents. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly SearchDocument[]>>
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

/** What stands before the words of a configuration in the words of a document. */
export const codeOf = (config: string): string => `${allConfigs.indexOf(config)}.`

/** A part of what somebody asks for. */
export interface Term {
  readonly text: string
  readonly isExcluded: boolean
}

/** Characters, and terms, of a question that are read. */
const LONGEST = 300
const MOST = 12

/**
 * Articles and prepositions of English, French, Spanish and Portuguese, and of none of them anything else. The index of their language does
 * not have them: who asks for "return to Niger" must not be asked for a text in another language that has "to".
 */
const little = new Set(
  [
    'a an and at by for from in of on or the to with',
    'au aux avec dans de des du en et la le ou par pour un une à',
    'con del el las los por y',
    'ao aos as com da das do dos e em na nas no nos o os para pela pelo um uma às',
  ].flatMap((words) => words.split(' ')),
)

/** Reads what somebody typed: words, "phrases", -without. Anything is a question; what is too long is cut. */
export function readTerms(typed: string): Term[] {
  const tidy = typed
    .slice(0, LONGEST)
    .normalize('NFC')
    .replace(/[“”«»„]/gu, '"')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
  const pieces = [...tidy.matchAll(/-?(?:"[^"]*"?|[^\s"]+)/gu)].map(([whole]) => whole)
  const telling = pieces.filter((piece) => !isLittle(piece))
  return (telling.some((piece) => isWord(piece) && !piece.startsWith('-')) ? telling : pieces)
    .filter(isWord)
    .map((piece) => ({ text: piece.replaceAll(/^-?"?|"$/g, '').trim(), isExcluded: piece.startsWith('-') }))
    .slice(0, MOST)
}

const isWord = (piece: string): boolean => /[\p{L}\p{N}]/u.test(piece)

/** In capitals it is short for something: "UN". */
const isLittle = (piece: string): boolean =>
  little.has(piece.toLowerCase()) && (piece.length === 1 || piece !== piece.toUpperCase())
