import { hasAnyRole, type Actor } from '#features/accounts/index.ts'

/** Which words mean the same: content, so editors look after it. */
export function canEditSearch(actor: Actor | null): actor is Actor {
  return hasAnyRole(actor, ['editor', 'admin'])
}
