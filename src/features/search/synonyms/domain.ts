import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { fold } from '../fold.ts'

/** A word, or several, that means the same as the others of its line. */
export interface Synonym {
  readonly word: string
  /** The language whose forms of the word are known; null: as it is written. */
  readonly lang: string | null
}

export type SynonymLine = readonly Synonym[]

/** What is wrong with a line of the list, by its number from 1. */
export type SynonymProblem =
  | { readonly line: number; readonly kind: 'alone' | 'crowded' | 'long' | 'empty' | 'language'; readonly word: string }
  | { readonly line: number; readonly kind: 'twice'; readonly word: string; readonly other: number }
  | { readonly line: 0; readonly kind: 'lines' }

export const most = { lines: 500, words: 12, letters: 80, characters: 100_000 } as const

/** A list that was read, or everything that is wrong with it. */
export type ReadSynonyms =
  | { readonly ok: true; readonly lines: readonly SynonymLine[] }
  | { readonly ok: false; readonly problems: readonly SynonymProblem[] }

/** Reads what somebody wrote: a line for each meaning, words between commas, a language and a colon before a word where they like. */
export function readSynonyms(text: string): ReadSynonyms {
  const written = text.split('\n').flatMap((line, index) => {
    const words = line
      .split(/[,،;؛]/u)
      .filter((piece) => piece.trim() !== '')
      .map(readWord)
    return line.trim() === '' ? [] : [{ number: index + 1, words }]
  })
  const problems: SynonymProblem[] = written.flatMap(({ number, words }) => checkLine(number, words))
  if (written.length > most.lines) problems.unshift({ line: 0, kind: 'lines' })
  problems.push(...findTwice(written))
  if (problems.length > 0) return { ok: false, problems: problems.toSorted((one, other) => one.line - other.line) }
  return { ok: true, lines: written.map(({ words }) => words) }
}

interface WrittenLine {
  readonly number: number
  readonly words: SynonymLine
}

function readWord(piece: string): Synonym {
  const tidy = piece
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}"]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  const [, lang = null, word = tidy] = /^([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*) ?: ?(.*)$/u.exec(tidy) ?? []
  return { word, lang: lang === null ? null : (canonicalLanguageTag(lang) ?? lang) }
}

function checkLine(line: number, words: SynonymLine): SynonymProblem[] {
  const problems = words.flatMap(({ word, lang }): SynonymProblem[] => {
    if (word.length > most.letters) return [{ line, kind: 'long', word: `${word.slice(0, 30)}…` }]
    if (!/[\p{L}\p{N}]/u.test(word)) return [{ line, kind: 'empty', word }]
    if (lang !== null && !isLanguage(lang)) return [{ line, kind: 'language', word: lang }]
    return []
  })
  if (words.length > most.words) problems.push({ line, kind: 'crowded', word: '' })
  const [only, second] = words
  if (only === undefined) problems.push({ line, kind: 'empty', word: '' })
  else if (second === undefined && problems.length === 0) problems.push({ line, kind: 'alone', word: only.word })
  return problems
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** A language that has a name: `avr:` is a word before a colon, not a language. */
const isLanguage = (tag: string): boolean => canonicalLanguageTag(tag) !== null && names.of(tag) !== undefined

/** Words that stand twice, on one line or on two: what they mean could not be told. */
function findTwice(written: readonly WrittenLine[]): SynonymProblem[] {
  const first = new Map<string, number>()
  return written.flatMap(({ number, words }) =>
    words.flatMap(({ word, lang }): SynonymProblem[] => {
      const key = `${lang ?? ''} ${fold(word).text}`
      const other = first.get(key)
      if (other !== undefined && word !== '') return [{ line: number, kind: 'twice', word, other }]
      first.set(key, number)
      return []
    }),
  )
}

/** The list as it is written. */
export const writeSynonyms = (lines: readonly SynonymLine[]): string => lines.map(writeLine).join('\n')

/** A line as it is written. */
export const writeLine = (line: SynonymLine): string =>
  line.map(({ word, lang }) => (lang === null ? word : `${lang}: ${word}`)).join(', ')
