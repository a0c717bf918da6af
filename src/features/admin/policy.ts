import { canAdminister, hasAnyRole, type Actor } from '#features/accounts/index.ts'

/** The settings of the hub: its languages, its zone, what it keeps. */
export function canChangeSettings(actor: Actor | null): boolean {
  return canAdminister(actor)
}

/** Where addresses of a former site lead. */
export function canChangeRedirects(actor: Actor | null): boolean {
  return canAdminister(actor)
}

/** Terms are content: editors look after them too. */
export function canEditVocabularies(actor: Actor | null): boolean {
  return hasAnyRole(actor, ['editor', 'admin'])
}

/** Who did what. */
export function canReadAudit(actor: Actor | null): boolean {
  return canAdminister(actor)
}

/** The mail that the hub has written. */
export function canUseOutbox(actor: Actor | null): boolean {
  return canAdminister(actor)
}

/** People who sign in, and what they may do. */
export function canManagePeople(actor: Actor | null): boolean {
  return canAdminister(actor)
}

/** What the hub does in the background, and how it is. */
export function canSeeHealth(actor: Actor | null): boolean {
  return canAdminister(actor)
}
