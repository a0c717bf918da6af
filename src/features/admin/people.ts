import { readGrant, roles, scopedRoles, type Grant } from '#features/accounts/index.ts'

/** A grant as a form sends it: `editor:*`, `translator:fr`. */
export const grantKey = ({ role, scope }: Grant): string => `${role}:${scope}`

/** Reads a grant of a form; null when nobody can be given it. */
export function readGrantKey(key: string): Grant | null {
  const [role = '', scope = '', ...rest] = key.split(':')
  return rest.length > 0 ? null : readGrant(role, scope)
}

/** Every grant that a form offers: each role for everything, languages to translate into, and what somebody has already. */
export function offeredGrants(languages: readonly string[], held: readonly Grant[]): Grant[] {
  const general = roles.map((role): Grant => ({ role, scope: '*' }))
  const byLanguage = languages.map((scope): Grant => ({ role: 'translator', scope }))
  const offered = new Map([...general, ...byLanguage, ...held].map((grant) => [grantKey(grant), grant]))
  return [...offered.values()].toSorted((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role))
}

/** What a scope of a role names: a language, a seminar, a group; null for everything and for roles that have no scope. */
export const scopeKind = ({ role, scope }: Grant) => (scope === '*' ? null : (scopedRoles[role] ?? null))

/** Whether somebody would take the administration out of their own hands. */
export const losesAdmin = (before: readonly Grant[], after: readonly Grant[]): boolean =>
  [before, after].map((grants) => grants.some(({ role }) => role === 'admin')).join() === 'true,false'
