import { clockState } from '#features/desk/index.ts'
import type { FieldProblem } from '#platform/forms.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import { zonedToInstant, type Day, type Instant } from '#platform/time.ts'
import type { SessionTimes } from '../domain.ts'
import type { AgendaEntry } from './form.ts'

/** What an agenda is held against. */
export interface AgendaFrame {
  readonly startsOn: Day
  readonly endsOn: Day
  readonly zone: string
}

/** Something to look at in one session, told where it is. It may be saved all the same. */
export interface AgendaNote {
  readonly session: number
  readonly message: MessageKey
  readonly values: Readonly<Record<string, string | number>>
}

/** A session whose times were understood; `stored` stands where its fields still show what is kept. */
export interface Understood {
  readonly entry: AgendaEntry
  readonly times: SessionTimes
}

/** Whether a text is a day of the calendar. */
export const isDay = (text: string): boolean => {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) && Temporal.PlainDate.from(text, { overflow: 'reject' }).year > 1899
  } catch {
    return false
  }
}
const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** Reads the times of one session. What cannot be kept is a problem at its field. */
export function readTimes(
  entry: AgendaEntry,
  index: number,
  zone: string,
): { times: SessionTimes; problems: FieldProblem[] } {
  const problems: FieldProblem[] = []
  const wrong = (field: string, message: MessageKey) => problems.push({ field: `sessions.${index}.${field}`, message })
  const { title, day, start, end, minutes } = entry
  if (title === '') wrong('title', 'form.required')
  if (title.length > 500) wrong('title', 'form.tooLong')
  if (day !== '' && !isDay(day)) wrong('day', 'desk.problem.day')
  if (minutes !== '' && !/^[1-9]\d{0,3}$/.test(minutes)) wrong('minutes', 'desk.problem.number')
  const at = (name: 'start' | 'end'): Instant | null => {
    const time = entry[name]
    if (time === '') return null
    if (!isTime(time)) wrong(name, 'desk.agenda.problem.time')
    else if (day === '') wrong('day', 'desk.agenda.problem.dayFirst')
    else if (isDay(day) && clockState(day, time, zone) === 'skipped') wrong(name, 'desk.problem.skipped')
    else if (isDay(day)) return zonedToInstant(day, time, zone)
    return null
  }
  const [startsAt, endsAt] = [at('start'), at('end')]
  if (start === '' && end !== '') wrong('start', 'desk.agenda.problem.startFirst')
  if (startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt))
    wrong('end', 'desk.agenda.problem.backward')
  const known = minutes === '' ? null : Number(minutes)
  return { times: { startsOn: day === '' ? null : day, startsAt, endsAt, minutes: known }, problems }
}

/** What to look at in an agenda: overlaps, days outside the seminar, somebody in two places, no floor, hours lived twice. */
export function findNotes(sessions: readonly Understood[], frame: AgendaFrame): AgendaNote[] {
  return sessions.flatMap(({ entry, times }, session): AgendaNote[] => {
    const note = (message: MessageKey, values: AgendaNote['values'] = {}): AgendaNote => ({ session, message, values })
    const notes: AgendaNote[] = []
    const { startsOn } = times
    if (startsOn !== null && (startsOn < frame.startsOn || startsOn > frame.endsOn))
      notes.push(note('desk.agenda.note.outside'))
    for (const [other, { entry: their, times: theirTimes }] of sessions.entries()) {
      if (other >= session || !isTogether(times, theirTimes)) continue
      notes.push(note('desk.agenda.note.overlap', { number: other + 1 }))
      const both = entry.speakers.filter(({ person }) => their.speakers.some((speaker) => speaker.person === person))
      notes.push(...both.map(({ person }) => note('desk.agenda.note.twoPlaces', { person, number: other + 1 })))
    }
    const kinds = Object.values(entry.channels)
    if (kinds.length > 0 && !kinds.includes('floor')) notes.push(note('desk.agenda.note.noFloor'))
    const isTwice = (time: string) =>
      isTime(time) && isDay(entry.day) && clockState(entry.day, time, frame.zone) === 'twice'
    if (isTwice(entry.start) || isTwice(entry.end)) notes.push(note('desk.agenda.note.twice'))
    return notes
  })
}

/** Whether two sessions go on at the same time, as far as their hours are known. */
function isTogether(one: SessionTimes, other: SessionTimes): boolean {
  const [a, b] = [spanOf(one), spanOf(other)]
  return a !== null && b !== null && a.from < b.to && b.from < a.to
}

function spanOf({ startsAt, endsAt, minutes }: SessionTimes): { from: number; to: number } | null {
  if (startsAt === null) return null
  const from = Date.parse(startsAt)
  if (endsAt !== null) return { from, to: Date.parse(endsAt) }
  return minutes === null ? null : { from, to: from + minutes * 60_000 }
}
