import { readTerms, searchQuery } from '../domain.ts'

/**
 * When words that people ask for are told, and how long they are kept. Once is a slip, or a name that is nobody's business; one person who
 * tries again and again has done so by the evening. What came back on another day, and a third time, is worth an editor's while. What does
 * not come back is forgotten much sooner.
 */
export const bounds = { times: 3, days: 2, keptDays: 400, passingDays: 60 } as const

/** A question longer than this tells a story, and might tell somebody's. */
const most = { letters: 80, words: 8 } as const

/** Marks of vowels and accents, and what stretches Arabic words; scripts that are made of marks keep theirs. */
const marks = /[\u0300-\u036f\u064b-\u065f\u0670\u0640]/gu

/** An address of mail or of a page, and numbers as long as those of telephones, papers and birthdays. */
const personal = /@|:\/\/|www\.|\d{5}|\d(?:[\s./()-]*\d){6}/u

/** The words of a question as they are counted: folded, in one line; null for those that are not kept. */
export function keepWords(typed: string): string | null {
  const words = typed
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}"“”«»„]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  if (words.length > most.letters || words.split(' ').length > most.words || personal.test(words)) return null
  return readTerms(words).some(({ isExcluded }) => !isExcluded) ? words : null
}

/** What is asked by the address of a search page. */
interface AskedQuestion {
  readonly lang: string
  readonly words: string
  /** Nothing narrows it, and it is the first page: it was typed, not clicked together. */
  readonly isPlain: boolean
}

/** Reads the path and query of a search page; null for other pages, and for questions that are not kept. */
export function readSearchTarget(target: string): AskedQuestion | null {
  const [, lang, query] = /^\/([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\/search\?(.*)$/.exec(target) ?? []
  if (lang === undefined) return null
  const given = new URLSearchParams(query)
  const words = keepWords(given.get('q') ?? '')
  const isPlain = searchQuery.every((name) => name === 'q' || (given.get(name) ?? '') === '')
  return words === null ? null : { lang, words, isPlain }
}

/** Whether a page is one that results lead to: of one thing, or a file. Lists and what every page links to are none. */
export function isResultTarget(target: string): boolean {
  return /^\/(?:files|[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\/(?!account|admin|desk|search|sign-)[a-z-]+)\/[^/?]/.test(target)
}

/** How often something was asked, found nothing, and led to a page. */
export interface QuestionCounts {
  readonly asked: number
  readonly empty: number
  readonly opened: number
}

/** What editors may ask others for. */
export const wantedThings = ['translation', 'content'] as const
export type WantedThing = (typeof wantedThings)[number]
