import { kinds } from '#features/records/index.ts'
import { MOST_PAGES, type Question } from './find.ts'

/** The names of the query that questions differ by. */
export const searchQuery = ['q', 'kind', 'lang', 'page', 'exact'] as const

/** Characters of a question that are read. */
export const LONGEST_QUESTION = 300

/** Results on a page. */
const LIMIT = 10

export interface ReadQuestion {
  readonly question: Question
  /** Names of the query whose values mean nothing here; they were left out. */
  readonly ignored: readonly string[]
}

/** What an address asks for: the one reading that pages, programs and feeds share. */
export function readQuestion(query: (name: string) => string, limit: number = LIMIT): ReadQuestion {
  const [kind, lang, page] = [query('kind'), query('lang'), query('page')]
  const isKind = kinds.some((one) => one.kind === kind)
  const isLang = /^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(lang)
  const number = /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1
  const question = {
    typed: query('q').slice(0, LONGEST_QUESTION).trim(),
    kind: isKind ? kind : null,
    lang: isLang ? lang : null,
    page: Math.min(number, MOST_PAGES),
    limit,
    isExact: query('exact') === '1',
  }
  const ignored = [
    ...(isKind || kind === '' ? [] : ['kind']),
    ...(isLang || lang === '' ? [] : ['lang']),
    ...(page === '' || String(question.page) === page ? [] : ['page']),
  ]
  return { question, ignored }
}

/** A question as the query of an address, without what it leaves open. */
export function writeQuestion({ typed, kind, lang, page, isExact }: Question): string {
  const given = {
    q: typed,
    kind: kind ?? '',
    lang: lang ?? '',
    page: page > 1 ? String(page) : '',
    exact: isExact ? '1' : '',
  }
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value !== '')).toString()
}
