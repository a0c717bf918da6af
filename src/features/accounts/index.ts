export { createAccounts } from './create.ts'
export type { AccountDeps, SignOn } from './deps.ts'
export { requireActor, signedIn, type AccountEnv } from './env.ts'
export { eraseUser, type Erased } from './privacy.ts'
export { forgetOldAccounts } from './retention.ts'
export { resetSecondFactor } from './second-factor.ts'
export { returnFromSignOn, signOnReturn } from './sign-on-routes.tsx'
export { accountPages, accountPaths } from './routes.tsx'
export {
  audienceOf,
  hasAnyRole,
  hasRole,
  readGrant,
  roles,
  scopedRoles,
  type AccountVerb,
  type Actor,
  type Grant,
  type Role,
  type RoleScope,
} from './domain.ts'
export {
  addPerson,
  createInvitation,
  inviteFirstAdmin,
  resendInvitation,
  revokeInvitation,
  type InvitationRequest,
  type Invited,
} from './invitations.ts'
export {
  changeRole,
  endVisits,
  requireSecondFactor,
  resumeUser,
  setGrants,
  suspendUser,
  type PersonChange,
} from './people.ts'
export { canAdminister, canUseDesk } from './policy.ts'
export type { AccountTables } from './schema.ts'
export {
  findUser,
  hasAdmin,
  insertUser,
  listPeople,
  listSecondFactorRoles,
  readAccountNames,
  replaceGrants,
  type Account,
  type AccountDb,
  type AccountStatus,
  type PeopleFilter,
} from './store.ts'
export { readCreditedNames } from './store-consents.ts'
export { listAccountLog, type AccountEvent } from './store-events.ts'
export { listPendingInvitations, type Invitation, type InvitationState } from './store-invitations.ts'
export { insertVisit, type Visit } from './store-visits.ts'
export { findActorOfVisit, findVisit, signVisitToken, visitCookie, type VisitOf } from './visits.ts'
export { actorName } from './naming.ts'
