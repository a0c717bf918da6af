import { sql, type Kysely } from 'kysely'

/**
 * Recordings of seminars and sessions, their tracks (a film, a sound, captions, slides, each in a language) and the timed lines of
 * captions. Times are whole milliseconds from the beginning of the recording.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table recording (
      id text primary key references record on delete cascade,
      seminar_id text not null references seminar on delete cascade,
      session_id text references session on delete set null,
      position integer not null default 0
    )`.execute(db)
  await sql`create index recording_seminar on recording (seminar_id, position)`.execute(db)
  await sql`create index recording_session on recording (session_id) where session_id is not null`.execute(db)
  await sql`
    create table track (
      id text primary key references record on delete cascade,
      recording_id text not null references recording on delete cascade,
      kind text not null check (kind in ('video', 'audio', 'captions', 'description', 'slides')),
      lang text not null,
      channel text check (channel in ('floor', 'interpretation')),
      source_id text references track on delete set null,
      url text,
      file text references file,
      file_name text,
      file_type text,
      bytes bigint check (bytes >= 0),
      position integer not null default 0,
      check (url is null or file is null),
      check (file is null or file_name is not null and file_type is not null and bytes is not null)
    )`.execute(db)
  await sql`create index track_recording on track (recording_id, position)`.execute(db)
  await sql`create index track_file on track (file) where file is not null`.execute(db)
  await sql`
    create table media (
      sha256 text primary key references file on delete cascade,
      state text not null check (state in ('read', 'failed')),
      reason text,
      duration integer check (duration >= 0),
      width integer check (width > 0),
      height integer check (height > 0),
      video_codec text,
      audio_codec text,
      read_at timestamptz not null
    )`.execute(db)
  await sql`
    create table caption_file (
      track_id text primary key references track on delete cascade,
      sha256 text not null,
      state text not null check (state in ('read', 'failed')),
      reason text,
      format text,
      guessed_lang text,
      cues integer not null default 0,
      text_bytes integer not null default 0,
      problems jsonb not null default '[]',
      problem_count integer not null default 0,
      read_at timestamptz not null
    )`.execute(db)
  await sql`
    create table cue (
      track_id text not null references track on delete cascade,
      number integer not null check (number > 0),
      starts_at integer not null check (starts_at >= 0),
      ends_at integer not null,
      identifier text,
      settings text,
      speaker text,
      body text not null,
      primary key (track_id, number),
      check (ends_at >= starts_at)
    )`.execute(db)
  await sql`create index cue_start on cue (track_id, starts_at)`.execute(db)
}
