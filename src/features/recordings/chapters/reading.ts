import type { Seminar, Session } from '#features/seminars/index.ts'
import { zonedToInstant } from '#platform/time.ts'
import { slideMarks } from '../captions/index.ts'
import type { Mark, Recording, Track } from '../domain.ts'
import type { RecordingDb } from '../store.ts'
import { agendaMarks, chaptersOf, chaptersWithin, type Chapter } from './domain.ts'
import { listIdentifiers, listLastEnds } from './store.ts'

/** The seminar whose agenda a recording may run through, and the session it is of. */
export interface Planned {
  readonly seminar: Pick<Seminar, 'sessions' | 'timeZone' | 'startsOn'>
  readonly session: Session | null
}

/** Milliseconds of the epoch at which a recording begins: at the hour said of it, else with its session, else with the first; null: not known. */
function beginningOf({ begins }: Recording, { seminar, session }: Planned): number | null {
  const first = session ?? seminar.sessions.find(({ startsAt }) => startsAt !== null) ?? null
  if (begins === null) return first?.startsAt ? Date.parse(first.startsAt) : null
  return Date.parse(zonedToInstant(first?.startsOn ?? seminar.startsOn, begins, seminar.timeZone))
}

const planOf = (recording: Recording, planned: Planned): Mark[] => {
  const parts = planned.seminar.sessions.map(({ title, startsAt, endsAt }) => ({
    title,
    startsAt: startsAt === null ? null : Date.parse(startsAt),
    endsAt: endsAt === null ? null : Date.parse(endsAt),
  }))
  return agendaMarks(parts, beginningOf(recording, planned))
}

/** How long a recording is by its films and sounds, in milliseconds; null when none was read. */
function durationOf({ tracks }: Pick<Recording, 'tracks'>): number | null {
  const known = tracks.flatMap(({ media }) => media?.duration ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

/** A recording whose chapters are wanted, with the captions that are read of it. */
interface Chaptered extends Planned {
  readonly recording: Recording
  readonly captions: Track | null
}

/** The chapters of a recording. Two queries. */
export async function readChapters(
  db: RecordingDb,
  recording: Recording,
  captions: Track | null,
  planned: Planned,
): Promise<Chapter[]> {
  const [chapters = []] = await readAllChapters(db, [{ ...planned, recording, captions }])
  return chapters
}

/**
 * The chapters of each recording, in the same order. Slides are marked in the captions that are read, else in the first that mark any:
 * translations often lose them. Two queries, whatever their number.
 */
export async function readAllChapters(db: RecordingDb, all: readonly Chaptered[]): Promise<Chapter[][]> {
  const spoken = all.flatMap(({ recording }) => spokenIn(recording).map(({ id }) => id))
  const read = all.flatMap(({ captions }) => captions?.id ?? [])
  const [identifiers, ends] = await Promise.all([listIdentifiers(db, unique(spoken)), listLastEnds(db, unique(read))])
  const byTrack = Map.groupBy(identifiers, ({ trackId }) => trackId)
  return all.map((one) => {
    const inOrder = one.captions ? [one.captions, ...spokenIn(one.recording)] : spokenIn(one.recording)
    const slides = inOrder.map(({ id }) => slideMarks(byTrack.get(id) ?? [])).find((marks) => marks.length > 0) ?? []
    const marks = slides.map(({ startsAt, number }) => ({ startsAt, title: null, slide: number }))
    return layOut(one, marks, ends.get(one.captions?.id ?? '') ?? 0)
  })
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

const spokenIn = ({ tracks }: Recording): Track[] => tracks.filter(({ kind, cues }) => kind === 'captions' && cues > 0)

function layOut({ recording, seminar, session }: Chaptered, slides: readonly Mark[], spokenUntil: number): Chapter[] {
  const duration = durationOf(recording)
  const end = duration ?? spokenUntil
  const { part, marks: byHand } = recording
  // A plan goes on after a recording has ended; what was cut is one session of it.
  const agenda = part ? [] : planOf(recording, { seminar, session }).filter(({ startsAt }) => startsAt < end)
  const chapters = chaptersOf({ byHand, agenda, slides, duration })
  return part ? chaptersWithin(chapters, part) : chapters
}
