import type { FileLinks } from '#features/files/index.ts'
import { loadRecords, nameFor, textFor, visibleIds, type LoadedRecords, type Reader } from '#features/records/index.ts'
import type { RecordedSource, SeminarDeps } from '#features/seminars/index.ts'
import type { Withheld } from './care/domain.ts'
import { readCare, rulesOf, type Care } from './care/rules.ts'
import { listChapterRows, type ChapterRow } from './chapters/store.ts'
import { linksFor, type HrefOf } from './file-links.ts'
import { hasMovedOn, type Mark, type Recording, type Track, type TrackKind, type TrackVersion } from './domain.ts'
import { copyName, versionKinds, versionName } from './media/versions.ts'
import {
  listFileNames,
  recordedSessions,
  listRecordingsOf,
  listTracks,
  type FullTrackRow,
  type RecordingDb,
  type VersionRow,
  type VisibleRecordings,
} from './store.ts'

/** What recordings need: the handles of the floors below, and their own. */
export interface RecordingDeps extends SeminarDeps {
  readonly recordings: RecordingDb
  readonly links: FileLinks
}

/** The recordings and tracks this reader may see, for queries. */
function visibleRecordings({ records }: Pick<RecordingDeps, 'records'>, reader: Reader): VisibleRecordings {
  return {
    recordings: visibleIds(records, 'recording', reader),
    tracks: visibleIds(records, 'track', reader),
    sessions: visibleIds(records, 'session', reader),
  }
}

/** Tells seminars which of their sessions were recorded, as a reader may see it. */
export function recordedSource(deps: Pick<RecordingDeps, 'records'>): RecordedSource {
  return (reader) => recordedSessions(visibleRecordings(deps, reader))
}

/** What was recorded of a session, as this reader may see it; whether they may see the session is the caller's to know. */
export async function listSessionRecordings(
  deps: RecordingDeps,
  reader: Reader,
  sessionId: string,
): Promise<Recording[]> {
  return (await listRecordingsBySession(deps, reader, [sessionId])).get(sessionId) ?? []
}

/** What was recorded of sessions, by session; those without are not in it. Seven queries, whatever their number. */
export async function listRecordingsBySession(
  deps: RecordingDeps,
  reader: Reader,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, Recording[]>> {
  const visible = visibleRecordings(deps, reader)
  const rows = await listRecordingsOf(deps.recordings, sessionIds, visible)
  const ids = [...new Set(rows.map(({ id }) => id))]
  if (ids.length === 0) return new Map()
  const [tracks, chapters, cares, hrefOf] = await Promise.all([
    listTracks(deps.recordings, ids, visible),
    listChapterRows(deps.recordings, ids, visibleIds(deps.records, 'chapter', reader)),
    readCare(deps, ids),
    linksFor(deps, reader, ids, (visitor) => visibleRecordings(deps, visitor)),
  ])
  const records = await loadRecords(deps.records, [...ids, ...[...tracks, ...chapters].map((row) => row.id)])
  const bySession = new Map<string, Recording[]>()
  for (const { id, sessionId, part, begins } of rows) {
    const [record, care] = [records.get(id), cares.get(id)]
    if (!record || !care) continue
    const recording = {
      id,
      title: nameFor(record, reader),
      note: textFor(record, 'note', reader),
      part,
      tracks: tracks
        .filter((row) => row.recording_id === id)
        .map((row) => toTrack(row, care, records, reader, hrefOf(row.id))),
      takedowns: care.takedowns,
      marks: chapters.filter((row) => row.recordingId === id).flatMap((row) => toMark(row, records, reader)),
      begins,
      synthetic: record.synthetic,
      publishedAt: record.publishedAt,
    }
    bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), recording])
  }
  return bySession
}

const toVersion =
  (of: string, hrefOf: HrefOf) =>
  ({ kind, file, type, ending, bytes }: VersionRow): TrackVersion => ({
    kind,
    href: hrefOf({ sha256: file, name: versionName(of, kind, ending) }),
    type,
    bytes,
  })

const inOrder = (one: TrackVersion, other: TrackVersion) =>
  versionKinds.indexOf(one.kind) - versionKinds.indexOf(other.kind)

function toMark({ id, startsAt }: ChapterRow, records: LoadedRecords, reader: Reader): Mark[] {
  const record = records.get(id)
  return record ? [{ startsAt, title: nameFor(record, reader), slide: null }] : []
}

function toTrack(row: FullTrackRow, care: Care, records: LoadedRecords, reader: Reader, hrefOf: HrefOf): Track {
  const record = records.get(row.id)
  const withheld = whyWithheld({ kind: row.kind, isCut: row.copy !== null }, care)
  const file = withheld === null ? fileOf(row) : null
  return {
    id: row.id,
    kind: row.kind,
    lang: row.lang,
    channel: row.channel,
    label: record ? textFor(record, 'label', reader) : null,
    href: file ? hrefOf(file) : withheld === null ? (row.url ?? '') : '',
    isElsewhere: withheld === null && file === null,
    file,
    bytes: withheld === null ? (row.copy ?? row).bytes : null,
    media: row.media,
    versions: file === null ? [] : row.versions.map(toVersion(file.name, hrefOf)).toSorted(inOrder),
    cues: row.cues,
    textBytes: row.textBytes,
    rules: rulesOf(care, row.id),
    withheld,
    isBehind: hasMovedOn(row.sourceNoted, row.sourcePresent),
    synthetic: record?.synthetic ?? false,
  }
}

/** The file that is offered: the copy without what is taken down, where there is one, under a name that says so. */
function fileOf({ copy, file: sha256, file_name: name, file_type: type }: FullTrackRow): Track['file'] {
  if (sha256 === null || name === null || type === null) return null
  return copy === null
    ? { sha256, name, type }
    : { sha256: copy.file, name: copyName(name, copy.ending), type: copy.type }
}

/**
 * Why the file or the link of a track is not offered. What can be seen or heard is held back with a refusal, and with a span taken down
 * until there is a copy without it (`isCut`). Captions and descriptions hold what is said: as they came they go out only where nothing is
 * silenced.
 */
function whyWithheld(
  { kind, isCut }: { readonly kind: TrackKind; readonly isCut: boolean },
  { media, speakers, takedowns }: Care,
): Withheld | null {
  if (kind === 'slides') return null
  if (media !== null) return media
  if (takedowns.length > 0 && !isCut) return 'takedown'
  const holdsWords = kind === 'captions' || kind === 'description'
  return holdsWords && speakers !== null ? 'consent' : null
}

/** The names of a file that tracks which this reader may see offer: their own or the copy in its place, or a version of it; none when it is not theirs to see. */
export async function listTrackFileNames(deps: RecordingDeps, reader: Reader, sha256: string): Promise<string[]> {
  const seminars = visibleIds(deps.records, 'seminar', reader)
  const rows = await listFileNames(deps.recordings, sha256, { ...visibleRecordings(deps, reader), seminars })
  const cares = await readCare(deps, [...new Set(rows.map(({ recordingId }) => recordingId))])
  const open = rows.filter((row) => {
    const care = cares.get(row.recordingId)
    return care !== undefined && whyWithheld(row, care) === null
  })
  return open.map(({ of, version }) => (version === null ? of : versionName(of, version.kind, version.ending)))
}
