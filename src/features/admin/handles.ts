import type { Kysely, Transaction } from 'kysely'
import type { RecordDb, RecordTables } from '#features/records/index.ts'
import type { TaxonomyDb, TaxonomyTables } from '#features/taxonomy/index.ts'
import type { AuditDb, AuditTables } from '#platform/audit/index.ts'
import type { MailDb, MailTables } from '#platform/mail/index.ts'
import type { AdminTables } from './schema.ts'

export type AdminDb = Kysely<AdminTables>

type Tables = RecordTables & TaxonomyTables & AdminTables & AuditTables & MailTables

/** A database that holds at least the tables administration writes to. */
export type WholeDb = Kysely<Tables>

/** One handle for each part, narrowed to its own tables. */
export interface AdminHandles {
  readonly admin: AdminDb
  readonly audit: AuditDb
  readonly mail: MailDb
  readonly records: RecordDb
  readonly taxonomy: TaxonomyDb
}

/** The handles of a database or of a transaction on it. */
export function handlesOf(db: WholeDb | Transaction<Tables>): AdminHandles {
  return {
    admin: db.$pickTables<keyof AdminTables>(),
    audit: db.$pickTables<keyof AuditTables>(),
    mail: db.$pickTables<keyof MailTables>(),
    records: db.$pickTables<keyof RecordTables>(),
    taxonomy: db.$pickTables<keyof TaxonomyTables>(),
  }
}

/** Does something in one transaction. */
export async function inTransaction<T>(db: WholeDb, work: (tx: AdminHandles) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => work(handlesOf(tx)))
}
