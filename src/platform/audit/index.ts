export { deleteAuditBefore, writeAudit, type AuditDb, type AuditEntry, type AuditTables } from './audit.ts'
