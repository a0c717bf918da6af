import { expect, test } from 'vitest'
import {
  audienceOf,
  consentChanges,
  currentConsents,
  hasRole,
  readGrant,
  type Actor,
  type Consent,
  type Grant,
  type Purpose,
} from './domain.ts'
import { canAdminister, canUseDesk } from './policy.ts'

const actor = (...grants: Grant[]): Actor => ({ id: 'usr_1', name: 'A', lang: 'en', grants })

test('a scoped role holds for what it was given, a role for everything holds everywhere', () => {
  const arabic = actor({ role: 'translator', scope: 'ar' })
  expect(hasRole(arabic, 'translator', 'ar')).toBe(true)
  expect(hasRole(arabic, 'translator', 'fr')).toBe(false)
  expect(hasRole(arabic, 'translator')).toBe(true)
  expect(hasRole(actor({ role: 'translator', scope: '*' }), 'translator', 'fr')).toBe(true)
  expect(hasRole(null, 'member')).toBe(false)
})

test('visitors see what is public, members also what is for members, facilitators also their group', () => {
  expect(audienceOf(null)).toEqual(['public'])
  expect(audienceOf(actor())).toEqual(['public', 'members'])
  const facilitator = actor({ role: 'facilitator', scope: 'grp_1' }, { role: 'facilitator', scope: '*' })
  expect(audienceOf(facilitator)).toEqual(['public', 'members', 'grp_1'])
})

test('the desk opens for whoever changes something, administration for administrators', () => {
  expect(canUseDesk(null)).toBe(false)
  expect(canUseDesk(actor({ role: 'member', scope: '*' }))).toBe(false)
  expect(canUseDesk(actor({ role: 'translator', scope: 'ar' }))).toBe(true)
  expect(canAdminister(actor({ role: 'editor', scope: '*' }))).toBe(false)
  expect(canAdminister(actor({ role: 'admin', scope: '*' }))).toBe(true)
})

test('a grant is one that can be given, or none', () => {
  const known = [
    ['editor', '*'],
    ['translator', 'pt-BR'],
    ['organiser', 'sem_01h'],
    ['facilitator', '*'],
  ] as const
  for (const [role, scope] of known) expect(readGrant(role, scope)).toEqual({ role, scope })
  const none = [
    ['emperor', '*'],
    ['editor', 'fr'],
    ['translator', 'sem_01h'],
    ['organiser', 'fr'],
    ['', ''],
  ] as const
  for (const [role, scope] of none) expect(readGrant(role, scope)).toBe(null)
})

test('of what somebody decided the latest counts, and only what changes is noted', () => {
  const at = '2026-01-01T00:00:00.000Z'
  const decided = (purpose: Purpose, given: boolean): Consent => ({ purpose, given, at, lang: 'en', source: 'account' })
  const history = [decided('mail', true), decided('directory', true), decided('mail', false)]
  expect(currentConsents(history)).toEqual(['directory'])
  expect(currentConsents([])).toEqual([])
  expect(consentChanges(['directory'], ['recording'])).toEqual([
    { purpose: 'directory', given: false },
    { purpose: 'recording', given: true },
  ])
  expect(consentChanges(['mail'], ['mail'])).toEqual([])
})
