import { createHash } from 'node:crypto'
import type { Actor } from '#features/accounts/index.ts'
import { deedOf, requireGuarded, type DeskDeps } from '#features/desk/index.ts'
import { insertEvents, touchRecord } from '#features/records/index.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { valueOf } from '#platform/forms.ts'
import { plainName, type Cue } from '../captions/index.ts'
import { recordingTables } from '../store.ts'
import { changeOf, lineDeeds, turn, undoOf, type Change } from './changes.ts'
import { readLines, readShift } from './form.ts'
import type { TranscriptStanding } from './standing.ts'
import { findChange, listRunsOf } from './store.ts'
import { makeChange } from './store-making.ts'

export type Saved =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'refused'; readonly problems: readonly FieldProblem[] }

/** What somebody saw who sends a stretch: another one by now is no ground to write on. */
export function stampOf(lines: readonly Cue[]): string {
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 16)
}

/** Does with a transcript what a form of its screen asks for. */
export async function saveTranscript(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  standing: TranscriptStanding,
  values: FieldValues,
): Promise<Saved> {
  const deed = valueOf(values, 'do')
  if (deed.startsWith('undo:')) {
    const undoes = deed.slice('undo:'.length)
    const change = await findChange(recordingTables(deps.records), id, undoes)
    return change ? make(deps, actor, id, undoOf(change), undoes) : { outcome: 'conflict' }
  }
  if (deed === 'shift') return shift(deps, actor, id, standing, values)
  if (deed === 'rename') return rename(deps, actor, id, values)
  if (valueOf(values, 'seen') !== stampOf(standing.lines)) return { outcome: 'conflict' }
  return saveLines(deps, actor, id, standing, values)
}

async function saveLines(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  { lines, first, around }: TranscriptStanding,
  values: FieldValues,
): Promise<Saved> {
  const typed = readLines(values, lines, first, around)
  if (typed.problems.length > 0) return { outcome: 'refused', problems: typed.problems }
  const [name = '', number = ''] = valueOf(values, 'do').split(':')
  const deed = lineDeeds.find((one) => one === name)
  const after = deed ? turn(typed.lines, deed, Number(number) - first) : typed.lines
  if (after === null) {
    const message = deed === 'split' ? ('desk.transcript.noSplit' as const) : ('desk.transcript.noJoin' as const)
    return { outcome: 'refused', problems: [{ field: `line.${number}.text`, message }] }
  }
  const change = changeOf(lines, after, first)
  return change ? make(deps, actor, id, change) : { outcome: 'saved' }
}

const notBy = (message: 'desk.transcript.noShift' | 'desk.transcript.noRoom'): Saved => ({
  outcome: 'refused',
  problems: [{ field: 'by', message }],
})

async function shift(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  standing: TranscriptStanding,
  values: FieldValues,
): Promise<Saved> {
  const by = readShift(valueOf(values, 'by'))
  const from = Number(valueOf(values, 'of') || '1')
  if (by === null || !Number.isInteger(from) || from < 1 || from > standing.count)
    return notBy('desk.transcript.noShift')
  const saved = await make(deps, actor, id, { kind: 'shift', from, by })
  return saved.outcome === 'conflict' ? notBy('desk.transcript.noRoom') : saved
}

async function rename(deps: DeskDeps, actor: Actor, id: string, values: FieldValues): Promise<Saved> {
  const label = valueOf(values, 'label')
  const to = plainName(valueOf(values, 'to'))
  if (to !== null && to.length > 200)
    return { outcome: 'refused', problems: [{ field: 'to', message: 'form.tooLong' }] }
  const numbers = await listRunsOf(recordingTables(deps.records), id, label)
  if (numbers.length === 0) return { outcome: 'refused', problems: [{ field: 'label', message: 'form.required' }] }
  return to === label ? { outcome: 'saved' } : make(deps, actor, id, { kind: 'rename', label, to, numbers })
}

/** Makes a change with its line in the record's history, all at once. */
async function make(deps: DeskDeps, actor: Actor, id: string, change: Change, undoes?: string): Promise<Saved> {
  const deed = deedOf(deps, actor)
  const isMade = await deps.records.transaction().execute(async (tx) => {
    await requireGuarded({ ...deps, records: tx }, actor, id)
    const made = await makeChange(recordingTables(tx), id, change, { ...deed, ...(undoes && { undoes }) })
    if (!made) return false
    const [before, after] = summary(change)
    await insertEvents(tx, [{ record_id: id, verb: 'edit', field: 'transcript', before, after }], deed)
    await touchRecord(tx, id, deed)
    return true
  })
  if (isMade) deps.onChange()
  return isMade ? { outcome: 'saved' } : { outcome: 'conflict' }
}

/** Characters of a change in the record's history; the change itself is kept whole elsewhere. */
const MOST = 2000

const words = (lines: readonly Cue[]) =>
  lines
    .map(({ text }) => text)
    .join('\n')
    .slice(0, MOST) || null

/** A change in words that are the same in every language: before and after. */
function summary(change: Change): [before: string | null, after: string | null] {
  switch (change.kind) {
    case 'lines':
      return [words(change.before), words(change.after)]
    case 'shift':
      return [`${change.from}–`, `${change.by > 0 ? '+' : '−'}${Math.abs(change.by) / 1000} s`]
    case 'rename':
      return [change.label, change.to]
    case 'file':
      return [null, '↶']
  }
}
