import { expect, test } from 'vitest'
import * as policy from './policy.ts'
import { moveLanguage } from './settings.ts'

const known = ['en', 'fr', 'es', 'ar', 'pt']

test.each([
  ['up', 'fr', ['fr', 'en', 'ar']],
  ['up', 'en', null],
  ['down', 'fr', ['en', 'ar', 'fr']],
  ['down', 'ar', null],
  ['remove', 'fr', ['en', 'ar']],
  ['remove', 'es', null],
  ['add', 'es', ['en', 'fr', 'ar', 'es']],
  ['add', 'fr', null],
  ['add', 'de', null],
] as const)('%s %s makes of en, fr, ar: %j', (step, lang, after) => {
  expect(moveLanguage(['en', 'fr', 'ar'], { step, lang }, known)).toEqual(after)
})

test('the last language stays', () => {
  expect(moveLanguage(['fr'], { step: 'remove', lang: 'fr' }, known)).toBe(null)
})

const of = (role: 'editor' | 'admin' | 'translator') => ({
  id: 'usr_1',
  name: 'A',
  lang: 'en',
  grants: [{ role, scope: '*' }],
})

test('administrators change the hub, editors its vocabularies, others neither', () => {
  const { canEditVocabularies, ...forAdmins } = policy
  const rules = [...Object.values(forAdmins), canEditVocabularies]
  const all = (answer: boolean) => Object.keys(forAdmins).map(() => answer)
  const may = (actor: Parameters<typeof canEditVocabularies>[0]) => rules.map((rule) => rule(actor))
  expect(may(of('admin'))).toEqual([...all(true), true])
  expect(may(of('editor'))).toEqual([...all(false), true])
  expect(may(of('translator'))).toEqual([...all(false), false])
  expect(may(null)).toEqual([...all(false), false])
})
