import { hasAnyRole, type Actor } from '#features/accounts/index.ts'

/** Whether somebody may decide that two publications are one, or two. */
export function canMergePublications(actor: Actor | null): boolean {
  return hasAnyRole(actor, ['editor', 'admin'])
}
