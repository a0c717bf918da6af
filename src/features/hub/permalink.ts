import {
  findLater,
  hrefFor,
  hubId,
  kindOfId,
  loadRecords,
  readLinks,
  type LoadedRecord,
  type Reader,
} from '#features/records/index.ts'
import { readConceptTags } from '#features/taxonomy/index.ts'
import {
  findChapterPlace,
  findMoment,
  findRecordingPlace,
  findTrackRecording,
  secondOf,
  spanAddress,
  type RecordingDeps,
} from '#features/recordings/index.ts'
import { findMaterial, findSession } from '#features/seminars/index.ts'

/**
 * Path of the best page of a record for a reader, or null when there is none they may see. A record without a page of
 * its own leads to what it is part of, else to a record it is tied to.
 */
export async function findBestPage(deps: RecordingDeps, reader: Reader, id: string): Promise<string | null> {
  const page = await findOwnPage(deps, reader, id)
  if (page !== null) return page
  const later = await findLater(deps.records, id, reader)
  return later === null ? null : findOwnPage(deps, reader, later)
}

async function findOwnPage(deps: RecordingDeps, reader: Reader, id: string): Promise<string | null> {
  const kind = kindOfId(id)
  if (!kind) return null
  if (id === hubId) return `/${reader.lang}/about`
  const record = await loadVisible(deps, reader, id)
  if (!record) return null
  const own = hrefFor(record, reader.lang)
  if (own !== null) return own
  switch (kind.kind) {
    case 'session': {
      const session = await findSession(deps, id)
      return session && appendTo(await findBestPage(deps, reader, session.seminarId), `/sessions/${session.number}`)
    }
    case 'recording': {
      const place = await findRecordingPlace(deps.recordings, id)
      return place?.isChathamHouse === false ? findOwnPage(deps, reader, place.sessionIds[0] ?? place.seminarId) : null
    }
    case 'track': {
      const recordingId = await findTrackRecording(deps.recordings, id)
      return recordingId === null ? null : findOwnPage(deps, reader, recordingId)
    }
    case 'moment': {
      const moment = await findMoment(deps.recordings, id)
      if (!moment || moment.isChathamHouse || !(await loadVisible(deps, reader, moment.recordingId))) return null
      const path = await findOwnPage(deps, reader, moment.sessionId ?? moment.seminarId)
      return path === null ? null : spanAddress(path, moment.span, moment.which)
    }
    case 'chapter': {
      const place = await findChapterPlace(deps.recordings, id)
      return place && appendTo(await findOwnPage(deps, reader, place.recordingId), `?t=${secondOf(place.startsAt)}`)
    }
    case 'material': {
      const seminarId = await findMaterial(deps, id)
      return seminarId === null ? null : findBestPage(deps, reader, seminarId)
    }
    case 'concept':
      return (await readConceptTags(deps, reader, [id])).get(id)?.href ?? null
    case 'scheme':
      return `/${reader.lang}/themes`
    default:
      return findTied(deps, reader, id)
  }
}

function appendTo(path: string | null, suffix: string): string | null {
  return path === null ? null : path + suffix
}

async function loadVisible(deps: RecordingDeps, reader: Reader, id: string): Promise<LoadedRecord | null> {
  const record = (await loadRecords(deps.records, [id])).get(id)
  return record?.status === 'published' && reader.audience.includes(record.visibility) ? record : null
}

/** The page of the first visible record that is tied to this one. */
async function findTied(deps: RecordingDeps, reader: Reader, id: string): Promise<string | null> {
  const links = await readLinks(deps.records, [id])
  for (const link of links) {
    const other = await loadVisible(deps, reader, link.from === id ? link.to : link.from)
    const href = other && hrefFor(other, reader.lang)
    if (href) return href
  }
  return null
}
