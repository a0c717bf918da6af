/** What somebody may do beyond reading what is public. Roles add up; whoever has none of them is a visitor. */
export const roles = ['member', 'contributor', 'organiser', 'facilitator', 'translator', 'editor', 'admin'] as const
export type Role = (typeof roles)[number]

/** What a scoped role is given for: a seminar, a group or a language. */
export type RoleScope = 'seminar' | 'group' | 'language'

/** Roles that hold for what they are given only; the others hold everywhere. */
export const scopedRoles: Readonly<Partial<Record<Role, RoleScope>>> = {
  organiser: 'seminar',
  facilitator: 'group',
  translator: 'language',
}

/** One role of one person. `scope` is an id or a language tag for a scoped role, `*` for all of them and for the others. */
export interface Grant {
  readonly role: Role
  readonly scope: string
}

/** Somebody who has signed in. */
export interface Actor {
  /** `usr_…`; stands in the history of what they change. */
  readonly id: string
  readonly name: string
  /** The language of their mails and of the desk when they have not chosen another in the address. */
  readonly lang: string
  readonly grants: readonly Grant[]
}

/** Whether somebody has a role, for `scope` when that is given. Nobody (null) has none. */
export function hasRole(actor: Actor | null, role: Role, scope?: string): boolean {
  if (actor === null) return false
  return actor.grants.some(
    (grant) => grant.role === role && (scope === undefined || grant.scope === '*' || grant.scope === scope),
  )
}

/** Whether somebody has at least one of some roles, whatever their scope. */
export function hasAnyRole(actor: Actor | null, wanted: readonly Role[]): boolean {
  return wanted.some((role) => hasRole(actor, role))
}

/** The visibilities that somebody may see: everybody signed in is a member. */
export function audienceOf(actor: Actor | null): readonly string[] {
  if (actor === null) return ['public']
  const groups = actor.grants.filter((grant) => grant.role === 'facilitator' && grant.scope !== '*')
  return ['public', 'members', ...groups.map((grant) => grant.scope)]
}

/** A grant that can be given: a scoped role for something or for everything, the others for everything. Else null. */
export function readGrant(role: string, scope: string): Grant | null {
  const known = roles.find((one) => one === role)
  if (known === undefined) return null
  if (scope === '*') return { role: known, scope }
  const kind = scopedRoles[known]
  if (kind === undefined) return null
  const form = kind === 'language' ? /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/ : /^[a-z]{3}_[0-9a-z]{1,40}$/
  return form.test(scope) ? { role: known, scope } : null
}

/** What can happen to an account. */
export type AccountVerb =
  | 'add'
  | 'invite'
  | 'join'
  | 'grant'
  | 'suspend'
  | 'resume'
  | 'password'
  | 'email'
  | 'second-factor'
  | 'passkey'
  | 'sign-on'
  | 'end-visits'
  | 'consent'
  | 'rule'
  | 'erase'

/** What somebody can agree to, each for itself and to be taken back at any time. */
export const purposes = ['directory', 'recording', 'credit', 'mail'] as const
export type Purpose = (typeof purposes)[number]

/** One decision about a purpose; the latest counts, and none means no. */
export interface Consent {
  readonly purpose: Purpose
  readonly given: boolean
  readonly at: string
  /** Language of the words that were agreed to. */
  readonly lang: string
  /** Where: `invitation` or `account`. */
  readonly source: string
}

/** What somebody agrees to now, by everything they have decided, oldest first. */
export function currentConsents(history: readonly Consent[]): Purpose[] {
  return purposes.filter((purpose) => history.findLast((one) => one.purpose === purpose)?.given === true)
}

/** The decisions that turn what somebody agreed to into what they agree to now. */
export function consentChanges(
  before: readonly Purpose[],
  after: readonly Purpose[],
): { readonly purpose: Purpose; readonly given: boolean }[] {
  return purposes
    .filter((purpose) => before.includes(purpose) !== after.includes(purpose))
    .map((purpose) => ({ purpose, given: after.includes(purpose) }))
}
