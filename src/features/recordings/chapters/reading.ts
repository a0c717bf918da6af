import type { Seminar, Session } from '#features/seminars/index.ts'
import { zonedToInstant } from '#platform/time.ts'
import { slideMarks } from '../captions/index.ts'
import type { Mark, Recording, Track } from '../domain.ts'
import type { RecordingDb } from '../store.ts'
import { agendaMarks, chaptersOf, chaptersWithin, type Chapter } from './domain.ts'
import { findLastLine, listIdentifiers } from './store.ts'

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

/**
 * The chapters of a recording. Slides are marked in the captions that are read, else in the first that mark any: translations often lose them.
 * Two queries.
 */
export async function readChapters(
  db: RecordingDb,
  recording: Recording,
  captions: Track | null,
  planned: Planned,
): Promise<Chapter[]> {
  const spoken = recording.tracks.filter(({ kind, cues }) => kind === 'captions' && cues > 0)
  const [identifiers, last] = await Promise.all([
    listIdentifiers(
      db,
      spoken.map(({ id }) => id),
    ),
    captions && findLastLine(db, captions.id, null),
  ])
  const marksIn = ({ id }: Track) => slideMarks(identifiers.filter(({ trackId }) => trackId === id))
  const inOrder = captions ? [captions, ...spoken] : spoken
  const slides = inOrder.map(marksIn).find((marks) => marks.length > 0) ?? []
  const duration = durationOf(recording)
  const end = duration ?? last?.endsAt ?? 0
  const { part } = recording
  const chapters = chaptersOf({
    byHand: recording.marks,
    // A plan goes on after a recording has ended; what was cut is one session of it.
    agenda: part ? [] : planOf(recording, planned).filter(({ startsAt }) => startsAt < end),
    slides: slides.map(({ startsAt, number }) => ({ startsAt, title: null, slide: number })),
    duration,
  })
  return part ? chaptersWithin(chapters, part) : chapters
}
