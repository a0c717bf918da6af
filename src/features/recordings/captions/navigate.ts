import type { Cue } from './cue.ts'
import { digitOf } from './timing.ts'

/** Where a slide comes up. */
export interface SlideMark {
  readonly number: number
  readonly startsAt: number
  readonly identifier: string
}

const slideWords = new Set('slide diapo diapositive diapositiva folie dia 幻灯片 投影片 شريحة الشريحة слайд'.split(' '))

/** `slide-4`, `Slide 4`, `幻灯片4`: 4; null for any other identifier. */
function slideNumber(identifier: string): number | null {
  const digits = Array.from(identifier).findIndex((character) => digitOf(character.charCodeAt(0)) >= 0)
  if (digits < 0) return null
  const characters = Array.from(identifier)
  const word = characters
    .slice(0, digits)
    .join('')
    .toLowerCase()
    .replace(/[\s_.#:–-]/g, '')
  const number = characters.slice(digits).map((character) => digitOf(character.charCodeAt(0)))
  return slideWords.has(word) && number.length < 6 && number.every((digit) => digit >= 0)
    ? Number(number.join(''))
    : null
}

/** Slides by the identifiers of cues (never by their words), each where it first comes up after another, for chapters. */
export function slideMarks(cues: readonly Pick<Cue, 'identifier' | 'startsAt'>[]): SlideMark[] {
  const marks: SlideMark[] = []
  for (const { identifier, startsAt } of cues) {
    const number = identifier === null ? null : slideNumber(identifier)
    if (identifier === null || number === null || marks.at(-1)?.number === number) continue
    marks.push({ number, startsAt, identifier })
  }
  return marks
}

/** How many cues begin at or before `ms`. */
function countBegun(cues: readonly Cue[], ms: number): number {
  let low = 0
  let high = cues.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cues[middle]?.startsAt ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low
}

const looksBack = 50

/**
 * The cue that is spoken at `ms` (cues in the order of their starts): of several, the one that began last, and of several that began together the first.
 * Null between cues. One that runs on under more than fifty later ones is not found.
 */
export function cueAt(cues: readonly Cue[], ms: number): Cue | null {
  const begun = countBegun(cues, ms)
  let found: Cue | null = null
  for (let at = begun - 1; at >= Math.max(0, begun - looksBack); at -= 1) {
    const cue = cues[at]
    if (!cue || (found && cue.startsAt < found.startsAt)) break
    if (cue.endsAt > ms || (cue.endsAt === cue.startsAt && cue.startsAt === ms)) found = cue
  }
  return found
}

/** The cues of which something is spoken from `from` up to, not at, `to`; a cue without length when it stands there. */
export function sliceCues(cues: readonly Cue[], from: number, to: number): Cue[] {
  return cues
    .slice(0, countBegun(cues, to))
    .filter(({ startsAt, endsAt }) => startsAt < to && (endsAt > from || startsAt >= from))
}
