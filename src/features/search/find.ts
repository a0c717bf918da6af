import type { Reader, RecordDb } from '#features/records/index.ts'
import { configOf, readTerms, type Term } from './domain.ts'
import type { Engine } from './store-engine.ts'
import type { ListKeeper, SeenDocuments } from './keep-list.ts'
import { matchRecords, type FacetCounts } from './match.ts'
import type { Question } from './question.ts'
import { pickRecords } from './ranking.ts'
import { showResults, type Result } from './show.ts'
import type { SearchDb } from './store-index.ts'
import { analyse, understandTexts, type Analysed, type OtherName } from './store-understand.ts'
import { findDocuments, type Meaning } from './store.ts'
import type { HubWord } from './words/domain.ts'

export interface Answer {
  readonly items: readonly Result[]
  readonly total: number
  readonly counts: FacetCounts
  readonly alsoSearched: readonly string[]
  /** Nothing has all that was asked for: this has most of it. */
  readonly isPartial?: boolean
  /** Where nothing was found: questions in the hub's own words that may have been meant. */
  readonly suggestions?: readonly string[]
}

/** What the search asks: its tables, the spine, and what it keeps in memory. */
export interface FindDeps {
  readonly records: RecordDb
  readonly search: SearchDb
  readonly lists: ListKeeper
  readonly engine: () => Promise<Engine>
}

const nothing: Answer = { items: [], total: 0, counts: new Map(), alsoSearched: [] }

/** How a question is read where what it asks for is not there. */
export interface Leniency {
  /** Words that the last one is taken for. */
  readonly begun?: readonly HubWord[]
  /** Most of what is asked for is enough. */
  readonly isLenient?: boolean
}

/** What is found for a reader, a page of it. In a fixed number of queries, whatever is found. */
export async function find(
  deps: FindDeps,
  reader: Reader,
  question: Question,
  { begun = [], isLenient = false }: Leniency = {},
): Promise<Answer> {
  const terms = readTerms(question.typed)
  if (terms.every(({ isExcluded }) => isExcluded)) return nothing
  const documents = await deps.lists.read(reader, question.at)
  const asked = await understand(deps, documents, terms, { ...question, lang: reader.lang, begun })
  const meanings = [...asked.wanted, asked.instead]
  const ords = await findDocuments(deps.search, [...meanings, asked.unwanted])
  const { list, seen } = documents
  const matched = matchRecords(list, {
    seen,
    wanted: ords.slice(0, asked.wanted.length),
    instead: ords[asked.wanted.length] ?? [],
    unwanted: ords[asked.wanted.length + 1] ?? [],
    filters: question.filters,
    isLenient,
  })
  const { ranked, hits } = await pickRecords(deps, list, { seen, matched, meanings, question, lang: reader.lang })
  const items = await showResults(deps, reader, { list, matched, meanings, ranked, hits })
  const { counts, isPartial } = matched
  return { items, total: matched.records.length, counts, alsoSearched: asked.names, isPartial }
}

interface Understood {
  readonly wanted: readonly Meaning[]
  /** Other words for all of it together. */
  readonly instead: Meaning
  readonly unwanted: Meaning
  readonly names: readonly string[]
}

/** Reads what is asked for, and what else it is called: in other languages, and by the hub's own list. */
async function understand(
  { search }: FindDeps,
  { seen, list }: SeenDocuments,
  terms: readonly Term[],
  { isExact, lang, begun }: { readonly isExact: boolean; readonly lang: string; readonly begun: readonly HubWord[] },
): Promise<Understood> {
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  const without = terms.filter(({ isExcluded }) => isExcluded)
  // Where there are several, all of them together may be a name.
  const named = wanted.map(({ text }) => text)
  if (named.length > 1) named.push(named.join(' '))
  // The hub's own list may have words of no language.
  const configs = [...new Set([...list.langs().map(configOf), 'simple'])]
  const { analysed, names } = await understandTexts(search, [...named, ...without.map(({ text }) => text)], configs)
  // What nobody may see has no name for them either.
  const isNamed = ({ place, document }: OtherName) =>
    place < named.length && (document === null || seen[document] === 1)
  const meant = begun.map(({ word: label, lang }): OtherName => ({ ...unread, place: wanted.length - 1, label, lang }))
  const others = isExact ? [] : [...meant, ...names.filter(isNamed)]
  const read = await readNames(search, others, configs)
  const othersOf = (place: number) => read.filter((_, index) => others[index]?.place === place)
  const all = wanted.map((_, place) => [...analysed.slice(place, place + 1), ...othersOf(place)])
  // Words that say nothing to whoever asks need not be there.
  const telling = all.filter(([own]) => own?.queries.has(configOf(lang)))
  return {
    wanted: (telling.length > 0 ? telling : all).filter((meaning) => meaning.some(({ queries }) => queries.size > 0)),
    instead: wanted.length > 1 ? othersOf(wanted.length) : [],
    unwanted: analysed.slice(named.length),
    names: [...new Set(others.map(({ label }) => label))],
  }
}

/** What the hub's own words are of: no document, and not yet read. */
const unread = { document: null, config: null, query: null } as const

/** How names are asked for. Those of the hub's own list are read now: what is of no language may be anywhere. */
async function readNames(
  search: SearchDb,
  names: readonly OtherName[],
  configs: readonly string[],
): Promise<readonly Analysed[]> {
  const toRead = names.filter(({ query }) => query === null)
  const read = await analyse(
    search,
    toRead.map(({ label, lang }) => ({ text: label, configs: lang === null ? configs : [configOf(lang)] })),
  )
  const own = read.values()
  return names.map(({ config, query }) =>
    config === null || query === null
      ? (own.next().value ?? { queries: new Map() })
      : { queries: new Map([[config, query]]) },
  )
}
