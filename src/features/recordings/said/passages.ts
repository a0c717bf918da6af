import type { RecordDb } from '#features/records/index.ts'
import { removeEntriesWith, type Passage, type PassageSource, type SearchDocument } from '#features/search/index.ts'
import { listSessionNumbers } from '#features/seminars/index.ts'
import { plainText } from '../captions/index.ts'
import { readCare, rulesOf, type Care, type CareDeps } from '../care/rules.ts'
import { recordingTables } from '../store.ts'
import {
  listCaptionIds,
  listReadCaptions,
  listSaidLines,
  readCaptionPlaces,
  type CaptionPlace,
  type SaidLine,
} from './store.ts'

/** What is said in recordings, for the search: as it may be read now, with the second of each line. */
export function saidPassages(deps: CareDeps): PassageSource {
  return {
    name: 'said',
    list: async () => listReadCaptions(deps.recordings),
    read: async (ids) => {
      const places = await readCaptionPlaces(deps.recordings, ids)
      const cares = await readCare(deps, [...new Set(places.map(({ recordingId }) => recordingId))])
      const sessions = places.flatMap(({ parts }) => parts.map(({ sessionId }) => sessionId))
      const numbers = await listSessionNumbers(deps.seminars, [...new Set(sessions)])
      const numberOf = new Map(numbers.map(({ id, number }) => [id, number]))
      const found = new Map<string, SearchDocument[]>()
      for (const place of places) {
        const care = cares.get(place.recordingId)
        if (care) found.set(place.trackId, await documentsOf(deps, place, care, numberOf))
      }
      return found
    },
  }
}

/** A document for each session that is in captions. */
async function documentsOf(
  { recordings }: CareDeps,
  { trackId, lang, recordingId, seminarId, parts }: CaptionPlace,
  care: Care,
  numberOf: ReadonlyMap<string, number>,
): Promise<SearchDocument[]> {
  const lines = await listSaidLines(recordings, trackId, rulesOf(care, trackId))
  return parts.map(({ sessionId, startsAt, endsAt }) => {
    const own = lines.filter((line) => line.startsAt >= (startsAt ?? 0) && line.startsAt < (endsAt ?? Infinity))
    const query = new URLSearchParams({ recording: recordingId, text: lang, t: '' })
    const suffix = `/sessions/${numberOf.get(sessionId) ?? 0}?${query}`
    // A file cannot be shown in part: whoever may not see one of its sessions finds nothing of it.
    const needs = [recordingId, trackId, seminarId, ...parts.map((part) => part.sessionId)]
    return {
      recordId: sessionId,
      kind: 'session',
      lang,
      needs,
      facets: [],
      dated: null,
      passages: passagesOf(own, { on: seminarId, suffix }),
    }
  })
}

/** Letters of a passage: long enough for what is said in several lines. */
const ENOUGH = 500

/** Lines put together until somebody else speaks or there are enough of them, with the second at which each begins. */
export function passagesOf(lines: readonly SaidLine[], anchor: Passage['anchor']): Passage[] {
  const groups: { speaker: string | null; body: string; times: [number, number][] }[] = []
  for (const { startsAt, speaker, body } of lines) {
    const text = plainText(body).split(/\s+/).filter(Boolean).join(' ')
    if (text === '') continue
    const last = groups.at(-1)
    const second = Math.floor(startsAt / 1000)
    if (!last || last.speaker !== speaker || last.body.length > ENOUGH) {
      groups.push({ speaker, body: text, times: [[0, second]] })
      continue
    }
    last.times.push([last.body.length + 1, second])
    last.body += ` ${text}`
  }
  return groups.map(({ body, times }) => ({ isTitle: false, anchor: { ...anchor, times }, body }))
}

/** Takes what is said in a recording out of the search at once; what may be found is read again. Run it inside the transaction of the change. */
export async function forgetSaid(tx: RecordDb, recordingId: string): Promise<void> {
  await removeEntriesWith(tx, await listCaptionIds(recordingTables(tx), recordingId))
}
