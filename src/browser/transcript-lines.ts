/** A line of a transcript as it stands in the page. Times are seconds. */
export interface Line {
  readonly element: HTMLElement
  readonly start: number
  /** Missing where the next line follows at once. */
  readonly end: number | undefined
}

/** A time as addresses write it. */
export const at = (seconds: number): string => String(Math.round(seconds * 1000) / 1000)

/** The second that a link leads to. */
export const secondIn = (link: HTMLAnchorElement): number => Number(new URL(link.href).searchParams.get('t'))

/** The lines that are shown, in their order: each has a link to its second. */
export function linesIn(of: HTMLElement): Line[] {
  return [...of.querySelectorAll<HTMLElement>('.spoken li')].map((element) => {
    const link = element.querySelector('a')
    const end = element.dataset['end']
    return { element, start: link ? secondIn(link) : 0, end: end === undefined ? undefined : Number(end) }
  })
}

/** The line that is spoken at a second: the last that has begun, unless it has ended. */
export function lineAt(lines: readonly Line[], second: number): Line | undefined {
  const line = lines.findLast(({ start }) => start <= second)
  return line && (line.end === undefined || second < line.end) ? line : undefined
}
