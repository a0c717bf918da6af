import { sql } from 'kysely'
import type { LogFilter, LogLine } from '#platform/audit/index.ts'
import type { KindName, RecordEvent } from './domain.ts'
import type { RecordDb } from './store.ts'

/** A line of the history with the number it has for life. */
export interface HistoryLine extends RecordEvent {
  readonly id: number
}

const columns = ['id', 'record_id as recordId', 'at', 'actor', 'verb', 'lang', 'field', 'before', 'after'] as const

/** The history of a record, newest first, and how many lines it has. */
export async function listHistory(
  db: RecordDb,
  recordId: string,
  range: { limit: number; offset: number },
): Promise<{ lines: HistoryLine[]; total: number }> {
  const rows = await db
    .selectFrom('record_event')
    .select(columns)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('record_id', '=', recordId)
    .orderBy('id', 'desc')
    .limit(range.limit)
    .offset(range.offset)
    .execute()
  return { lines: rows, total: rows[0]?.total ?? 0 }
}

/** What happened to a record after a line of its history, oldest first. */
export async function listHistorySince(db: RecordDb, recordId: string, since: number): Promise<HistoryLine[]> {
  return db
    .selectFrom('record_event')
    .select(columns)
    .where('record_id', '=', recordId)
    .where('id', '>', since)
    .orderBy('id')
    .limit(500)
    .execute()
}

/** One line of a record's history, or null. */
export async function findHistoryLine(db: RecordDb, recordId: string, id: number): Promise<HistoryLine | null> {
  const row = await db
    .selectFrom('record_event')
    .select(columns)
    .where('record_id', '=', recordId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** The number of the last line of a record's history; 0 when nothing is known of it. */
export async function lastHistoryId(db: RecordDb, recordId: string): Promise<number> {
  const row = await db
    .selectFrom('record_event')
    .select((select) => select.fn.max('id').as('id'))
    .where('record_id', '=', recordId)
    .executeTakeFirst()
  return row?.id ?? 0
}

/** The last change of each record that changed lately, newest first. */
export async function listRecentChanges(
  db: RecordDb,
  limit: number,
): Promise<{ id: string; kind: KindName; at: string; actor: string; verb: RecordEvent['verb'] }[]> {
  return db
    .selectFrom('record')
    .innerJoin('record_event as event', (join) =>
      join.on('event.id', '=', sql<number>`(select max(e.id) from record_event e where e.record_id = record.id)`),
    )
    .select(['record.id', 'record.kind', 'event.at', 'event.actor', 'event.verb'])
    .orderBy('record.updated_at', 'desc')
    .orderBy('record.id')
    .limit(limit)
    .execute()
}

/** Lines of every record's history as lines of a log, newest first. What the texts say is not among them. */
export async function listRecordLog(db: RecordDb, filter: LogFilter): Promise<LogLine[]> {
  const { actor, deed, subject, from, to, before, limit } = filter
  let query = db.selectFrom('record_event').select(columns)
  if (actor !== undefined) query = query.where('actor', '=', actor)
  if (deed !== undefined) query = query.where(sql<boolean>`${deed} in ('record', 'record.' || verb)`)
  if (subject !== undefined) query = query.where('record_id', '=', subject)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (before) query = query.where(sql<boolean>`(at, id) < (${before.at}::timestamptz, ${before.id}::bigint)`)
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map(({ id, at, actor: by, verb, recordId, lang, field }) => {
    const detail = { ...(lang !== null && { lang }), ...(field !== null && { field }) }
    return { id, at, actor: by, deed: `record.${verb}`, subject: recordId, detail }
  })
}

/** Everything one person did to records, oldest first, without what the texts said. */
export async function listDeeds(
  db: RecordDb,
  actor: string,
): Promise<Omit<RecordEvent, 'before' | 'after' | 'actor'>[]> {
  return db
    .selectFrom('record_event')
    .select(['record_id as recordId', 'at', 'verb', 'lang', 'field'])
    .where('actor', '=', actor)
    .orderBy('id')
    .execute()
}
