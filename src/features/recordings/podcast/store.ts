import { sql } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { VisibleRecordings } from '../store.ts'

/**
 * Recordings of one session that can be heard in a language from a file of the hub, for queries. Those of a whole seminar are not among them:
 * a file cannot be offered in part.
 */
export function recordingsHeardIn(lang: string, { tracks }: Pick<VisibleRecordings, 'tracks'>): RecordIds {
  return sql<string>`(
    select recording.id from recording join track on track.recording_id = recording.id
    where recording.session_id is not null and track.id in ${tracks} and track.file is not null
      and (track.lang = ${lang} or starts_with(track.lang, ${`${lang}-`}))
      and (track.kind = 'audio' or track.kind = 'video' and exists (
        select from media_version as version
        where version.sha256 = track.file and version.state = 'made' and version.kind in ('audio', 'small_audio'))))`
}
