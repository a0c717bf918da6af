import type { Draft } from './blocks.ts'
import { plainName, plainText } from './plain.ts'
import type { Problems } from './problems.ts'
import { isNameLike } from './speakers.ts'
import { readTimedLine, type TimedLine } from './transcript-lines.ts'

interface Entry extends TimedLine {
  readonly line: number
  readonly below: string[]
}

/**
 * Reads what meeting tools leave as text: lines with a time at their head or behind a name, and the lines below each. Empty when the text has no times:
 * one alone in a longer text is no transcript either.
 */
export function readTranscript(lines: readonly string[], problems: Problems, notes: string[]): Draft[] {
  const entries: Entry[] = []
  const before: string[] = []
  lines.forEach((line, index) => {
    if (line.trim() === '') return
    const timed = readTimedLine(line)
    if (timed) entries.push({ ...timed, line: index + 1, below: [] })
    else (entries.at(-1)?.below ?? before).push(line.trim())
  })
  if (entries.length === 0 || (entries.length === 1 && lines.length > 6)) return []
  const [first] = before
  if (first !== undefined) {
    problems.tell(1 + lines.findIndex((line) => line.trim() !== ''), 'textOutsideCue', first)
    notes.push(plainText(before.join('\n')))
  }
  return draftsOf(entries)
}

/** `00:01:02 Mary Jones` over lines of words names who speaks, when most times of the file stand so. */
function draftsOf(entries: readonly Entry[]): Draft[] {
  const isHead = ({ rest, below, isBehind }: Entry) =>
    isBehind || (below.length > 0 && rest.length <= 70 && !/[.!?…:]$/.test(rest) && rest !== '' && isNameLike(rest))
  const heads = entries.filter(isHead).length
  const isUsual = heads * 2 >= entries.length
  return entries.map((entry) => {
    const isName = entry.isBehind || (isUsual && isHead(entry))
    return {
      line: entry.line,
      startsAt: entry.startsAt,
      endsAt: entry.endsAt,
      identifier: null,
      settings: null,
      speaker: isName ? plainName(entry.rest) : null,
      lines: isName || entry.rest === '' ? entry.below : [entry.rest, ...entry.below],
    }
  })
}
