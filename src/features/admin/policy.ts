import { canAdminister, hasAnyRole, type Actor } from '#features/accounts/index.ts'

/** The settings of the hub: its languages, its zone, what it keeps. */
export const canChangeSettings = (actor: Actor | null): boolean => canAdminister(actor)

/** Where addresses of a former site lead. */
export const canChangeRedirects = (actor: Actor | null): boolean => canAdminister(actor)

/** Terms are content: editors look after them too. */
export const canEditVocabularies = (actor: Actor | null): boolean => hasAnyRole(actor, ['editor', 'admin'])

/** Who did what. */
export const canReadAudit = (actor: Actor | null): boolean => canAdminister(actor)

/** The mail that the hub has written. */
export const canUseOutbox = (actor: Actor | null): boolean => canAdminister(actor)

/** People who sign in, and what they may do. */
export const canManagePeople = (actor: Actor | null): boolean => canAdminister(actor)

/** What the hub does in the background, and how it is. */
export const canSeeHealth = (actor: Actor | null): boolean => canAdminister(actor)
