import { expect, test } from 'vitest'
import type { Actor, Grant } from '#features/accounts/index.ts'
import { canAskMachine, canExchange, canTranslate, canUseTranslationDesk } from './policy.ts'

const actor = (...grants: Grant[]): Actor => ({ id: 'usr_1', name: 'A', lang: 'en', grants })
const arabic = actor({ role: 'translator', scope: 'ar' })
const everyLanguage = actor({ role: 'translator', scope: '*' })
const editor = actor({ role: 'editor', scope: '*' })
const admin = actor({ role: 'admin', scope: '*' })
const others = [null, actor(), actor({ role: 'organiser', scope: '*' }, { role: 'contributor', scope: '*' })]

test('the desk is for translators, editors and administrators', () => {
  expect([arabic, everyLanguage, editor, admin].map(canUseTranslationDesk)).toEqual([true, true, true, true])
  expect(others.map(canUseTranslationDesk)).toEqual([false, false, false])
})

test.each([canTranslate, canExchange, canAskMachine])('a language is written by its own translators: %o', (can) => {
  expect([arabic, everyLanguage, editor, admin].map((one) => can(one, 'ar'))).toEqual([true, true, true, true])
  expect([arabic, everyLanguage, editor, admin].map((one) => can(one, 'fr'))).toEqual([false, true, true, true])
  expect(others.map((one) => can(one, 'ar'))).toEqual([false, false, false])
})
