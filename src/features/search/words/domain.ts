import { foldWord } from '../fold.ts'

/** A word that documents have. */
export interface HubWord {
  readonly lang: string
  /** As it is written, in small letters. */
  readonly word: string
}

/** A word that somebody typed, and where it stands. */
export interface TypedWord {
  readonly text: string
  readonly at: number
  /** A word that is looked for by itself: not in a phrase. */
  readonly isFree: boolean
}

/** Scripts whose words are not told apart by spaces, and do not have letters to mistake. */
const unspelled =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{N}]/u

/** Letters of a word that is worth keeping. */
const [SHORTEST, LONGEST] = [3, 40]

/** The words of a text that are kept, in small letters; each once. Numbers have no spelling. */
export function wordsOf(text: string): Set<string> {
  const found =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return new Set(found.filter((word) => word.length >= SHORTEST && word.length <= LONGEST && !unspelled.test(word)))
}

/** What steers a line or a terminal is none of the words. */
const tidy = (typed: string) => typed.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')

const term = /-?(?:["“”«»„][^"“”«»„]*["“”«»„]?|[^\s"“”«»„]+)/gu

/** The words of a question that are to be found, as `readTerms` takes it apart. */
export function readWords(typed: string): TypedWord[] {
  return [...tidy(typed).matchAll(term)]
    .filter(([whole]) => !whole.startsWith('-'))
    .flatMap(({ 0: whole, index }) =>
      [...whole.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: text, index: within }) => ({
        text,
        at: index + within,
        isFree: !/^["“”«»„]/u.test(whole),
      })),
    )
}

/** The word that somebody may still be typing: the last of all, when it stands by itself. */
export function lastWord(typed: string): TypedWord | null {
  const last = readWords(typed).at(-1)
  return last?.isFree === true && last.at + last.text.length === tidy(typed).trimEnd().length ? last : null
}

/** A question with other words in place of some; without those that have none. */
export function rewrite(typed: string, changes: ReadonlyMap<TypedWord, string | null>): string {
  const text = tidy(typed)
  let at = 0
  let written = ''
  for (const [{ at: start, text: old }, word] of [...changes].toSorted(([one], [other]) => one.at - other.at)) {
    written += text.slice(at, start) + (word ?? '')
    at = start + old.length
  }
  const terms = (written + text.slice(at)).match(term) ?? []
  return terms
    .filter((one) => /[\p{L}\p{N}]/u.test(one))
    .map((one) => one.replaceAll(/\s+/gu, ' '))
    .join(' ')
}

/** Letters in which a word may differ from what was typed. */
export function tolerance(letters: number): number {
  if (letters < SHORTEST) return 0
  return letters < 6 ? 1 : 2
}

/** Letters at the beginning of a word that what is left of it is made from. */
const HEAD = 7

/**
 * What is left of a folded word without up to two of its letters, as numbers: two words that differ in no more have one in common
 * ("symmetric delete": Mor and Fraenkel, 1982; Garbe, 2012).
 */
export function nearKeys(folded: string): number[] {
  const head = Array.from(folded).slice(0, HEAD).join('')
  const left = [head]
  let last = left
  for (let gone = 0; gone < tolerance(folded.length); gone += 1) {
    last = last.flatMap((rest) =>
      Array.from({ length: rest.length }, (_, at) => rest.slice(0, at) + rest.slice(at + 1)),
    )
    left.push(...last)
  }
  return [...new Set(left.map(numberOf))]
}

/** A number for a text (FNV-1a, 32 bits). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0
}

/** The letters that a word has, as bits. */
export function lettersIn(folded: string): number {
  let bits = 0
  for (let at = 0; at < folded.length; at += 1) bits |= 1 << (folded.charCodeAt(at) & 31)
  return bits
}

/**
 * Letters to put in, take out, change or swap to come from one word to the other (Damerau; each place is touched once); anything above
 * `most` is just more.
 */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const changed = cell(last, column - 1) + (isSame ? 0 : 1)
      const swapped = isSwapped && row > 1 && column > 1 ? cell(before, column - 2) + 1 : Infinity
      line.push(Math.min(cell(last, column) + 1, cell(line, column - 1) + 1, changed, swapped))
    }
    before = last
    last = line
  }
  return cell(last, other.length)
}

const cell = (line: readonly number[], column: number): number => Number(line[column])

/** A word, and how far it is from what was typed. */
export interface NearWord extends HubWord {
  readonly far: number
}

/** Words that are alike to what was typed, the nearest first: those of the reader's language before others that are a letter nearer. */
export function rankNear(typed: string, words: readonly HubWord[], lang: string): NearWord[] {
  const folded = foldWord(typed.normalize('NFC').toLowerCase())
  const most = tolerance(folded.length)
  const near = words.flatMap((word): (NearWord & { isPlain: number })[] => {
    const other = foldWord(word.word)
    const far = distance(folded, other, most)
    if (far === 0 || far > most) return []
    // Few mistakes are in the first letter.
    const odd = other.startsWith(folded.slice(0, 1)) ? 0 : 0.5
    const foreign = word.lang === lang ? 0 : 1
    return [{ ...word, far: far + odd + foreign, isPlain: other === word.word ? 1 : 0 }]
  })
  // Of two that differ by their accents, the one that has them.
  return near
    .toSorted((one, other) => one.far - other.far || one.isPlain - other.isPlain)
    .map(({ lang: own, word, far }) => ({ lang: own, word, far }))
}

/** Each word once, however many languages and accents it has; the first of them. */
export function withoutTwins<W extends HubWord>(words: readonly W[]): W[] {
  return [...Map.groupBy(words, ({ word }) => foldWord(word)).values()].flatMap((same) => same.slice(0, 1))
}

const article = /^و?(?:ال|بال|كال|فال|لل)(?=\S{3})/

/** A word as titles are found by it. */
const titleWord = (word: string) =>
  Array.from(foldWord(word))
    .slice(0, LONGEST)
    .join('')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The words of a title as they are found by their beginning: folded, an Arabic one also without its article. */
export function titleWords(title: string): string[] {
  const words = (title.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(titleWord)
  return [...new Set(words.flatMap((word) => [word, word.replace(article, '')]))].filter((word) => word !== '')
}

/** What asks for titles: every word, the last one by its beginning; null for nothing. */
export function titleQuery(words: readonly string[]): string | null {
  const asked = words.map(titleWord).filter((word) => word !== '')
  if (asked.length === 0) return null
  return `${asked.map((word) => `'${word}'`).join(' & ')}:*`
}
