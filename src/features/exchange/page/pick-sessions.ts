import { say } from './messages.ts'
import type { Section } from './sections.ts'
import { listExplicitStarts, listNumberedStarts, type Start } from './session-starts.ts'
import { readSessions, type RawSession } from './sessions.ts'
import type { Line, Unsure } from './types.ts'

/** Where the sessions stand is found out first; `rest` is what that part holds besides them. */
export type PickedSessions = { sessions: RawSession[]; section: Section | null; rest: Line[]; notes: Unsure[] }

type Found = { section: Section; starts: Start[]; named: boolean }

const isExplicit = ({ starts }: Found) => starts[0]?.explicit === true

/** The part of the page that holds the sessions: lines that say "Session 1", else a numbered list under Format or Agenda. */
export function pickSessions(sections: readonly Section[], preamble: Section, year: number | null): PickedSessions {
  const found = [preamble, ...sections].flatMap((section): Found[] => {
    const starts = listExplicitStarts(section.lines, section.kinds.includes('background'))
    if (starts.length > 0) return [{ section, starts, named: true }]
    if (!section.kinds.some((kind) => kind === 'format' || kind === 'agenda')) return []
    const numbered = listNumberedStarts(section.lines)
    return numbered.starts.length > 0 ? [{ section, ...numbered }] : []
  })
  const best =
    found.find((one) => isExplicit(one) && one.starts.length > 1) ??
    found.find((one) => one.named && !isExplicit(one)) ??
    found[0]
  if (!best) return { sessions: [], section: null, rest: [], notes: [] }
  const list = readSessions(best.section.lines, best.starts, year)
  const notes = [...list.notes]
  const named = best.named || best.section.kinds.includes('agenda')
  if (!named) notes.push(say.listAsSessions(list.sessions[0]?.line ?? null))
  for (const other of found) {
    const line = other.section.lines[other.starts[0]?.index ?? 0]
    if (other !== best && line) notes.push(say.listNotSessions(line.number))
  }
  return { sessions: list.sessions, section: best.section, rest: list.rest, notes }
}
