import type { FactProblem, FactValues } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { listSessionRows, seminarTables } from '#features/seminars/index.ts'
import { areApart, readPart, writePart, type Part } from './parts.ts'
import { recordingTables } from './store.ts'

const partsIn = (facts: FactValues): Part[] => (facts['parts'] ?? []).flatMap((line) => readPart(line) ?? [])

/** The ids of a seminar's sessions, by number. */
async function sessionsOf(db: RecordDb, seminarId: string): Promise<Map<number, string>> {
  const rows = await listSessionRows(seminarTables(db), [seminarId])
  return new Map(rows.map((row) => [row.number, row.id]))
}

/** The parts of a recording as the desk edits them, in the order of their times. */
export async function readPartLines(db: RecordDb, recordingId: string): Promise<string[]> {
  const rows = await recordingTables(db)
    .selectFrom('recording_part')
    .innerJoin('recording', 'recording.id', 'recording_part.recording_id')
    .select(['recording_part.session_id', 'seminar_id', 'starts_at', 'ends_at'])
    .where('recording_id', '=', recordingId)
    .orderBy('starts_at')
    .execute()
  const [first] = rows
  if (!first) return []
  const numbers = new Map([...(await sessionsOf(db, first.seminar_id))].map(([number, id]) => [id, number]))
  return rows.flatMap(({ session_id, starts_at: startsAt, ends_at: endsAt }) => {
    const session = numbers.get(session_id)
    return session === undefined ? [] : [writePart({ session, startsAt, endsAt })]
  })
}

/** Puts parts in place of those that a recording had. Run it inside a transaction. */
export async function writeParts(
  tx: RecordDb,
  recording: { readonly id: string; readonly seminarId: string },
  facts: FactValues,
): Promise<void> {
  const own = recordingTables(tx)
  await own.deleteFrom('recording_part').where('recording_id', '=', recording.id).execute()
  const parts = partsIn(facts)
  if (parts.length === 0) return
  const sessions = await sessionsOf(tx, recording.seminarId)
  const rows = parts.flatMap(({ session, startsAt, endsAt }) => {
    const session_id = sessions.get(session)
    return session_id === undefined
      ? []
      : [{ recording_id: recording.id, session_id, starts_at: startsAt, ends_at: endsAt }]
  })
  if (rows.length > 0) await own.insertInto('recording_part').values(rows).execute()
}

/** Parts are of sessions that the seminar has, apart from each other; a recording of one session has none. */
export async function checkParts(db: RecordDb, seminarId: string, facts: FactValues): Promise<FactProblem[]> {
  const parts = partsIn(facts)
  if (parts.length === 0) return []
  const sessions = await sessionsOf(db, seminarId)
  if (!parts.every(({ session }) => sessions.has(session)))
    return [{ fact: 'parts', message: 'desk.problem.partSession' }]
  return areApart(parts) ? [] : [{ fact: 'parts', message: 'desk.problem.partsOverlap' }]
}
