import { loadRecords, type LoadedRecords, type RecordDb } from '#features/records/index.ts'
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
import { listConsents, type ConsentRow } from './consent/store.ts'
import { listPlaces, listSpans, listSpeakerNames, type RecordingPlace, type SpeakerName } from './store.ts'

/** The handles that what may be offered is read through. */
export interface CareDeps {
  readonly records: RecordDb
  readonly seminars: SeminarDb
  readonly recordings: RecordingDb
}

/** What may be offered of one recording. */
export interface Care {
  /** The speakers whose lines are offered, by track, as its captions call them; null: everybody's. A track that is not named has none. */
  readonly speakers: ReadonlyMap<string, readonly string[]> | null
  /** Why whatever can be seen or heard is held back whole; null: it is offered without the spans. */
  readonly media: Extract<Withheld, 'consent'> | null
  /** The spans that were taken down, with why. */
  readonly takedowns: readonly (Span & { readonly reason: TakedownReason })[]
}

/** What of the lines of one track may be read. */
export function rulesOf({ speakers, takedowns }: Care, trackId: string): CueRules {
  return { spans: takedowns, speakers: speakers === null ? null : (speakers.get(trackId) ?? []) }
}

/**
 * What may be offered of recordings, computed at every call: an answer that is taken back acts at once. The number of queries is fixed,
 * and smaller while nobody's words are held back.
 */
export async function readCare(deps: CareDeps, recordingIds: readonly string[]): Promise<ReadonlyMap<string, Care>> {
  if (recordingIds.length === 0) return new Map()
  const [places, spans] = await Promise.all([
    listPlaces(deps.recordings, recordingIds),
    listSpans(deps.recordings, recordingIds),
  ])
  const consents = await listConsents(deps.recordings, [...new Set(places.map(({ seminarId }) => seminarId))])
  const answeredIn = (place: RecordingPlace) => consents.filter((row) => isIn(row, place))
  const silenced = places.filter((place) => answeredIn(place).some(holdsBackWords))
  const spoken = silenced.length === 0 ? null : await listSpoken(deps, silenced, consents)
  const entries = places.map((place): [string, Care] => {
    const answered = answeredIn(place)
    const silent = new Set(answered.filter(holdsBackWords).map(({ personId }) => personId))
    const speakers = spoken === null || silent.size === 0 ? null : listOthers(place, spoken, answered, silent)
    const media = answered.some(holdsBackMedia) ? 'consent' : null
    return [place.id, { speakers, media, takedowns: spans.filter(({ recordingId }) => recordingId === place.id) }]
  })
  return new Map(entries)
}

/** Whether an answer, or somebody on the agenda, concerns a recording. */
const isIn = (
  { sessionId, seminarId }: { readonly sessionId: string; readonly seminarId: string },
  place: RecordingPlace,
) => (place.sessionIds.length === 0 ? seminarId === place.seminarId : place.sessionIds.includes(sessionId))

/** Who speaks in recordings, and what their captions call them. */
interface Spoken {
  readonly names: readonly SpeakerName[]
  readonly speakers: readonly { readonly sessionId: string; readonly seminarId: string; readonly personId: string }[]
  readonly people: LoadedRecords
}

async function listSpoken(
  { records, seminars, recordings }: CareDeps,
  places: readonly RecordingPlace[],
  answered: readonly ConsentRow[],
): Promise<Spoken> {
  const [names, speakers] = await Promise.all([
    listSpeakerNames(
      recordings,
      places.map(({ id }) => id),
    ),
    listSpeakersOf(seminars, [...new Set(places.map(({ seminarId }) => seminarId))]),
  ])
  const ids = [...speakers, ...answered].map(({ personId }) => personId)
  return { names, speakers, people: await loadRecords(records, [...new Set(ids)], ['name']) }
}

/**
 * The names in the captions of a recording that surely mean somebody who has not refused, by track. A name that nobody is known by, or that
 * might be two people's, is not among them: it may be the very person who refused.
 */
function listOthers(
  place: RecordingPlace,
  { names, speakers, people }: Spoken,
  answered: readonly ConsentRow[],
  silent: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const own = names.filter(({ recordingId }) => recordingId === place.id)
  const there = new Set([...speakers.filter((row) => isIn(row, place)), ...answered].map(({ personId }) => personId))
  const candidates = [...there].flatMap((id): Candidate[] =>
    (people.get(id)?.texts['name'] ?? []).map(({ value: name }) => ({ id, name })),
  )
  const meant = matchSpeakers([...new Set(own.map(({ name }) => name))], candidates)
  const isOpen = (person: string | null) => person !== null && !silent.has(person)
  // What is confirmed in one track casts doubt on the same name in the others.
  const doubted = new Set(own.filter((one) => one.isConfirmed && !isOpen(one.personId)).map(({ name }) => name))
  const open = own.filter(({ name, isConfirmed, personId }) =>
    isConfirmed ? isOpen(personId) : isOpen(meant.get(name) ?? null) && !doubted.has(name),
  )
  const byTrack = Map.groupBy(open, ({ trackId }) => trackId)
  return new Map([...byTrack].map(([track, rows]) => [track, rows.map(({ name }) => name)]))
}
