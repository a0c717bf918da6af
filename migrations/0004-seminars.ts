import { sql, type Kysely } from 'kysely'

/** Series, seminars, sessions with their channels and speakers, and materials. The phase is computed, so it has no column. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table series (
      id text primary key references record on delete cascade,
      contains text not null check (contains in ('seminar', 'publication')),
      planned integer check (planned > 0)
    )`.execute(db)
  await sql`
    create table series_entry (
      series_id text not null references series on delete cascade,
      number integer not null check (number > 0),
      record_id text not null references record on delete cascade,
      deduced boolean not null default false,
      primary key (series_id, number)
    )`.execute(db)
  await sql`create unique index series_entry_record on series_entry (record_id)`.execute(db)
  await sql`
    create table seminar (
      id text primary key references record on delete cascade,
      form text not null check (form in ('seminar', 'webinar', 'workshop', 'training')),
      mode text not null check (mode in ('online', 'in-person', 'hybrid')),
      platform text,
      access text check (access in ('public', 'members', 'invitation')),
      starts_on date not null,
      ends_on date not null,
      precision text not null default 'day' check (precision in ('day', 'month')),
      time_zone text not null,
      city text,
      country text check (country ~ '^[A-Z]{2}$'),
      registration_opens_at timestamptz,
      registration_closes_at timestamptz,
      registration_url text,
      join_url text,
      check (starts_on <= ends_on)
    )`.execute(db)
  await sql`create index seminar_dates on seminar (starts_on desc)`.execute(db)
  await sql`
    create table session (
      id text primary key references record on delete cascade,
      seminar_id text not null references seminar on delete cascade,
      number integer not null check (number > 0),
      starts_on date,
      starts_at timestamptz,
      ends_at timestamptz,
      minutes integer check (minutes > 0),
      unique (seminar_id, number),
      check (ends_at is null or starts_at is not null and ends_at > starts_at)
    )`.execute(db)
  await sql`
    create table session_channel (
      session_id text not null references session on delete cascade,
      lang text not null,
      kind text not null check (kind in ('floor', 'interpretation')),
      position integer not null default 0,
      primary key (session_id, lang)
    )`.execute(db)
  await sql`
    create table session_speaker (
      session_id text not null references session on delete cascade,
      person_id text not null references record on delete cascade,
      role text not null check (role in ('speaker', 'moderator')),
      position integer not null default 0,
      primary key (session_id, person_id)
    )`.execute(db)
  await sql`
    create table material (
      id text primary key references record on delete cascade,
      seminar_id text not null references seminar on delete cascade,
      session_id text references session on delete cascade,
      kind text not null check (kind in ('agenda', 'slides', 'recording', 'document')),
      lang text not null,
      url text not null,
      bytes bigint check (bytes >= 0),
      seconds integer check (seconds >= 0),
      position integer not null default 0
    )`.execute(db)
  await sql`create index material_of on material (seminar_id)`.execute(db)
  await sql`
    create table imported_page (
      seminar_id text primary key references seminar on delete cascade,
      source text not null unique,
      text_hash text not null,
      original text not null,
      reading jsonb not null,
      imported_at timestamptz not null
    )`.execute(db)
}
