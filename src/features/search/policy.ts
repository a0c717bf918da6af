import { hasAnyRole, type Actor } from '#features/accounts/index.ts'

/** What words mean the same, and which tasks the first page begins with: content, so editors look after it. */
export function canEditSearch(actor: Actor | null): actor is Actor {
  return hasAnyRole(actor, ['editor', 'admin'])
}
