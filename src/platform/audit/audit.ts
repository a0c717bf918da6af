import { sql, type Generated, type Kysely } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { LogFilter, LogLine } from './query.ts'

export interface AuditTables {
  audit_event: {
    id: Generated<number>
    at: Instant
    actor: string
    deed: string
    subject: string | null
    detail: unknown
  }
}

export type AuditDb = Kysely<AuditTables>

/** Something done to the hub itself: its people, settings, vocabularies. What is done to records stands in their history. */
export interface AuditEntry {
  readonly at: Instant
  /** `usr_…`, or `cli`, or the name of a job. */
  readonly actor: string
  /** What about, then what: `role.give`, `settings.change`. */
  readonly deed: string
  /** The id or name of what it was done to. */
  readonly subject?: string | null
  /** Numbers, ids and settings; never a name, an address or anything else of a person's. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

/** Notes what was done, in the transaction that does it. */
export async function writeAudit(tx: AuditDb, { at, actor, deed, subject, detail }: AuditEntry): Promise<void> {
  const row = { at, actor, deed, subject: subject ?? null, detail: JSON.stringify(detail ?? {}) }
  await tx.insertInto('audit_event').values(row).execute()
}

/** Forgets what was noted before an instant, and says how much that was. */
export async function deleteAuditBefore(db: AuditDb, at: Instant): Promise<number> {
  const gone = await db.deleteFrom('audit_event').where('at', '<', at).executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** Lines of the audit log, newest first. */
export async function listAudit(db: AuditDb, filter: LogFilter): Promise<LogLine[]> {
  const { actor, deed, subject, from, to, before, limit } = filter
  let query = db.selectFrom('audit_event').select(['id', 'at', 'actor', 'deed', 'subject', 'detail'])
  if (actor !== undefined) query = query.where('actor', '=', actor)
  if (deed !== undefined) {
    query = query.where((where) => where.or([where('deed', '=', deed), where('deed', '^@', `${deed}.`)]))
  }
  if (subject !== undefined) query = query.where('subject', '=', subject)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (before) query = query.where(sql<boolean>`(at, id) < (${before.at}::timestamptz, ${before.id}::bigint)`)
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    ...row,
    detail: typeof row.detail === 'object' && row.detail !== null ? { ...row.detail } : {},
  }))
}
