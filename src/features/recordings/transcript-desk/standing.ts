import type { RecordDb } from '#features/records/index.ts'
import type { Track } from '../domain.ts'
import { recordingTables } from '../store.ts'
import type { NumberedCue } from '../store-cues.ts'
import type { Around } from './form.ts'
import { listChanges, listKeptCues, listLinks, listSpeakers, type MadeChange } from './store.ts'
import { findUndoable, findUndone } from './undoing.ts'

/** Lines that are edited at once. */
export const STRETCH = 40

/** Changes that are told of; older ones are kept. */
const MOST_CHANGES = 20

/** Speakers that are offered by name. */
const MOST_SPEAKERS = 100

/** A film or a sound of the same recording, to listen to while one reads. */
export interface HeardFile extends Pick<Track, 'lang'> {
  readonly kind: 'video' | 'audio'
  readonly sha256: string
  readonly name: string
  readonly type: string
}

/** A stretch of a transcript as it is edited, and what stands around it. */
export interface TranscriptStanding {
  readonly lang: string
  /** How many lines there are. */
  readonly count: number
  /** The number of the first line of the stretch. */
  readonly first: number
  readonly lines: readonly NumberedCue[]
  readonly around: Around
  readonly speakers: readonly string[]
  readonly changes: readonly MadeChange[]
  /** Of the changes those that others have taken back. */
  readonly undone: ReadonlySet<string>
  /** The change that is undone next. */
  readonly undoable: string | null
  readonly heard: HeardFile | null
}

/** Reads a stretch of a track's lines from a number on. A fixed number of queries, however long the transcript. */
export async function loadTranscript(db: RecordDb, trackId: string, asked: number): Promise<TranscriptStanding> {
  const own = recordingTables(db)
  const track = await own
    .selectFrom('track')
    .leftJoin('caption_file', 'caption_file.track_id', 'track.id')
    .select(['lang', 'recording_id', 'cues'])
    .where('track.id', '=', trackId)
    .executeTakeFirstOrThrow()
  const count = track.cues ?? 0
  const first = Math.min(Math.max(1, asked), Math.max(1, count))
  const [around, speakers, changes, links, files] = await Promise.all([
    listKeptCues(own, trackId, Math.max(1, first - 1), STRETCH + 2),
    listSpeakers(own, trackId, MOST_SPEAKERS),
    listChanges(own, trackId, MOST_CHANGES),
    listLinks(own, trackId),
    listHeard(db, track.recording_id),
  ])
  const lines = around.filter(({ number }) => number >= first && number < first + STRETCH)
  return {
    lang: track.lang,
    count,
    first,
    lines,
    around: {
      above: around.find(({ number }) => number < first)?.startsAt ?? null,
      below: around.find(({ number }) => number >= first + STRETCH)?.startsAt ?? null,
    },
    speakers,
    changes,
    undone: findUndone(links),
    undoable: findUndoable(links),
    heard: files.find(({ lang }) => lang === track.lang) ?? files[0] ?? null,
  }
}

async function listHeard(db: RecordDb, recordingId: string): Promise<HeardFile[]> {
  const rows = await recordingTables(db)
    .selectFrom('track')
    .select(['kind', 'lang', 'file', 'file_name', 'file_type'])
    .where('recording_id', '=', recordingId)
    .where('kind', 'in', ['video', 'audio'])
    .where('file', 'is not', null)
    .orderBy('position')
    .execute()
  return rows.flatMap(({ kind, lang, file: sha256, file_name: name, file_type: type }) =>
    sha256 !== null && name !== null && type !== null && (kind === 'video' || kind === 'audio')
      ? [{ kind, lang, sha256, name, type }]
      : [],
  )
}
