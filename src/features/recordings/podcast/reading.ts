import { listLastPublishedIds, visibleIds, type Reader } from '#features/records/index.ts'
import { readSeminars } from '#features/seminars/index.ts'
import { listPlaces } from '../care/store.ts'
import { listRecorded, type Recorded, type SessionOf } from '../recorded.ts'
import type { RecordingDeps } from '../reading.ts'
import { soundIn, type Sound } from './domain.ts'
import { recordingsHeardIn } from './store.ts'

/** Episodes that a feed tells of. */
const MOST = 100

/** Recordings that are looked through for them: some may be held back. */
const LOOKED_AT = 300

/** A session that can be heard in one language. */
export interface Episode extends SessionOf {
  readonly recorded: Recorded
  readonly sound: Sound
  /** Whether the session has other recordings, so that its title alone would not tell which this is. */
  readonly isOneOfSeveral: boolean
}

/** The sessions that this reader may hear in their language, those published last first. A fixed number of queries. */
export async function listEpisodes(deps: RecordingDeps, reader: Reader): Promise<Episode[]> {
  const { lang } = reader
  const within = recordingsHeardIn(lang, { tracks: visibleIds(deps.records, 'track', reader) })
  const ids = await listLastPublishedIds(deps.records, 'recording', reader, { within, limit: LOOKED_AT })
  const rows = await listPlaces(deps.recordings, ids)
  const { seminars } = await readSeminars(deps, reader, [...new Set(rows.map(({ seminarId }) => seminarId))])
  const heard = new Set(rows.flatMap(({ sessionIds }) => sessionIds))
  const sessions = seminars.flatMap((seminar) =>
    seminar.sessions.filter(({ id }) => heard.has(id)).map((session): SessionOf => ({ seminar, session })),
  )
  const recorded = await listRecorded(deps, reader, sessions)
  const episodes = new Map(
    sessions.flatMap((of) =>
      (recorded.get(of.session.id) ?? []).flatMap((one, _, all): [string, Episode][] => {
        const sound = one.recording.part === null ? soundIn(one.recording.tracks, lang) : null
        return sound ? [[one.recording.id, { ...of, recorded: one, sound, isOneOfSeveral: all.length > 1 }]] : []
      }),
    ),
  )
  return ids.flatMap((id) => episodes.get(id) ?? []).slice(0, MOST)
}
