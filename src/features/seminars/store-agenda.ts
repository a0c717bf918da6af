import { sql } from 'kysely'
import type { ChannelKind, SessionTimes } from './domain.ts'
import type { SeminarDb } from './store.ts'

/** A session as the agenda's form works on it. */
export interface AgendaRow extends SessionTimes {
  readonly id: string
  readonly number: number
  /** Held under the Chatham House Rule. */
  readonly isChathamHouse: boolean
  readonly channels: readonly { readonly lang: string; readonly kind: ChannelKind }[]
  readonly speakers: readonly { readonly person: string; readonly role: 'speaker' | 'moderator' }[]
}

/** Every session of a seminar with its channels and speakers in their own order, by number. */
export async function listAgendaRows(db: SeminarDb, seminarId: string): Promise<AgendaRow[]> {
  return db
    .selectFrom('session')
    .select(['id', 'number', 'starts_on as startsOn', 'starts_at as startsAt', 'ends_at as endsAt', 'minutes'])
    .select('chatham_house as isChathamHouse')
    .select(
      sql<AgendaRow['channels']>`coalesce((
        select json_agg(json_build_object('lang', lang, 'kind', kind) order by position, lang)
        from session_channel where session_id = session.id), '[]')`.as('channels'),
    )
    .select(
      sql<AgendaRow['speakers']>`coalesce((
        select json_agg(json_build_object('person', person_id, 'role', role) order by position, person_id)
        from session_speaker where session_id = session.id), '[]')`.as('speakers'),
    )
    .where('seminar_id', '=', seminarId)
    .orderBy('number')
    .execute()
}

/** Numbers that no agenda has: sessions pass through them while they change places. */
const aside = 100_000

/** Gives sessions the numbers of an order, whatever they had. */
export async function renumberSessions(tx: SeminarDb, seminarId: string, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('session')
    .set((set) => ({ number: set('number', '+', aside) }))
    .where('seminar_id', '=', seminarId)
    .execute()
  if (ids.length === 0) return
  await sql`
    update session set number = wanted.place
    from unnest(${[...ids]}::text[]) with ordinality as wanted(id, place)
    where session.id = wanted.id and seminar_id = ${seminarId}`.execute(tx)
}

/** Writes the times of a session, new or there already. */
export async function writeSessionTimes(
  tx: SeminarDb,
  row: SessionTimes & { readonly id: string; readonly seminarId: string; readonly number: number },
): Promise<void> {
  const times = { starts_on: row.startsOn, starts_at: row.startsAt, ends_at: row.endsAt, minutes: row.minutes }
  await tx
    .insertInto('session')
    .values({ id: row.id, seminar_id: row.seminarId, number: row.number, ...times })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(times))
    .execute()
}

/** Sets the languages a session can be followed in. */
export async function writeChannels(tx: SeminarDb, sessionId: string, channels: AgendaRow['channels']): Promise<void> {
  await tx.deleteFrom('session_channel').where('session_id', '=', sessionId).execute()
  const rows = channels.map(({ lang, kind }, position) => ({ session_id: sessionId, lang, kind, position }))
  if (rows.length > 0) await tx.insertInto('session_channel').values(rows).execute()
}

/** Sets who speaks in a session. */
export async function writeSpeakers(tx: SeminarDb, sessionId: string, speakers: AgendaRow['speakers']): Promise<void> {
  await tx.deleteFrom('session_speaker').where('session_id', '=', sessionId).execute()
  const rows = speakers.map(({ person, role }, position) => ({
    session_id: sessionId,
    person_id: person,
    role,
    position,
  }))
  if (rows.length > 0) await tx.insertInto('session_speaker').values(rows).execute()
}

/** Lets the materials of a session belong to the whole seminar, before the session goes; not what was recorded under the Chatham House Rule. */
export async function freeMaterials(tx: SeminarDb, { id, isChathamHouse }: AgendaRow): Promise<void> {
  await tx
    .updateTable('material')
    .set({ session_id: null })
    .where('session_id', '=', id)
    .$if(isChathamHouse, (query) => query.where('kind', '!=', 'recording'))
    .execute()
}
