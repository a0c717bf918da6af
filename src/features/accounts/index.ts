export {
  audienceOf,
  hasAnyRole,
  hasRole,
  roles,
  scopedRoles,
  type Actor,
  type Grant,
  type Role,
  type RoleScope,
} from './domain.ts'
export { canAdminister, canUseDesk } from './policy.ts'
