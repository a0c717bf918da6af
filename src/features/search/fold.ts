/** A text as it is compared, and where each of its characters stood. */
export interface Folded {
  readonly text: string
  readonly from: readonly number[]
}

const arabic: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ئ: 'ي', ؤ: 'و', ة: 'ه' }

/** Scripts that are written without spaces. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u

const THAI = '\u0E00'

/**
 * Folds a text: small letters without accents; in Arabic one alef, one yeh, no teh marbuta, tatweel or vowel signs; what is written
 * without spaces as overlapping pairs.
 */
export function fold(text: string): Folded {
  const parts: string[] = []
  const from: number[] = []
  const put = (piece: string, at: number) => {
    parts.push(piece)
    for (let unit = 0; unit < piece.length; unit += 1) from.push(at)
  }
  let at = 0
  let before = ''
  for (const character of text) {
    const piece = foldCharacter(character)
    // The least of these scripts is Thai.
    if (character >= THAI && unspaced.test(character)) {
      const next = String.fromCodePoint(text.codePointAt(at + character.length) ?? 32)
      if (!unspaced.test(next)) {
        if (!unspaced.test(before)) put(` ${piece} `, at)
      } else put(` ${piece}${foldCharacter(next)} `, at)
    } else put(piece, at)
    before = character
    at += character.length
  }
  return withoutAffixes({ text: parts.join(''), from })
}

/** Conjunctions, prepositions and the article before an Arabic word, and endings behind it. */
const arabicWord = /[\u0621-\u064A]+/g
const arabicStart = /^(?:و(?=\S{3}))?(?:(?:ال|بال|كال|فال|لل)(?=\S{3}))?/
const arabicEnd = /(?<=\S{3})(?:ها|ان|ات|ون|ين|يه|ه|ي)$/

/**
 * Takes from Arabic words what stands before and behind their stem, as "Light10" does (Larkey, Ballesteros and Connell, 2007): the
 * stemmer of PostgreSQL knows an ending only where there is an article.
 */
function withoutAffixes({ text, from }: Folded): Folded {
  if (!/[\u0621-\u064A]/.test(text)) return { text, from }
  const kept: string[] = []
  const places: number[] = []
  let at = 0
  const keep = (start: number, end: number) => {
    kept.push(text.slice(start, end))
    for (let unit = start; unit < end; unit += 1) places.push(from[unit] ?? 0)
  }
  for (const { 0: word, index } of text.matchAll(arabicWord)) {
    const start = arabicStart.exec(word)?.[0].length ?? 0
    let stem = word.slice(start)
    for (let before = ''; before !== stem;) {
      before = stem
      stem = stem.replace(arabicEnd, '')
    }
    keep(at, index)
    keep(index + start, index + start + stem.length)
    at = index + word.length
  }
  keep(at, text.length)
  return { text: kept.join(''), from: places }
}

/** Texts are made of few characters: each is folded once. */
const folded = new Map<string, string>()
const KNOWN = 20_000

function foldCharacter(character: string): string {
  const known = folded.get(character)
  if (known !== undefined) return known
  const piece = computeFolded(character)
  if (folded.size < KNOWN) folded.set(character, piece)
  return piece
}

function computeFolded(character: string): string {
  // A stroke or a stop between two words makes a path or an address of them for PostgreSQL.
  if (!/[\p{L}\p{N}\p{M}]/u.test(character)) return ' '
  const known = arabic[character]
  if (known !== undefined) return known
  if (character === '\u0640') return ''
  return character.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
}

/** A word as it is compared letter by letter, with all that stands before and behind its stem. */
export const foldWord = (word: string): string => Array.from(word, foldCharacter).join('')

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string
  readonly isFound: boolean
}

/** Characters that surround what was found. */
const AROUND = 110

/** The part of a text around the first words that were found, by their places in its folded form. */
export function cutOut(
  body: string,
  { from }: Pick<Folded, 'from'>,
  spans: readonly (readonly [number, number])[],
): Piece[] {
  const marks = spans.map(([start, end]) => wholeWord(body, from[start] ?? 0, (from[end - 1] ?? 0) + 1))
  const begin = Math.max(0, (marks[0]?.[0] ?? 0) - AROUND)
  const end = Math.min(body.length, begin + AROUND * 2.5)
  const first = begin === 0 ? 0 : afterSpace(body, begin)
  const last = end === body.length ? end : Math.max(body.lastIndexOf(' ', end), first + 1)
  const pieces: Piece[] = []
  let at = first
  for (const [start, stop] of marks) {
    if (start < at || stop > last) continue
    pieces.push({ text: (at === first && first > 0 ? '…' : '') + body.slice(at, start), isFound: false })
    pieces.push({ text: body.slice(start, stop), isFound: true })
    at = stop
  }
  pieces.push({ text: body.slice(at, last) + (last < body.length ? '…' : ''), isFound: false })
  return pieces.filter(({ text }) => text !== '')
}

/** A place in a text, widened to the Arabic word that it is in. */
function wholeWord(body: string, start: number, end: number): readonly [number, number] {
  const isLetter = (at: number) => /[\u0621-\u0652]/.test(body[at] ?? '')
  if (!isLetter(start)) return [start, end]
  let [first, last] = [start, end]
  while (isLetter(first - 1)) first -= 1
  while (isLetter(last)) last += 1
  return [first, last]
}

function afterSpace(body: string, begin: number): number {
  const space = body.indexOf(' ', begin)
  return space === -1 || space > begin + 30 ? begin : space + 1
}
