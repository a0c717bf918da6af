import type { RecordDb } from '#features/records/index.ts'
import { listSessionRows, listSpeakersOf, seminarTables } from '#features/seminars/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { Instant } from '#platform/time.ts'
import { recordingTables } from '../../store.ts'
import { isSameNoted, nothingNoted, type Noted } from '../domain.ts'
import { listPlaces } from '../store.ts'
import { listConsents, type ConsentRow } from './store.ts'

/** Somebody who is asked in a session. */
export interface AskedSpeaker {
  readonly personId: string
  /** Whoever is taken off the agenda has answered all the same. */
  readonly isOnAgenda: boolean
  readonly noted: Noted
  /** Null while nobody has noted anything. */
  readonly by: { readonly at: Instant; readonly actor: string } | null
}

/** A session that a recording holds, with those who speak there in the order of its agenda. */
export interface AskedSession {
  readonly id: string
  readonly number: number
  readonly speakers: readonly AskedSpeaker[]
}

/** What everybody who can be heard in a recording has answered, session by session. */
export interface ConsentStanding {
  readonly seminarId: string
  readonly sessions: readonly AskedSession[]
}

/** Reads what was answered in the sessions of a recording. A fixed number of queries, however many they are. */
export async function loadConsents(records: RecordDb, recordingId: string): Promise<ConsentStanding> {
  const own = recordingTables(records)
  const [place] = await listPlaces(own, [recordingId])
  if (!place) throw new NotFoundError('recording')
  const { seminarId, sessionIds } = place
  const seminars = seminarTables(records)
  const [sessions, speakers, consents] = await Promise.all([
    listSessionRows(seminars, [seminarId]),
    listSpeakersOf(seminars, [seminarId]),
    listConsents(own, [seminarId]),
  ])
  const held = sessionIds.length === 0 ? sessions : sessions.filter(({ id }) => sessionIds.includes(id))
  return {
    seminarId,
    sessions: held.map(({ id, number }) => {
      const onAgenda = speakers.filter(({ sessionId }) => sessionId === id).map(({ personId }) => personId)
      const answered = consents.filter(({ sessionId }) => sessionId === id)
      return { id, number, speakers: listAsked(onAgenda, answered) }
    }),
  }
}

function listAsked(onAgenda: readonly string[], answered: readonly ConsentRow[]): AskedSpeaker[] {
  const others = answered.filter((row) => !onAgenda.includes(row.personId) && !isSameNoted(row, nothingNoted))
  return [...onAgenda, ...others.map(({ personId }) => personId)].map((personId): AskedSpeaker => {
    const isOnAgenda = onAgenda.includes(personId)
    const row = answered.find((one) => one.personId === personId)
    if (!row) return { personId, isOnAgenda, noted: nothingNoted, by: null }
    const { recording, transcript, publication, note, notedAt: at, notedBy: actor } = row
    return { personId, isOnAgenda, noted: { recording, transcript, publication, note }, by: { at, actor } }
  })
}
