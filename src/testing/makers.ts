import type { Kysely } from 'kysely'
import { insertRecords, newId, type NewRecord, type Reader } from '#features/records/index.ts'
import { insertSeminars } from '#features/seminars/index.ts'
import { zonedToInstant } from '#platform/time.ts'
import type { HubTables } from '../schema.ts'
import { handlesOf as handles } from '#features/exchange/index.ts'

export const deed = { actor: 'test', at: '2026-01-01T00:00:00.000Z' }

/** An anonymous reader of a language. */
export function aReader(lang = 'en', ...others: string[]): Reader {
  return { lang, chain: [lang, ...others], audience: ['public'] }
}

/** A published record; texts as `{ title: { en: '…' } }`. Returns its id. */
export async function aRecord(
  db: Kysely<HubTables>,
  kind: NewRecord['kind'],
  texts: Readonly<Record<string, Readonly<Record<string, string>>>>,
  more: Partial<NewRecord> = {},
): Promise<string> {
  const id = more.id ?? newId(kind, deed.at)
  const rows = Object.entries(texts).flatMap(([field, words]) =>
    Object.entries(words).map(([lang, body]) => ({ field, lang, body })),
  )
  const record: NewRecord = { kind, sourceLang: 'en', status: 'published', ...more, id, texts: rows }
  await insertRecords(handles(db).records, [record], deed)
  return id
}

/** A recording, with captions in English and a moment that is kept, of the first session of a seminar. */
export async function aRecordedSession(
  db: Kysely<HubTables>,
  seminarId: string,
  lines = ['What is said first'],
): Promise<string> {
  const { id: session_id } = await db
    .selectFrom('session')
    .select('id')
    .where('seminar_id', '=', seminarId)
    .where('number', '=', 1)
    .executeTakeFirstOrThrow()
  const id = await aRecord(db, 'recording', { title: { en: 'A recording' } })
  await db.insertInto('recording').values({ id, seminar_id: seminarId, session_id, position: 0 }).execute()
  await aCaptionTrack(db, id, lines)
  const moment = await aRecord(db, 'moment', { note: { en: 'Said well' } })
  await db.insertInto('moment').values({ id: moment, recording_id: id, starts_at: 0, ends_at: 2000 }).execute()
  return id
}

/** Captions that were read: a line every two seconds. Returns the id of the track. */
async function aCaptionTrack(db: Kysely<HubTables>, recordingId: string, lines: readonly string[]): Promise<string> {
  const id = await aRecord(db, 'track', {})
  const url = 'https://example.org/captions.vtt'
  const none = { channel: null, source_id: null, file: null, file_name: null, file_type: null, bytes: null }
  const place = { recording_id: recordingId, position: 0 }
  await db
    .insertInto('track')
    .values({ id, ...place, kind: 'captions', lang: 'en', url, ...none })
    .execute()
  const cues = lines.map((body, index) => ({
    number: index + 1,
    starts_at: index * 2000,
    ends_at: index * 2000 + 2000,
    body,
  }))
  const plain = { identifier: null, settings: null, speaker: null }
  await db
    .insertInto('cue')
    .values(cues.map((cue) => ({ track_id: id, ...cue, ...plain })))
    .execute()
  const read = {
    state: 'read' as const,
    reason: null,
    format: 'vtt',
    guessed_lang: null,
    problems: '[]',
    problem_count: 0,
  }
  const counts = { cues: lines.length, text_bytes: lines.join('').length }
  await db
    .insertInto('caption_file')
    .values({ track_id: id, sha256: '', ...read, ...counts, read_at: deed.at })
    .execute()
  return id
}

export interface SeminarOptions {
  readonly title?: Readonly<Record<string, string>>
  readonly status?: NewRecord['status']
  readonly visibility?: string
  readonly startsOn?: string
  readonly endsOn?: string
  readonly zone?: string
  readonly precision?: 'day' | 'month'
  /** `09:00–10:30` on the first day, or a bare title when hours are not known. */
  readonly sessions?: readonly string[]
  readonly recording?: boolean
  readonly registration?: { opens?: string; closes?: string }
}

/** A seminar with its sessions; published unless told otherwise. Returns its id. */
export async function aSeminar(db: Kysely<HubTables>, options: SeminarOptions = {}): Promise<string> {
  const { startsOn = '2026-03-10', zone = 'Europe/Brussels', status = 'published', visibility = 'public' } = options
  const common = { status, visibility }
  const id = await aRecord(db, 'seminar', { title: options.title ?? { en: 'A seminar' } }, common)
  const sessions = []
  for (const [index, hours] of (options.sessions ?? []).entries()) {
    const number = index + 1
    const sessionId = await aRecord(db, 'session', { title: { en: `Session ${number}` } }, common)
    const [start, end] = hours.split('–')
    const instant = (clock: string | undefined) => (clock?.includes(':') ? zonedToInstant(startsOn, clock, zone) : null)
    const times = { starts_on: startsOn, starts_at: instant(start), ends_at: instant(end), minutes: null }
    sessions.push({ id: sessionId, seminar_id: id, number, ...times })
  }
  const materials = options.recording ? [await aRecording(db, id)] : []
  const { opens, closes } = options.registration ?? {}
  const seminar = {
    id,
    form: 'seminar' as const,
    mode: 'online' as const,
    platform: null,
    access: 'public' as const,
    starts_on: startsOn,
    ends_on: options.endsOn ?? startsOn,
    precision: options.precision ?? ('day' as const),
    time_zone: zone,
    city: null,
    country: null,
    registration_opens_at: opens ?? null,
    registration_closes_at: closes ?? null,
    registration_url: opens ? 'https://example.org/register' : null,
    join_url: null,
  }
  await insertSeminars(handles(db).seminars, { seminars: [seminar], sessions, channels: [], speakers: [], materials })
  return id
}

async function aRecording(db: Kysely<HubTables>, seminarId: string) {
  const id = await aRecord(db, 'material', { label: { en: 'Recording' } })
  const place = { seminar_id: seminarId, session_id: null, position: 0 }
  const file = { url: 'https://example.org/recording', bytes: null, seconds: 60 }
  return { id, ...place, kind: 'recording' as const, lang: 'en', ...file }
}
