import type { Actor } from '#features/accounts/index.ts'
import { deedOf, requireOfKind, type DeskDeps } from '#features/desk/index.ts'
import { insertEvents, lockVersion, touchRecord, type Deed, type RecordDb } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { forgetSaid } from '../../said/passages.ts'
import { recordingTables, type RecordingDb } from '../../store.ts'
import { consentPurposes, isSameNoted, mergeNoted, nothingNoted, type MergedNoted, type Noted } from '../domain.ts'
import { listPlaces } from '../store.ts'
import { readOwnNames } from './names.ts'
import { readConsents, type TypedNoted } from './form.ts'
import { loadConsents, type AskedSession, type ConsentStanding } from './standing.ts'
import { listRecordingsOf, writeConsents } from './store.ts'

/** What two who noted answers at once have put down of somebody: the first's stand. */
export interface PutTogether extends MergedNoted {
  readonly personId: string
}

export type SavedConsents =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** Somebody else has noted another answer meanwhile: nothing was written. */
  | { readonly outcome: 'conflict'; readonly together: readonly PutTogether[] }

/** Notes what people have answered in a session of a recording, all of it or nothing; every recording of the session follows at once. */
export async function saveConsents(
  deps: DeskDeps,
  actor: Actor,
  place: { readonly recordingId: string; readonly sessionId: string },
  sent: FieldValues,
): Promise<SavedConsents> {
  const deed = deedOf(deps, actor)
  const saved = await deps.records.transaction().execute(async (tx): Promise<SavedConsents> => {
    const { recordingId, sessionId } = place
    const { seminarId } = await loadConsents(tx, recordingId)
    const recordings = await listHolding(recordingTables(tx), seminarId, sessionId)
    // Whoever writes of this session holds the same records, in the same order: two take turns.
    for (const id of recordings) await lockVersion(tx, id)
    await requireOfKind({ ...deps, records: tx }, actor, recordingId, 'recording')
    const session = requireSession(await loadConsents(tx, recordingId), sessionId)
    const { typed, problems } = readConsents(sent, session)
    if (problems.length > 0) return { outcome: 'invalid', problems }
    const together = typed.map((one) => putTogether(one, session))
    if (together.some(({ disputed }) => disputed.length > 0)) return { outcome: 'conflict', together }
    await write(tx, { seminarId, session, recordings }, together, deed)
    for (const id of recordings) await forgetSaid(tx, id)
    return { outcome: 'saved' }
  })
  if (saved.outcome === 'saved') deps.onChange()
  return saved
}

/** Every recording that holds a session, in the order of their ids: all follow what is answered there. */
async function listHolding(db: RecordingDb, seminarId: string, sessionId: string): Promise<string[]> {
  const places = await listPlaces(db, await listRecordingsOf(db, seminarId))
  return places.filter(({ sessionIds: held }) => held.length === 0 || held.includes(sessionId)).map(({ id }) => id)
}

/** A session that a recording holds; of others its screen knows nothing. */
function requireSession({ sessions }: ConsentStanding, sessionId: string): AskedSession {
  const session = sessions.find(({ id }) => id === sessionId)
  if (!session) throw new NotFoundError('session')
  return session
}

const standingOf = ({ speakers }: AskedSession, personId: string): Noted =>
  speakers.find((speaker) => speaker.personId === personId)?.noted ?? nothingNoted

function putTogether({ personId, shown, typed }: TypedNoted, session: AskedSession): PutTogether {
  return { personId, ...mergeNoted(shown, typed, standingOf(session, personId)) }
}

interface Written {
  readonly seminarId: string
  readonly session: AskedSession
  readonly recordings: readonly string[]
}

async function write(
  tx: RecordDb,
  { seminarId, session, recordings }: Written,
  together: readonly PutTogether[],
  deed: Deed,
): Promise<void> {
  const changed = together.filter(({ personId, noted }) => !isSameNoted(noted, standingOf(session, personId)))
  if (changed.length === 0) return
  const ids = { sessionId: session.id, seminarId, notedAt: deed.at, notedBy: deed.actor }
  await writeConsents(
    recordingTables(tx),
    changed.map(({ personId, noted }) => ({ ...ids, personId, ...noted })),
  )
  const names = await readOwnNames(
    tx,
    changed.map(({ personId }) => personId),
  )
  const lineOf = (personId: string, noted: Noted, before: Noted | null) =>
    `${session.number} · ${names.get(personId) ?? personId}: ${inWords(noted, before)}`
  const before = changed.map(({ personId }) => lineOf(personId, standingOf(session, personId), null)).join('\n')
  const after = changed.map(({ personId, noted }) => lineOf(personId, noted, standingOf(session, personId))).join('\n')
  for (const record_id of recordings) {
    await insertEvents(tx, [{ record_id, verb: 'edit', field: 'consent', before, after }], deed)
    await touchRecord(tx, record_id, deed)
  }
}

/** Answers in words that are the same in every language. What a note says stays out of the history: there it could never be taken back. */
function inWords(noted: Noted, before: Noted | null): string {
  const answers = consentPurposes.map((purpose) => `${purpose} ${noted[purpose] ?? '–'}`)
  const isRewritten = before !== null && before.note !== noted.note
  return [...answers, ...(isRewritten ? ['note changed'] : [])].join(', ')
}
