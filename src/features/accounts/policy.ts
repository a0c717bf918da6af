import { hasAnyRole, hasRole, type Actor } from './domain.ts'

/** The desk is for everybody who changes something there: members only read. */
export function canUseDesk(actor: Actor | null): boolean {
  return hasAnyRole(actor, ['contributor', 'organiser', 'facilitator', 'translator', 'editor', 'admin'])
}

/** People, settings, jobs, the outbox and the audit log. */
export function canAdminister(actor: Actor | null): boolean {
  return hasRole(actor, 'admin')
}
