import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { SeminarDb } from './store.ts'

/** More than any desk looks ahead. */
const most = 1000

/** Ids of the seminars to come with their sessions and materials, whatever their status; the soonest first. */
export async function listUpcomingParts(db: SeminarDb, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with soon as (select id, starts_on from seminar where ends_on >= (${now}::timestamptz at time zone 'UTC')::date - 1)
    select id from (
      select id, starts_on, id as seminar_id, 0 as part from soon
      union all
      select session.id, soon.starts_on, soon.id, 1 from session join soon on soon.id = session.seminar_id
      union all
      select material.id, soon.starts_on, soon.id, 2 from material join soon on soon.id = material.seminar_id
    ) as parts
    order by starts_on, seminar_id, part, id limit ${most}`.execute(db)
  return rows.map((row) => row.id)
}

/** Ids of the sessions and materials of those of some records that are seminars. */
export async function listPartsOf(db: SeminarDb, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from session where seminar_id = any(${[...ids]})
    union select id from material where seminar_id = any(${[...ids]})
    order by id`.execute(db)
  return rows.map((row) => row.id)
}

/** Who is on the agenda of the sessions of seminars: for the desk, and for what may be offered of recordings. */
export async function listSpeakersOf(
  db: SeminarDb,
  seminarIds: readonly string[],
): Promise<{ sessionId: string; seminarId: string; personId: string }[]> {
  return db
    .selectFrom('session_speaker')
    .innerJoin('session', 'session.id', 'session_speaker.session_id')
    .select(['session_id as sessionId', 'seminar_id as seminarId', 'person_id as personId'])
    .where(sql<boolean>`seminar_id = any(${[...seminarIds]})`)
    .orderBy('session.number')
    .orderBy('position')
    .orderBy('person_id')
    .execute()
}

/** Which seminar sessions belong to, and their numbers in it. */
export async function listSessionNumbers(
  db: SeminarDb,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly seminarId: string; readonly number: number }[]> {
  return db
    .selectFrom('session')
    .select(['id', 'seminar_id as seminarId', 'number'])
    .where('id', 'in', [...ids, ''])
    .execute()
}

/** The days on which seminars begin. */
export async function listFirstDays(
  db: SeminarDb,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly startsOn: string }[]> {
  return db
    .selectFrom('seminar')
    .select(['id', 'starts_on as startsOn'])
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .execute()
}
