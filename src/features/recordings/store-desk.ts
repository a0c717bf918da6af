import { sql } from 'kysely'
import { only, orNull, some, type FactProblem, type FactValues } from '#features/desk/index.ts'
import { fileRef, fileTables, findFiles, readFileRef } from '#features/files/index.ts'
import type { Deed, RecordDb } from '#features/records/index.ts'
import { findSession, seminarTables } from '#features/seminars/index.ts'
import { noteOtherSource } from './caption-desk/store-behind.ts'
import { listChapterIds } from './chapters/store.ts'
import { trackChannels, trackKinds, type TrackKind } from './domain.ts'
import { copyName, versionName } from './media/versions.ts'
import { findRecordingPlace, recordingTables, type RecordingDb } from './store.ts'
import { checkParts, readPartLines, writeParts } from './store-parts.ts'
import { keepLines } from './transcript-desk/store-kept.ts'

/** What the desk edits of a recording. */
export async function readRecordingFacts(db: RecordDb, id: string): Promise<FactValues> {
  const row = await recordingTables(db).selectFrom('recording').selectAll().where('id', '=', id).executeTakeFirst()
  return {
    seminar: some(row?.seminar_id),
    session: some(row?.session_id),
    parts: await readPartLines(db, id),
    begins: some(row?.begins),
  }
}

/** Writes what the desk edits of a recording, new or there already; its seminar is set once. */
export async function writeRecordingFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const own = recordingTables(tx)
  const [session_id, begins] = [orNull(facts, 'session'), orNull(facts, 'begins')]
  const changed = await own
    .updateTable('recording')
    .set({ session_id, begins })
    .where('id', '=', id)
    .returning('seminar_id')
    .executeTakeFirst()
  const seminar_id = changed?.seminar_id ?? only(facts, 'seminar')
  if (!changed) {
    const position = sql<number>`(select count(*)::int from recording where seminar_id = ${seminar_id})`
    await own.insertInto('recording').values({ id, seminar_id, session_id, position, begins }).execute()
  }
  await writeParts(tx, { id, seminarId: seminar_id }, facts)
}

/** A recording's session is one of its seminar's, and so are the sessions it is cut into. */
export async function checkRecording(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const row = await findRecordingPlace(recordingTables(db), id)
  const seminar = row?.seminarId ?? only(facts, 'seminar')
  const session = orNull(facts, 'session')
  if (session === null) return checkParts(db, seminar, facts)
  if ((facts['parts'] ?? []).length > 0) return [{ fact: 'parts', message: 'desk.problem.partsOfSession' }]
  const whole = (await findSession({ seminars: seminarTables(db) }, session))?.seminarId
  return whole === seminar ? [] : [{ fact: 'session', message: 'desk.problem.otherSeminar' }]
}

/** What is published with a recording: its tracks and its chapters. */
export async function listPartIds(db: RecordDb, id: string): Promise<string[]> {
  return [...(await listTrackIds(db, id)), ...(await listChapterIds(db, id))]
}

/** The tracks of a recording, in their order. */
export async function listTrackIds(db: RecordDb, recordingId: string): Promise<string[]> {
  const rows = await recordingTables(db)
    .selectFrom('track')
    .select('id')
    .where('recording_id', '=', recordingId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** The seminar of each recording. */
export async function readSeminarsOfRecordings(
  db: RecordDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await recordingTables(db)
    .selectFrom('recording')
    .select(['id', 'seminar_id'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.seminar_id]))
}

/** The seminar of each track: who organises it may edit all that was recorded there. */
export async function readSeminarsOfTracks(db: RecordDb, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await recordingTables(db)
    .selectFrom('track')
    .innerJoin('recording', 'recording.id', 'track.recording_id')
    .select(['track.id', 'seminar_id'])
    .where(sql<boolean>`track.id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.seminar_id]))
}

/** What a track is, and in which language. */
export interface TrackKindRow {
  readonly id: string
  readonly kind: TrackKind
  readonly lang: string
}

/** What some tracks are; in no order. */
export async function listKindsOfTracks(db: RecordDb, ids: readonly string[]): Promise<TrackKindRow[]> {
  return recordingTables(db)
    .selectFrom('track')
    .select(['id', 'kind', 'lang'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
}

/** What the desk edits of a track. */
export async function readTrackFacts(db: RecordDb, id: string): Promise<FactValues> {
  const row = await recordingTables(db).selectFrom('track').selectAll().where('id', '=', id).executeTakeFirst()
  return {
    recording: some(row?.recording_id),
    kind: some(row?.kind),
    lang: some(row?.lang),
    channel: some(row?.channel),
    source: some(row?.source_id),
    file: row?.file ? [fileRef({ sha256: row.file, name: row.file_name ?? '' })] : [],
    url: some(row?.url),
  }
}

const noFile = { file: null, file_name: null, file_type: null, bytes: null }

/** A track's file, as its row holds it; what is known of the file itself comes from where files are written down. */
async function fileColumns(tx: RecordDb, facts: FactValues) {
  const ref = readFileRef(only(facts, 'file'))
  const file = ref && (await findFiles(fileTables(tx), [ref.sha256])).get(ref.sha256)
  return ref && file ? { file: file.sha256, file_name: ref.name, file_type: file.type, bytes: file.bytes } : noFile
}

const oneOf = <T extends string>(known: readonly T[], text: string | null): T | null =>
  known.find((one) => one === text) ?? null

/** Writes what the desk edits of a track, new or there already: a link, or a file of the hub. Its recording is set once. */
export async function writeTrackFacts(tx: RecordDb, id: string, facts: FactValues, deed: Deed): Promise<void> {
  const own = recordingTables(tx)
  const row = {
    kind: oneOf(trackKinds, only(facts, 'kind')) ?? 'video',
    lang: only(facts, 'lang'),
    channel: oneOf(trackChannels, orNull(facts, 'channel')),
    source_id: orNull(facts, 'source'),
    url: orNull(facts, 'url'),
    ...(await fileColumns(tx, facts)),
  }
  await noteOtherSource(own, id, row.source_id)
  const changed = await own.updateTable('track').set(row).where('id', '=', id).executeTakeFirst()
  if (changed.numUpdatedRows === 0n) {
    const recording_id = only(facts, 'recording')
    const position = sql<number>`(select count(*)::int from track where recording_id = ${recording_id})`
    await own
      .insertInto('track')
      .values({ id, recording_id, position, ...row })
      .execute()
  }
  await dropOtherCues(own, id, row.kind === 'captions' ? row.file : null, deed)
}

/** The lines of a file that a track no longer has go at once: nobody reads the words of another recording. Who worked on them finds them in their history. */
async function dropOtherCues(own: RecordingDb, id: string, file: string | null, deed: Deed): Promise<void> {
  const dropped = await own
    .deleteFrom('caption_file')
    .where('track_id', '=', id)
    .$if(file !== null, (query) => query.where('sha256', '!=', file ?? ''))
    .executeTakeFirst()
  if (dropped.numDeletedRows > 0n) await keepLines(own, id, deed)
}

/** Captions that another track was translated from are of the same recording, and are not this track itself. */
export async function checkTrack(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const source = orNull(facts, 'source')
  if (source === null) return []
  const own = recordingTables(db)
  const rows = await own
    .selectFrom('track')
    .select(['id', 'recording_id', 'kind'])
    .where('id', 'in', [source, id])
    .execute()
  const of = rows.find((row) => row.id === source)
  const recording = rows.find((row) => row.id === id)?.recording_id ?? only(facts, 'recording')
  const fits = of !== undefined && source !== id && of.recording_id === recording && of.kind === 'captions'
  return fits ? [] : [{ fact: 'source', message: 'desk.problem.trackSource' }]
}

/** Every track that is a file, or of whose file it was made, whoever may see it, with its name there. */
export async function listTracksWith(db: RecordDb, sha256: string): Promise<{ id: string; name: string }[]> {
  const sources = sql`(select ${sha256} union all select sha256 from media_version where file = ${sha256})`
  const rows = await recordingTables(db)
    .selectFrom('track')
    .leftJoin('media_cut as copy', (join) =>
      join.onRef('copy.sha256', '=', 'track.file').on(sql<boolean>`copy.file in ${sources}`),
    )
    .leftJoin('media_version as version', (join) =>
      join.on('version.sha256', '=', sql<string>`coalesce(copy.file, track.file)`).on('version.file', '=', sha256),
    )
    .select(['id', 'file_name', 'copy.ending as copy', 'version.kind', 'version.ending'])
    .distinct()
    .where(
      sql<boolean>`track.file in (select ${sha256} union all select sha256 from media_version where file = ${sha256}
        union all select sha256 from media_cut where file in ${sources})`,
    )
    .orderBy('id')
    .execute()
  return rows.map(({ id, file_name, copy, kind, ending }) => {
    const of = copy === null ? (file_name ?? '') : copyName(file_name ?? '', copy)
    return { id, name: kind === null || ending === null ? of : versionName(of, kind, ending) }
  })
}
