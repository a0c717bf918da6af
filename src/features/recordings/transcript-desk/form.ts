import { readClock, writeClock } from '#platform/time.ts'
import { valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { plainName, plainText, type Cue } from '../captions/index.ts'
import { DAY } from './changes.ts'

/** Characters of a line: what fits on no screen is no line of captions. */
const MOST_TEXT = 2000
const MOST_NAME = 200

/** The fields of lines, by their numbers, as they are kept. */
export function lineValues(lines: readonly Cue[], first: number): FieldValues {
  const fields = lines.flatMap((line, index): [string, string[]][] => {
    const name = `line.${first + index}.`
    return [
      [`${name}start`, [writeClock(line.startsAt)]],
      [`${name}end`, [writeClock(line.endsAt)]],
      [`${name}speaker`, [line.speaker ?? '']],
      [`${name}text`, [line.text]],
    ]
  })
  return Object.fromEntries(fields)
}

/** Times around a stretch, that its lines may not pass: where the line above it begins, and where the one below it does. */
export interface Around {
  readonly above: number | null
  readonly below: number | null
}

interface TypedLines {
  readonly lines: readonly Cue[]
  readonly problems: readonly FieldProblem[]
}

/** Reads the lines of a stretch as they were typed; a field that was not sent is as it was. */
export function readLines(values: FieldValues, before: readonly Cue[], first: number, around: Around): TypedLines {
  const problems: FieldProblem[] = []
  const lines: Cue[] = []
  let above = around.above ?? 0
  for (const [index, line] of before.entries()) {
    const name = `line.${first + index}.`
    const typed = (field: string, kept: string) =>
      values[name + field] === undefined ? kept : valueOf(values, name + field)
    const startsAt = timeIn(typed('start', writeClock(line.startsAt)))
    const endsAt = timeIn(typed('end', writeClock(line.endsAt)))
    const text = plainText(typed('text', line.text)).trim()
    const speaker = plainName(typed('speaker', line.speaker ?? ''))
    if (startsAt === null) problems.push({ field: `${name}start`, message: 'desk.transcript.noTime' })
    if (endsAt === null) problems.push({ field: `${name}end`, message: 'desk.transcript.noTime' })
    if (startsAt !== null && startsAt < above)
      problems.push({ field: `${name}start`, message: 'desk.transcript.order' })
    if (startsAt !== null && endsAt !== null && endsAt < startsAt)
      problems.push({ field: `${name}end`, message: 'desk.problem.backward' })
    if (text === '') problems.push({ field: `${name}text`, message: 'form.required' })
    if (text.length > MOST_TEXT) problems.push({ field: `${name}text`, message: 'form.tooLong' })
    if ((speaker ?? '').length > MOST_NAME) problems.push({ field: `${name}speaker`, message: 'form.tooLong' })
    if (startsAt !== null) above = startsAt
    lines.push({ ...line, startsAt: startsAt ?? line.startsAt, endsAt: endsAt ?? line.endsAt, speaker, text })
  }
  const last = lines.at(-1)
  if (last && around.below !== null && last.startsAt > around.below)
    problems.push({ field: `line.${first + lines.length - 1}.start`, message: 'desk.transcript.order' })
  return { lines, problems }
}

function timeIn(text: string): number | null {
  const time = readClock(text.trim())
  return time === null || time > DAY ? null : time
}

/** Seconds that lines are moved by (`-1.5`, `+0.25`): milliseconds; null when it is no such number, or none. */
export function readShift(text: string): number | null {
  const typed = text.trim().replace(',', '.').replace('−', '-')
  if (!/^[+-]?\d{1,5}(\.\d{1,3})?$/.test(typed)) return null
  const by = Math.round(Number(typed) * 1000)
  return by === 0 ? null : by
}
