import {
  loadRecords,
  hrefFor,
  isVisible,
  nameFor,
  readLinks,
  type KindName,
  type LinkedRecord,
  type LoadedRecord,
  type Reader,
} from '#features/records/index.ts'
import type { RecordSource } from '#features/exchange/index.ts'
import { readConceptTags } from '#features/taxonomy/index.ts'
import {
  findChapterPlace,
  findMoment,
  findRecordingPlace,
  findTrackRecording,
  type RecordingDeps,
} from '#features/recordings/index.ts'
import { findMaterial, findSession } from '#features/seminars/index.ts'

/** A record as programs read it, with the links this reader may see; null when there is none they may. */
export async function readRecord(deps: RecordingDeps, reader: Reader, id: string): Promise<RecordSource | null> {
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!isVisible(record, reader) || !(await isInSight(deps, reader, record))) return null
  const rows = await readLinks(deps.records, [id])
  const others = await loadRecords(
    deps.records,
    rows.map((row) => (row.from === id ? row.to : row.from)),
    ['title', 'name', 'label', 'statement'],
  )
  const links = rows.flatMap((row): LinkedRecord[] => {
    const other = others.get(row.from === id ? row.to : row.from)
    if (!isVisible(other, reader)) return []
    const direction = row.from === id ? 'to' : 'from'
    const { relation, note } = row
    const title = nameFor(other, reader)
    return [{ id: other.id, kind: other.kind, relation, direction, title, href: hrefFor(other, reader.lang), note }]
  })
  const { kind, sourceLang, texts, synthetic, version, publishedAt, updatedAt } = record
  return { id, kind, sourceLang, texts, links, synthetic, version, publishedAt, updatedAt }
}

/** A part of a seminar is seen through it, and a term through its vocabulary, whatever their own state. */
async function isInSight(deps: RecordingDeps, reader: Reader, { id, kind }: LoadedRecord): Promise<boolean> {
  if (kind === 'concept') return (await readConceptTags(deps, reader, [id])).has(id)
  const wholes = await wholesOf(deps, id, kind)
  const records = await loadRecords(deps.records, wholes ?? [], [])
  return wholes !== null && wholes.every((whole) => isVisible(records.get(whole), reader))
}

/** What a record is a part of, all the way up; null when it is a part that has lost its whole, or that is under the Chatham House Rule. */
async function wholesOf(deps: RecordingDeps, id: string, kind: KindName): Promise<string[] | null> {
  if (kind === 'session' || kind === 'material') {
    const seminarId = kind === 'session' ? (await findSession(deps, id))?.seminarId : await findMaterial(deps, id)
    return seminarId ? [seminarId] : null
  }
  if (kind === 'moment') {
    const moment = await findMoment(deps.recordings, id)
    if (!moment || moment.isChathamHouse) return null
    return [moment.recordingId, moment.seminarId, ...(moment.sessionId === null ? [] : [moment.sessionId])]
  }
  const recordingId = await recordingOf(deps, id, kind)
  if (recordingId === undefined) return []
  const place = recordingId === null ? null : await findRecordingPlace(deps.recordings, recordingId)
  return recordingId && place?.isChathamHouse === false ? [recordingId, place.seminarId, ...place.sessionIds] : null
}

/** The recording that a record is, or is a part of; null when it has lost it, undefined for what is none. */
async function recordingOf(
  { recordings }: RecordingDeps,
  id: string,
  kind: KindName,
): Promise<string | null | undefined> {
  if (kind === 'recording') return id
  if (kind === 'track') return findTrackRecording(recordings, id)
  return kind === 'chapter' ? ((await findChapterPlace(recordings, id))?.recordingId ?? null) : undefined
}
