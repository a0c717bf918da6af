/** Part of a representation: its first and last byte, both within, counted from 0. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** More parts than any reader has use for; a request for more gets the whole. */
const MOST_PARTS = 50

const list = /^bytes=[\t ,]*(?:\d+-\d*|-\d+)(?:[\t ]*,[\t ,]*(?:\d+-\d*|-\d+))*[\t ,]*$/i

/**
 * The parts that `Range` asks for of `size` bytes (RFC 9110 §14.2): null when it asks for nothing that can be understood, which means
 * the whole; an empty list when no part lies within. Parts that overlap are made one, so that no answer is larger than the whole.
 */
export function readRanges(range: string | undefined, size: number): ByteRange[] | null {
  if (range === undefined || !list.test(range)) return null
  const asked = [...range.matchAll(/(\d*)-(\d*)/g)].map(([, first = '', last = '']) => ({ first, last }))
  if (asked.length > MOST_PARTS) return null
  if (asked.some(({ first, last }) => first !== '' && last !== '' && Number(last) < Number(first))) return null
  const within = asked.flatMap(({ first, last }) => clip(first, last, size))
  // A suffix of nothing is all of it, and cannot be written as a range.
  if (size === 0 && asked.some(({ first, last }) => first === '' && Number(last) > 0)) return null
  return hasOverlap(within) ? join(within) : within
}

function clip(first: string, last: string, size: number): ByteRange[] {
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? [] : [{ first: size - length, last: size - 1 }]
  }
  const start = Number(first)
  return start >= size ? [] : [{ first: start, last: last === '' ? size - 1 : Math.min(Number(last), size - 1) }]
}

const sorted = (ranges: readonly ByteRange[]) => ranges.toSorted((one, other) => one.first - other.first)

function hasOverlap(ranges: readonly ByteRange[]): boolean {
  return sorted(ranges).some(({ first }, index, all) => first <= (all[index - 1]?.last ?? -1))
}

function join(ranges: readonly ByteRange[]): ByteRange[] {
  const joined: ByteRange[] = []
  for (const range of sorted(ranges)) {
    const before = joined.at(-1)
    if (before && range.first <= before.last + 1) {
      joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, range.last) }
    } else joined.push(range)
  }
  return joined
}
