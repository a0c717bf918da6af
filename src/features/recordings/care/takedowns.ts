import type { Actor } from '#features/accounts/index.ts'
import { deedOf, requireOfKind, type DeskDeps } from '#features/desk/index.ts'
import { insertEvents, lockVersion, touchRecord, type Deed, type RecordDb } from '#features/records/index.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { valueOf } from '#platform/forms.ts'
import { makeId } from '#platform/ids.ts'
import { forgetSaid } from '../said/passages.ts'
import { recordingTables } from '../store.ts'
import { readSpan, takedownReasons, type Span, type SpanProblem } from './domain.ts'
import { insertTakedown, liftTakedown, readLength } from './store.ts'

const problemOf: Readonly<Record<SpanProblem, FieldProblem>> = {
  from: { field: 'from', message: 'takedown.problem.time' },
  to: { field: 'to', message: 'takedown.problem.time' },
  backward: { field: 'to', message: 'takedown.problem.backward' },
  beyond: { field: 'from', message: 'takedown.problem.beyond' },
}

/** Takes a span of a recording down: nothing of it is offered from then on. Gives what is wrong with the form; nothing when it is done. */
export async function takeDown(
  deps: DeskDeps,
  actor: Actor,
  recordingId: string,
  values: FieldValues,
): Promise<readonly FieldProblem[]> {
  const deed = deedOf(deps, actor)
  const problems = await deps.records.transaction().execute(async (tx) => {
    await lockVersion(tx, recordingId)
    await requireOfKind({ ...deps, records: tx }, actor, recordingId, 'recording')
    const own = recordingTables(tx)
    const span = readSpan(valueOf(values, 'from'), valueOf(values, 'to'), await readLength(own, recordingId))
    const reason = takedownReasons.find((one) => one === valueOf(values, 'reason'))
    const wrong = [
      ...(typeof span === 'string' ? [problemOf[span]] : []),
      ...(reason === undefined ? [{ field: 'reason', message: 'form.required' as const }] : []),
    ]
    if (typeof span === 'string' || reason === undefined) return wrong
    const id = makeId('tkd', deed.at)
    await insertTakedown(own, { id, recordingId, ...span, reason, at: deed.at, by: deed.actor })
    await forgetSaid(tx, recordingId)
    await note(tx, recordingId, { before: null, after: `${lineOf(span)} ${reason}` }, deed)
    return []
  })
  if (problems.length === 0) deps.onChange()
  return problems
}

/** Offers a span again that was taken down; nothing happens when it is offered already. */
export async function lift(deps: DeskDeps, actor: Actor, recordingId: string, takedownId: string): Promise<void> {
  const deed = deedOf(deps, actor)
  await deps.records.transaction().execute(async (tx) => {
    await lockVersion(tx, recordingId)
    await requireOfKind({ ...deps, records: tx }, actor, recordingId, 'recording')
    const place = { id: takedownId, recordingId, at: deed.at, by: deed.actor }
    const span = await liftTakedown(recordingTables(tx), place)
    if (span !== null) await note(tx, recordingId, { before: lineOf(span), after: null }, deed)
  })
  deps.onChange()
}

/** In the history, under the name of the screen where it was done. */
async function note(
  tx: RecordDb,
  id: string,
  change: { readonly before: string | null; readonly after: string | null },
  deed: Deed,
): Promise<void> {
  await insertEvents(tx, [{ record_id: id, verb: 'edit', field: 'takedowns', ...change }], deed)
  await touchRecord(tx, id, deed)
}

/** A span in one line, the same in every language: `0:10.000–0:20.500`. */
const lineOf = ({ startsAt, endsAt }: Span) => `${clockOf(startsAt)}–${clockOf(endsAt)}`

function clockOf(milliseconds: number): string {
  const clock = new Date(milliseconds % 86_400_000).toISOString().slice(11, 23)
  return milliseconds >= 86_400_000 ? `24${clock.slice(2)}` : clock
}
