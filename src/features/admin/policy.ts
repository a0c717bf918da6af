import { canAdminister, hasAnyRole, type Actor } from '#features/accounts/index.ts'

/** The settings of the hub: its languages, its zone, what it keeps. */
export const canChangeSettings = (actor: Actor | null): boolean => canAdminister(actor)

/** Where addresses of a former site lead. */
export const canChangeRedirects = (actor: Actor | null): boolean => canAdminister(actor)

/** Terms are content: editors look after them too. */
export const canEditVocabularies = (actor: Actor | null): boolean => hasAnyRole(actor, ['editor', 'admin'])
