import type { Line } from './lines.ts'

/** A page's lines and how high it is. */
export interface LinedPage {
  readonly lines: readonly Line[]
  readonly height: number
}

/** The part of a page's height, above and below, in which its furniture stands. */
const edge = 0.15
/** How many lines at each end of a page may be a running head, a foot or a page number. */
const ends = 3
const fewest = 3
const pageNumber =
  /^\P{L}{0,3}(?:p(?:age|ágina)?\.?|صفحة)?\s*(\p{Nd}{1,5})(?:\s*(?:\/|\||of|de|sur|من)\s*\p{Nd}{1,5})?\P{L}{0,3}$/iu

/** The pages without what stands at the same place of several of them, and without their numbers. Lines that the file's structure holds stay. */
export function dropFurniture(pages: readonly LinedPage[], bodySize: number): (readonly Line[])[] {
  const candidates = pages.map((page) => endsOf(page))
  const seen = new Map<string, number[]>()
  candidates.forEach((lines, page) => {
    for (const key of new Set(lines.map((line) => keyOf(line, bodySize)))) {
      const on = seen.get(key)
      if (on) on.push(page)
      else seen.set(key, [page])
    }
  })
  return pages.map(({ lines }, page) => {
    const own = candidates[page] ?? []
    const dropped = new Set(
      own.filter((line) => isRepeated(seen.get(keyOf(line, bodySize)) ?? [], page) || isNumber(line, page)),
    )
    return dropped.size === 0 ? lines : lines.filter((line) => !dropped.has(line))
  })
}

function endsOf({ lines, height }: LinedPage): Line[] {
  const isAtEdge = ({ y, turn }: Line) => turn !== 0 || y < edge * height || y > (1 - edge) * height
  const free = lines.filter((line) => line.place === null && isAtEdge(line)).toSorted((one, other) => other.y - one.y)
  return free.length <= 2 * ends ? free : [...free.slice(0, ends), ...free.slice(-ends)]
}

/** What a head says and where; figures count as the same, save in a heading, whose number is its own. */
function keyOf(line: Line, bodySize: number): string {
  const text = line.text.trim().toLowerCase()
  const plain = line.size > 1.15 * bodySize ? text : text.replace(/\p{Nd}+|\b[ivxlc]{1,7}\b/gu, '#')
  return `${plain}|${Math.round(line.y / 4)}|${line.turn}`
}

/** On this page and on several of those around it: on every page, every second one, or those of one chapter. */
function isRepeated(on: readonly number[], page: number): boolean {
  if (on.length < fewest) return false
  const around = on.filter((other) => Math.abs(other - page) <= 5)
  return around.length >= fewest || (around.length >= 2 && on.length >= fewest * 3)
}

function isNumber(line: Line, page: number): boolean {
  const found = pageNumber.exec(line.text.trim())
  return found !== null && toNumber(found[1] ?? '') === page + 1
}

/** A number in the figures of any script: Arabic ones stand sixteen and more to a row, from nought. */
function toNumber(figures: string): number {
  return Number(figures.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (figure) => String(figure.charCodeAt(0) % 16)))
}
