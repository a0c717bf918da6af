import { expect, test } from 'vitest'
import { audienceOf, hasRole, type Actor, type Grant } from './domain.ts'
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
