import { kinds, type Reader } from '#features/records/index.ts'
import { isPlaceCode } from '#platform/i18n/index.ts'
import { facetNames, type FacetName, type FacetValue } from './domain.ts'
import type { FacetDirectory } from './facets.ts'

/** What somebody asks for, as an address holds it. */
export interface Question {
  readonly typed: string
  /** At most one of a facet. */
  readonly filters: readonly Filter[]
  readonly sort: 'best' | 'newest'
  readonly page: number
  readonly limit: number
  /** The instant of the first page, in milliseconds: later ones show nothing that was published since. */
  readonly at: number | null
  /** Without other words for the same. */
  readonly isExact: boolean
}

/** What results are narrowed by, and how the address says so. */
export interface Filter extends FacetValue {
  readonly asked: string
}

/** Results on a page. */
const LIMIT = 10

/** Pages of results that can be asked for. */
export const MOST_PAGES = 50

/** Characters of a question that are read. */
export const LONGEST_QUESTION = 300

/** Milliseconds since 1970, of these centuries. */
export const INSTANT = /^\d{13}$/

export interface ReadQuestion {
  readonly question: Question
  /** Names of the query whose values mean nothing here; they were left out. */
  readonly ignored: readonly string[]
}

/** What an address asks for: the one reading that pages, programs and feeds share. */
export async function readQuestion(
  facets: FacetDirectory,
  reader: Reader,
  query: (name: string) => string,
  limit: number = LIMIT,
): Promise<ReadQuestion> {
  const asked = facetNames.flatMap((facet) => (query(facet) === '' ? [] : [{ facet, asked: query(facet) }]))
  const read = await Promise.all(asked.map(async (one) => readFilter(facets, reader, one)))
  const [page, sort, at] = [query('page'), query('sort'), query('at')]
  const isInstant = INSTANT.test(at)
  const number = /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1
  const question: Question = {
    typed: query('q').slice(0, LONGEST_QUESTION).trim(),
    filters: read.filter((filter) => filter !== null),
    sort: sort === 'newest' ? 'newest' : 'best',
    page: Math.min(number, MOST_PAGES),
    limit,
    at: isInstant ? Number(at) : null,
    isExact: query('exact') === '1',
  }
  const ignored = [
    ...asked.flatMap(({ facet }, index) => (read[index] === null ? [facet] : [])),
    ...(['', 'best', 'newest'].includes(sort) ? [] : ['sort']),
    ...(page === '' || String(question.page) === page ? [] : ['page']),
    ...(at === '' || isInstant ? [] : ['at']),
  ]
  return { question, ignored }
}

/** A question as the query of an address, without what it leaves open. */
export function writeQuestion({ typed, filters, sort, page, at, isExact }: Question): string {
  const given: [string, string][] = [
    ['q', typed],
    ...filters.map(({ facet, asked }): [string, string] => [facet, asked]),
    ['sort', sort === 'best' ? '' : sort],
    ['page', page > 1 ? String(page) : ''],
    // The first page is of now.
    ['at', page > 1 && at !== null ? String(at) : ''],
    ['exact', isExact ? '1' : ''],
  ]
  return new URLSearchParams(given.filter(([, value]) => value !== '')).toString()
}

async function readFilter(
  facets: FacetDirectory,
  reader: Reader,
  { facet, asked }: { readonly facet: FacetName; readonly asked: string },
): Promise<Filter | null> {
  const own = (isKnown: boolean): Filter | null => (isKnown ? { facet, asked, value: asked } : null)
  switch (facet) {
    case 'kind':
      return own(kinds.some(({ kind }) => kind === asked))
    case 'lang':
      return own(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(asked))
    case 'place':
      return own(isPlaceCode(asked))
    case 'year':
      return own(/^[12]\d{3}$/.test(asked))
    default: {
      const value = asked.length > LONGEST_QUESTION ? null : await facets.read(reader, facet, asked)
      return value === null ? null : { facet, asked, value }
    }
  }
}
