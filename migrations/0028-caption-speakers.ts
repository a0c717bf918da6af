import { sql, type Kysely } from 'kysely'

/**
 * Whom the speakers' names of captions mean, as somebody confirmed: nobody (null) or a person. With captions goes the state of their lines,
 * and that of the lines they were made from.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table caption_speaker (
      track_id text not null references track on delete cascade,
      label text not null,
      person_id text references record on delete cascade,
      primary key (track_id, label)
    )`.execute(db)
  await sql`create index caption_speaker_person on caption_speaker (person_id) where person_id is not null`.execute(db)
  await sql`alter table caption_file add column cues_hash text, add column source_hash text`.execute(db)
  await sql`
    update caption_file set cues_hash = (
      select md5(string_agg(starts_at || ' ' || ends_at || ' ' || body, E'\n' order by number))
      from cue where cue.track_id = caption_file.track_id)`.execute(db)
  await sql`
    update caption_file set source_hash = source.cues_hash
    from track join caption_file as source on source.track_id = track.source_id
    where track.id = caption_file.track_id`.execute(db)
}
