import { loadRecords, type RecordDb } from '#features/records/index.ts'
import { listSpeakersOf, type SeminarDb } from '#features/seminars/index.ts'
import { matchSpeakers, type Candidate } from '../captions/index.ts'
import type { RecordingDb } from '../store.ts'
import {
  holdsBackMedia,
  holdsBackWords,
  type CueRules,
  type Span,
  type TakedownReason,
  type Withheld,
} from './domain.ts'
import { listConsents, listPlaces, listSpans, listSpeakerNames, type ConsentRow, type RecordingPlace } from './store.ts'

/** The handles that what may be offered is read through. */
export interface CareDeps {
  readonly records: RecordDb
  readonly seminars: SeminarDb
  readonly recordings: RecordingDb
}

/** What may be offered of one recording. */
export interface Care {
  readonly rules: CueRules
  /** Why whatever can be seen or heard is held back whole; null: it is offered without the spans. */
  readonly media: Extract<Withheld, 'consent'> | null
  /** The spans that were taken down, with why. */
  readonly takedowns: readonly (Span & { readonly reason: TakedownReason })[]
}

/** What may be offered of recordings, computed at every call: an answer that is taken back acts at once. */
export async function readCare(deps: CareDeps, recordingIds: readonly string[]): Promise<ReadonlyMap<string, Care>> {
  if (recordingIds.length === 0) return new Map()
  const [places, spans] = await Promise.all([
    listPlaces(deps.recordings, recordingIds),
    listSpans(deps.recordings, recordingIds),
  ])
  const consents = await listConsents(deps.recordings, [...new Set(places.map(({ seminarId }) => seminarId))])
  const entries = places.map(async (place): Promise<[string, Care]> => {
    const answered = consents.filter((row) => isIn(row, place))
    const takedowns = spans.filter(({ recordingId }) => recordingId === place.id)
    const silent = new Set(answered.filter(holdsBackWords).map(({ personId }) => personId))
    const speakers = silent.size === 0 ? null : await listOthers(deps, place, silent)
    const media = answered.some(holdsBackMedia) ? 'consent' : null
    return [place.id, { rules: { spans: takedowns, speakers }, media, takedowns }]
  })
  return new Map(await Promise.all(entries))
}

/** Whether an answer concerns a recording: one of a whole seminar holds all of its sessions. */
const isIn = ({ sessionId, seminarId }: ConsentRow, place: RecordingPlace) =>
  place.sessionId === null ? seminarId === place.seminarId : sessionId === place.sessionId

/**
 * The names in the captions of a recording that surely mean somebody who has not refused. A name that nobody is known by, or that might be
 * two people's, is not among them: it may be the very person who refused.
 */
async function listOthers(
  { records, seminars, recordings }: CareDeps,
  place: RecordingPlace,
  silent: ReadonlySet<string>,
): Promise<string[]> {
  const [spoken, listed] = await Promise.all([
    listSpeakerNames(recordings, [place.id]),
    listSpeakersOf(seminars, [place.seminarId]),
  ])
  const there = listed.filter(({ sessionId }) => place.sessionId === null || sessionId === place.sessionId)
  const people = await loadRecords(
    records,
    [...new Set([...there.map(({ personId }) => personId), ...silent])],
    ['name'],
  )
  const candidates = [...people.values()].flatMap((person): Candidate[] =>
    (person.texts['name'] ?? []).map(({ value }) => ({ id: person.id, name: value })),
  )
  const meant = matchSpeakers(spoken, candidates)
  return spoken.filter((name) => {
    const id = meant.get(name) ?? null
    return id !== null && !silent.has(id)
  })
}
