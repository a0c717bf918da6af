import { remember } from '#platform/i18n/index.ts'
import { hashText } from '#platform/text/index.ts'

/** A sentence of a source and how it was translated, in one language or several. */
export interface MemorySentence {
  readonly source: string
  /** Language → its translation. */
  readonly translations: Readonly<Record<string, string>>
}

/** Longer pieces are no sentences: nobody meets them again. */
const longest = 600

const sentences = remember((lang) => new Intl.Segmenter(lang, { granularity: 'sentence' }))
const words = remember((lang) => new Intl.Segmenter(lang, { granularity: 'word' }))

/** What begins a line of Markdown without being said: list marks, numbers, headings, quotes. */
const lineMarks = /^(?:\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s+)+/

/** The lines of a text that say something, without their marks. */
function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const said = line.replace(lineMarks, '').trim()
    return said === '' ? [] : [said]
  })
}

function sentencesOfLine(line: string, lang: string): string[] {
  return Array.from(sentences(lang).segment(line), ({ segment }) => segment.trim()).filter((one) => one !== '')
}

/** The sentences of a text, line by line. */
export function sentencesOf(text: string, lang: string): string[] {
  return linesOf(text).flatMap((line) => sentencesOfLine(line, lang))
}

/** The sentences of a source beside those of its translations, as far as the two have the same build. */
export function alignSentences(
  source: { readonly lang: string; readonly body: string },
  translations: readonly { readonly lang: string; readonly body: string }[],
): MemorySentence[] {
  const lines = linesOf(source.body)
  const found = new Map<string, Record<string, string>>()
  for (const { lang, body } of translations) {
    const theirs = linesOf(body)
    if (theirs.length !== lines.length) continue
    for (const [index, line] of lines.entries()) {
      for (const [from, into] of pairLine(line, source.lang, theirs[index] ?? '', lang)) {
        if (from.length > longest || into.length > longest) continue
        const known = found.get(from) ?? {}
        found.set(from, { ...known, [lang]: known[lang] ?? into })
      }
    }
  }
  return [...found].map(([from, into]) => ({ source: from, translations: into }))
}

/** Sentence by sentence where a line has as many on both sides, else the line as a whole. */
function pairLine(line: string, lang: string, theirs: string, into: string): [string, string][] {
  const from = sentencesOfLine(line, lang)
  const to = sentencesOfLine(theirs, into)
  return from.length === to.length ? from.map((one, index) => [one, to[index] ?? '']) : [[line, theirs]]
}

/** The words of a sentence, without capitals, accents and marks. */
export function wordsOf(sentence: string, lang: string): string[] {
  const folded = sentence
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  return Array.from(words(lang).segment(folded)).flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []))
}

/** By what the same sentence is found again: capitals, accents, spaces and marks do not matter. */
export function sentenceHash(sentence: string, lang: string): string {
  return hashText(wordsOf(sentence, lang).join(' '))
}

const bandCount = 16
const rowsPerBand = 3

/**
 * Sixteen numbers of which similar sentences share at least one and others hardly any (MinHash over words and pairs of words,
 * in bands of three): an index finds what is similar without comparing everything, on any PostgreSQL. Sentences that share
 * half of their words and pairs meet nine times in ten, those that share a twentieth three times in a thousand.
 */
export function bandsOf(sentence: string, lang: string): number[] {
  const list = wordsOf(sentence, lang)
  if (list.length < 3) return []
  const features = [...list, ...list.slice(1).map((word, index) => `${list[index]} ${word}`)].map(hash32)
  return Array.from({ length: bandCount }, (_, band) => {
    let key = band + 1
    for (let row = 0; row < rowsPerBand; row += 1) {
      const seed = Math.imul(band * rowsPerBand + row + 1, 0x9e3779b1)
      key = Math.imul(key ^ Math.min(...features.map((one) => mix(one ^ seed))), 0x01000193)
    }
    return key | 0
  })
}

function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash
}

/** Murmur's last step: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** How much of two sentences is the same, from 0 to 1: words that need not be changed, of the longer one's. */
export function similarity(one: string, other: string, lang: string): number {
  const [left, right] = [wordsOf(one, lang), wordsOf(other, lang)]
  const most = Math.max(left.length, right.length)
  if (most === 0 || most > 200) return 0
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [index, word] of left.entries()) {
    const next = [index + 1]
    for (const [at, theirs] of right.entries()) {
      const changed = (row[at] ?? 0) + (word === theirs ? 0 : 1)
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return 1 - (row[right.length] ?? most) / most
}
