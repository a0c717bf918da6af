import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SearchDocument } from '../../src/features/search/index.ts'

/** Chance that comes out the same each time. */
export function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export const languages = ['en', 'fr', 'es', 'ar', 'pt'] as const
export type Language = (typeof languages)[number]

/** Words that no text of the demonstration has, behind those that it has. */
const INVENTED = 40_000

/** The words of the demonstration in a language, in the order in which they come first, and many that are rare. */
export function readVocabulary(seeds: string, lang: Language): string[] {
  const words = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key !== lang || typeof inner !== 'string') visit(inner)
      else for (const [word] of inner.matchAll(/\p{L}[\p{L}\p{M}]+/gu)) words.add(word.toLowerCase())
    }
  }
  for (const name of ['seminars', 'publications', 'programmes', 'series', 'vocabularies'])
    visit(JSON.parse(readFileSync(join(seeds, `${name}.json`), 'utf8')))
  const own = [...words]
  const tail = Array.from({ length: INVENTED }, (_, index) => `${own[index % own.length] ?? ''}${index.toString(36)}`)
  return [...own, ...tail]
}

/** A word of a vocabulary: the nth is there about one nth as often as the first (Zipf). */
export const pickWord = (vocabulary: readonly string[], chance: () => number): string =>
  vocabulary[Math.floor(vocabulary.length ** chance()) - 1] ?? ''

/** Passages of a record, and words of a passage: a paper of fifty pieces. */
export const PASSAGES = 50
const WORDS = 60

export const recordOf = (number: number): string => `pub_bench${number.toString(36).padStart(6, '0')}`

/** A document of a publication that nobody has written. */
export function makeDocument(
  number: number,
  vocabularies: Readonly<Record<Language, readonly string[]>>,
): SearchDocument {
  const chance = createChance(number + 1)
  const lang = languages[number % languages.length] ?? 'en'
  const say = (words: number) => Array.from({ length: words }, () => pickWord(vocabularies[lang], chance)).join(' ')
  const recordId = recordOf(number)
  const year = String(2005 + (number % 20))
  return {
    recordId,
    kind: number % 4 === 0 ? 'session' : 'publication',
    lang,
    needs: [recordId],
    facets: [
      { facet: 'theme', value: `con_${number % 26}` },
      { facet: 'place', value: ['NE', 'NG', 'ET', 'SN', 'GE', 'IQ'][number % 6] ?? 'NE' },
      { facet: 'year', value: year },
    ],
    dated: year,
    passages: Array.from({ length: PASSAGES }, (_, index) => ({
      isTitle: index === 0,
      anchor: { section: 'abstract' },
      body: say(index === 0 ? 8 : WORDS),
    })),
  }
}
