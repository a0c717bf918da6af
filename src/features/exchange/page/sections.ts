import { isFurnitureLine, isLanguageSwitch } from './furniture.ts'
import { matchHeading, matchLabel, type SectionKind } from './headings.ts'
import { say } from './messages.ts'
import type { Line, Unsure } from './types.ts'

export type Section = { kinds: SectionKind[]; heading: Line | null; lines: Line[] }
/** `preamble` is what stands before the first heading; a section without kinds has a heading nobody knows. */
export type Sections = { preamble: Line[]; sections: Section[]; furniture: number; notes: Unsure[] }

const linkKinds: readonly SectionKind[] = [
  'recordings',
  'agenda',
  'presentation',
  'registration',
  'publication',
  'languages',
]

/** Whether a section mostly holds links: lines of labels are theirs, not a language switch of the site. */
export const isLinkSection = (kinds: readonly SectionKind[]): boolean => kinds.some((kind) => linkKinds.includes(kind))

const sessionHeading =
  /^(?:session|sesion|sessao|seance|الجلسة|day|jour|dia|jornada)\b ?\d|^\p{L}{3,12} (?:session|sesion|sessao|seance)\b/u

/** Cuts the lines of a page at its headings and leaves the site's furniture out. */
export function cutSections(lines: readonly Line[]): Sections {
  const result: Sections = { preamble: [], sections: [], furniture: 0, notes: [] }
  let current: Section | null = null
  for (const line of lines) {
    if (isFurnitureLine(line) || (isLanguageSwitch(line) && !(current && isLinkSection(current.kinds)))) {
      result.furniture++
      continue
    }
    const opened: Section | null = openSection(line)
    if (opened) {
      current = opened
      result.sections.push(opened)
    } else if (current) current.lines.push(line)
    else result.preamble.push(line)
  }
  result.notes.push(...listSectionNotes(result.sections))
  return result
}

function openSection(line: Line): Section | null {
  const kinds = line.marker && line.indent > 0 ? [] : matchHeading(line.folded)
  if (kinds.length > 0 && line.links.length === 0) return { kinds, heading: line, lines: [] }
  if (line.level > 1) return sessionHeading.test(line.folded) ? null : { kinds: [], heading: line, lines: [] }
  const label = line.marker ? null : matchLabel(line.text)
  if (!label || line.text.length > 400 || label.kinds.includes('other')) return null
  return { kinds: label.kinds, heading: shorten(line, 0, label.at), lines: [shorten(line, label.at)] }
}

/** The part of a line between two places; its links stay when their label is in it. */
export function shorten(line: Line, from: number, to = line.text.length): Line {
  const text = line.text.slice(from, to).trim()
  const links = line.links.filter((link) => text.includes(link.label) || text.includes(link.url))
  const cut = from === 0 && to === line.text.length
  const markdown = cut ? line.markdown : cutMarkdown(line, from, to, text)
  const start = from + line.text.slice(from).length - line.text.slice(from).trimStart().length
  return {
    ...line,
    text,
    markdown,
    folded: line.folded.slice(start, start + text.length),
    links,
    lead: 0,
    gap: from === 0 && line.gap,
  }
}

/** Markdown after a plain beginning is kept; a cut inside links falls back on the plain words. */
function cutMarkdown(line: Line, from: number, to: number, text: string): string {
  const plainHead = line.markdown.startsWith(line.text.slice(0, from))
  return plainHead && to === line.text.length ? line.markdown.slice(from).trim() : text
}

function listSectionNotes(sections: readonly Section[]): Unsure[] {
  const notes: Unsure[] = []
  const seen = new Set<string>()
  for (const { kinds, heading, lines } of sections) {
    const [first] = kinds
    if (!heading || !first) continue
    const bodies = kinds.filter((kind) => bodyKinds.includes(kind))
    if (lines.length === 0 && first !== 'other') notes.push(say.emptySection(heading.text, heading.number))
    if (bodies.length > 1) notes.push(say.sharedHeading(heading.text, bodies[0] ?? first, heading.number))
    if (bodyKinds.includes(first) && seen.has(first)) notes.push(say.repeatedHeading(heading.text, heading.number))
    seen.add(first)
  }
  return notes
}

/** Sections whose words become a text of the seminar. */
export const bodyKinds: readonly SectionKind[] = ['objectives', 'format', 'audiences', 'background']
