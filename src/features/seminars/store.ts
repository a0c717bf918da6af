import { sql, type Kysely } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Channel, SeminarDates } from './domain.ts'
import type { SeminarTable, SeminarTables } from './schema.ts'

export type SeminarDb = Kysely<SeminarTables>

export interface SeminarFilter {
  /** Only these: what the reader may see. */
  readonly visible: RecordIds
  /** And all of these: tags, places, links. */
  readonly within?: readonly RecordIds[]
  /** Held in this country, or about this place. */
  readonly place?: { readonly code: string; readonly tagged: RecordIds }
  readonly person?: string
  readonly ids?: readonly string[]
  readonly when?: 'upcoming' | 'past'
  readonly from?: string
  readonly to?: string
  readonly now: Instant
}

/** A seminar is over at its last known end; where an end is not known, when its last day is. */
const isOver = (now: Instant) => sql<boolean>`coalesce(
  (select case when bool_and(s.ends_at is not null) then max(s.ends_at) end from session s where s.seminar_id = seminar.id),
  (seminar.ends_on + 1)::timestamp at time zone seminar.time_zone) <= ${now}::timestamptz`

function filtered(db: SeminarDb, filter: SeminarFilter) {
  let query = db.selectFrom('seminar').where('seminar.id', 'in', filter.visible)
  for (const ids of filter.within ?? []) query = query.where('seminar.id', 'in', ids)
  if (filter.ids) query = query.where(sql<boolean>`seminar.id = any(${[...filter.ids]})`)
  if (filter.when === 'past') query = query.where(isOver(filter.now))
  if (filter.when === 'upcoming') query = query.where(sql<boolean>`not ${isOver(filter.now)}`)
  if (filter.from) query = query.where('ends_on', '>=', filter.from)
  if (filter.to) query = query.where('starts_on', '<=', filter.to)
  const { place } = filter
  if (place) {
    query = query.where((where) =>
      where.or([where('seminar.id', 'in', place.tagged), where('country', '=', place.code)]),
    )
  }
  if (filter.person) {
    const spoken = db
      .selectFrom('session_speaker')
      .innerJoin('session', 'session.id', 'session_speaker.session_id')
      .select('session.seminar_id')
      .where('person_id', '=', filter.person)
      .where('chatham_house', '=', false)
    query = query.where('seminar.id', 'in', spoken)
  }
  return query
}

/** A page of seminars and how many there are; upcoming ones soonest first, others newest first. */
export async function listSeminarRows(
  db: SeminarDb,
  filter: SeminarFilter,
  range: { limit: number; offset: number },
): Promise<{ rows: SeminarTable[]; total: number }> {
  const rows = await filtered(db, filter)
    .selectAll('seminar')
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('starts_on', filter.when === 'upcoming' ? 'asc' : 'desc')
    .orderBy('seminar.id')
    .limit(range.limit)
    .offset(range.offset)
    .execute()
  const [first] = rows
  if (first || range.offset === 0) return { rows, total: first?.total ?? 0 }
  // A page beyond the last has no row to carry the count.
  const { total } = await filtered(db, filter)
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows: [], total }
}

/** Seminars by id, in the order asked for. */
export async function readSeminarRows(db: SeminarDb, ids: readonly string[]): Promise<SeminarTable[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('seminar')
    .selectAll()
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/** The days of those of some records that are seminars, by their ids. */
export async function readSeminarDates(db: SeminarDb, ids: readonly string[]): Promise<Map<string, SeminarDates>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('seminar')
    .select(['id', 'starts_on as startsOn', 'ends_on as endsOn', 'precision'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map(({ id, ...dates }) => [id, dates]))
}

export interface SessionRow {
  readonly id: string
  readonly seminarId: string
  readonly number: number
  readonly startsOn: string | null
  readonly startsAt: Instant | null
  readonly endsAt: Instant | null
  readonly minutes: number | null
  /** Held under the Chatham House Rule. */
  readonly isChathamHouse: boolean
  /** Whether there is a recording of it that is seen. */
  readonly isRecorded: boolean
}

/** A session with who can be heard in it and in which languages: the floor and moderators first; nobody under the Chatham House Rule. */
export interface FullSessionRow extends SessionRow {
  readonly channels: readonly Channel[]
  readonly speakers: readonly { person: string; role: 'speaker' | 'moderator' }[]
}

/** What of a seminar's parts a reader may see: each is a record of its own, withdrawn on its own. */
export interface VisibleParts {
  readonly sessions: RecordIds
  readonly materials: RecordIds
  /** The sessions that were recorded. */
  readonly recorded?: RecordIds
}

function sessionQuery(db: SeminarDb, seminarIds: readonly string[], visible: VisibleParts | undefined) {
  const query = db
    .selectFrom('session')
    .select(['id', 'seminar_id as seminarId', 'number', 'minutes', 'chatham_house as isChathamHouse'])
    .select(['starts_on as startsOn', 'starts_at as startsAt', 'ends_at as endsAt'])
    .select(
      visible?.recorded ? sql<boolean>`id in ${visible.recorded}`.as('isRecorded') : sql.lit(false).as('isRecorded'),
    )
    .where(sql<boolean>`seminar_id = any(${[...seminarIds]})`)
    .orderBy('number')
  return visible ? query.where('id', 'in', visible.sessions) : query
}

/** The sessions of seminars, by number; all of them unless `visible` narrows them. */
export async function listSessionRows(
  db: SeminarDb,
  seminarIds: readonly string[],
  visible?: VisibleParts,
): Promise<SessionRow[]> {
  return seminarIds.length === 0 ? [] : sessionQuery(db, seminarIds, visible).execute()
}

/** The sessions of seminars with their channels and speakers, by number. */
export async function listFullSessionRows(
  db: SeminarDb,
  seminarIds: readonly string[],
  visible: VisibleParts,
): Promise<FullSessionRow[]> {
  if (seminarIds.length === 0) return []
  return sessionQuery(db, seminarIds, visible)
    .select(
      sql<Channel[]>`coalesce((
        select json_agg(json_build_object('lang', lang, 'kind', kind) order by kind = 'floor' desc, position)
        from session_channel where session_id = session.id), '[]')`.as('channels'),
    )
    .select(
      sql<{ person: string; role: 'speaker' | 'moderator' }[]>`coalesce((
        select json_agg(json_build_object('person', person_id, 'role', role) order by role = 'moderator' desc, position)
        from session_speaker where session_id = session.id and not chatham_house), '[]')`.as('speakers'),
    )
    .execute()
}

export interface SessionFilter {
  readonly seminar?: string
  readonly from?: string
  readonly to?: string
}

/** A page of sessions by the days of their seminars, as seminar and number, and how many there are. */
export async function listSessionAddresses(
  db: SeminarDb,
  visible: { readonly seminars: RecordIds; readonly sessions: RecordIds },
  filter: SessionFilter,
  range: { limit: number; offset: number },
): Promise<{ addresses: { seminarId: string; number: number }[]; total: number }> {
  const day = sql<string>`coalesce(session.starts_on, seminar.starts_on)`
  let query = db
    .selectFrom('session')
    .innerJoin('seminar', 'seminar.id', 'session.seminar_id')
    .where('seminar.id', 'in', visible.seminars)
    .where('session.id', 'in', visible.sessions)
  if (filter.seminar) query = query.where('seminar.id', '=', filter.seminar)
  if (filter.from) query = query.where(day, '>=', filter.from)
  if (filter.to) query = query.where(day, '<=', filter.to)
  const addresses = await query
    .select(['seminar.id as seminarId', 'session.number'])
    .orderBy(day)
    .orderBy('seminar.id')
    .orderBy('session.number')
    .limit(range.limit)
    .offset(range.offset)
    .execute()
  const { total } = await query.select((select) => select.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { addresses, total }
}

/** Which seminar a session belongs to, or null. */
export async function findSessionRow(
  db: SeminarDb,
  sessionId: string,
): Promise<{ seminarId: string; number: number } | null> {
  const row = await db
    .selectFrom('session')
    .select(['seminar_id as seminarId', 'number'])
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return row ?? null
}

/** Countries that visible seminars are held in. */
export async function listCountries(db: SeminarDb, visible: RecordIds): Promise<string[]> {
  const rows = await db.selectFrom('seminar').select('country').distinct().where('id', 'in', visible).execute()
  return rows.flatMap((row) => row.country ?? [])
}
