import { hasAnyRole, type Actor } from '#features/accounts/index.ts'

/** Whether somebody may bring a catalogue into the library: whoever may change all of it. */
export function canImportPublications(actor: Actor | null): boolean {
  return hasAnyRole(actor, ['editor', 'admin'])
}
