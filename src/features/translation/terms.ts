import { wordsOf } from './memory.ts'

/** A term of a vocabulary in the language of a source, with its label in the one that is written. */
export interface Term {
  readonly source: string
  readonly target: string
}

/** As it is compared: each word by its beginning, so that endings do not matter. */
type Stems = readonly string[]

/** The part of a word that its endings leave alone: the Arabic article and about the last quarter are not looked at. */
function stemOf(word: string): string {
  const bare = /^(وال|بال|كال|فال|ال|لل)\p{Script=Arabic}{3,}$/u.test(word)
    ? word.replace(/^(وال|بال|كال|فال|ال|لل)/u, '')
    : word
  return bare.length <= 4 ? bare : bare.slice(0, Math.max(4, Math.ceil(bare.length * 0.75)))
}

const stemsOf = (text: string, lang: string): Stems => wordsOf(text, lang).map(stemOf)

/** Whether two words may be forms of one: the shorter stem begins the longer one. */
function areAlike(one: string, other: string): boolean {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= 4 && long.startsWith(short) && long.length - short.length <= 2
}

/** The terms that a text uses, in any of their forms; a term inside a longer one that is used is left out. */
export function findTerms(text: string, lang: string, terms: readonly Term[]): Term[] {
  const stems = stemsOf(text, lang)
  const starts = new Map<string, number[]>()
  for (const [index, stem] of stems.entries()) {
    const key = stem.slice(0, 4)
    starts.set(key, [...(starts.get(key) ?? []), index])
  }
  const found = terms.flatMap((term) => {
    const wanted = stemsOf(term.source, lang)
    const [first] = wanted
    if (first === undefined) return []
    const isUsed = (starts.get(first.slice(0, 4)) ?? []).some((at) =>
      wanted.every((stem, offset) => areAlike(stem, stems[at + offset] ?? '')),
    )
    return isUsed ? [{ term, wanted }] : []
  })
  const isInside = ({ wanted }: (typeof found)[number]) =>
    found.some((other) => other.wanted.length > wanted.length && other.wanted.join(' ').includes(wanted.join(' ')))
  const kept = found.filter((one) => !isInside(one)).map(({ term }) => term)
  return kept.filter(
    ({ source, target }, index) => kept.findIndex((one) => one.source === source && one.target === target) === index,
  )
}
