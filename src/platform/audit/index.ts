export { deleteAuditBefore, listAudit, writeAudit, type AuditDb, type AuditEntry, type AuditTables } from './audit.ts'
export type { LogFilter, LogLine } from './query.ts'
