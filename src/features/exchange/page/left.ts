import type { SectionKind } from './headings.ts'
import { readBareLabel } from './links.ts'
import { bodyKinds, isLinkSection, type Section } from './sections.ts'
import type { Left, Line, ReadLink } from './types.ts'

/** Lines that a field has taken, and the section whose sessions were taken. */
export type Taken = { lines: ReadonlySet<Line>; sessions: Section | null }

/** The text of the seminar that a section becomes: the first one that its heading names. */
export const bodyKind = (section: Section): SectionKind | null =>
  section.kinds.find((kind) => bodyKinds.includes(kind)) ?? null

/** Lines that no field took; those of link sections that name something to fetch are links without an address. */
export function placeRest(
  rest: ReadonlyMap<Section, readonly Line[]>,
  taken: Taken,
): { bare: ReadLink[]; left: Left[] } {
  const bare: ReadLink[] = []
  const left: Left[] = []
  for (const [section, lines] of rest) {
    if (bodyKind(section) !== null) continue
    const { heading } = section
    if (heading && section.kinds.length === 0 && !taken.lines.has(heading))
      left.push({ text: heading.text, line: heading.number })
    for (const line of lines) {
      if (taken.lines.has(line) || isOnlyLinks(line)) continue
      const label =
        section !== taken.sessions && isLinkSection(section.kinds) ? readBareLabel(line, section.kinds) : null
      if (label) bare.push(label)
      else left.push({ text: line.text, line: line.number })
    }
  }
  return { bare, left: left.sort((one, other) => one.line - other.line) }
}

/** A line whose words are its links and little else is told among the links. */
function isOnlyLinks(line: Line): boolean {
  const [first] = line.links
  if (!first || line.links.some((link) => !/^(?:https?:\/\/|[^:]*$)/i.test(link.url))) return false
  const words = line.links.reduce((rest, link) => rest.replace(link.label, '').replace(link.url, ''), line.text)
  return words.replace(/[^\p{L}]/gu, '').length <= 60 && line.text.length < 400
}
