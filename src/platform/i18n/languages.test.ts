import { expect, test } from 'vitest'
import {
  canonicalLanguageTag,
  capitalise,
  direction,
  isolate,
  languageName,
  negotiateLanguage,
  ownName,
  readerChain,
  regionName,
} from './index.ts'

test('the direction of a language follows from its script', () => {
  const directions = ['fr', 'ar', 'fa', 'ur', 'he', 'ku', 'ckb', 'ar-Latn', 'pa-Arab', 'und', '???'].map(direction)
  expect(directions).toEqual(['ltr', 'rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'rtl', 'ltr', 'rtl', 'ltr', 'ltr'])
})

test('languages are named in each other and by themselves', () => {
  expect(['en', 'fr', 'es', 'ar', 'pt'].map(ownName)).toEqual([
    'English',
    'Français',
    'Español',
    'العربية',
    'Português',
  ])
  expect([languageName('fr', 'en'), languageName('en', 'fr'), languageName('fr', 'ar')]).toEqual([
    'French',
    'anglais',
    'الفرنسية',
  ])
  expect([languageName('not a tag', 'en'), ownName('qqq')]).toEqual(['not a tag', 'Qqq'])
})

test('places are named from ISO 3166 and M49 codes, and the world is no country', () => {
  const names = ['ET', 'et', '015', '001', 'Global', 'global'].map((code) => regionName(code, 'en'))
  expect(names).toEqual(['Ethiopia', 'Ethiopia', 'Northern Africa', 'World', 'World', 'World'])
  expect([regionName('CI', 'fr'), regionName('001', 'ar')]).toEqual(['Côte d’Ivoire', 'العالم'])
})

test('a code that names no place is shown as it is', () => {
  expect(['Atlantis', '', '<b>', '9999', 'XX'].map((code) => regionName(code, 'en'))).toEqual([
    'Atlantis',
    '',
    '<b>',
    '9999',
    'XX',
  ])
})

test('a language tag is made canonical, or is none', () => {
  expect(['FR-fr', 'zh-hant-tw', 'iw', 'ar'].map(canonicalLanguageTag)).toEqual(['fr-FR', 'zh-Hant-TW', 'he', 'ar'])
  const wrong = ['', 'f', 'fr_FR', 'français', 'en-', '../etc', `en-${'a'.repeat(200)}`]
  expect(wrong.map(canonicalLanguageTag)).toEqual(wrong.map(() => null))
})

test('a first letter is made a capital without breaking what follows', () => {
  expect([capitalise('', 'en'), capitalise('istanbul', 'tr'), capitalise('😀a', 'en')]).toEqual(['', 'İstanbul', '😀a'])
})

test('an address keeps its order inside a right-to-left sentence', () => {
  expect(isolate('abc-123')).toBe('\u2068abc-123\u2069')
})

const hub = ['en', 'fr', 'es', 'ar', 'pt'] as const

test.each([
  ['fr', 'fr'],
  ['fr-CA,en;q=0.5', 'fr'],
  ['de, ar;q=0.4, es;q=0.7', 'es'],
  ['EN;Q=0.1, pt-BR;Q=0.9', 'pt'],
  ['zh-Hant-x-a-fr', 'en'],
  ['ar-u-nu-latn', 'ar'],
  ['*', 'en'],
  ['*;q=0.5, fr;q=0.6', 'fr'],
  ['en;q=0', 'fr'],
  ['en;q=0, *', 'fr'],
  ['de', 'en'],
  ['', 'en'],
  ['fr;q=2', 'en'],
  ['fr;q=abc, es', 'es'],
  [';;;,,,fr', 'fr'],
  ['../../etc/passwd', 'en'],
  [`${'x'.repeat(5000)},fr`, 'en'],
  ['en;q=0,fr;q=0,es;q=0,ar;q=0,pt;q=0', 'en'],
])('a reader who accepts “%s” is answered in %s', (header, expected) => {
  expect(negotiateLanguage(header, hub)).toBe(expected)
})

test('a reader who says nothing is answered in the first language', () => {
  expect([negotiateLanguage(null, hub), negotiateLanguage(undefined, ['ar'])]).toEqual(['en', 'ar'])
})

test('texts are looked for in the page’s language, then others the reader accepts, then the hub’s', () => {
  expect(readerChain('ar', 'pt-BR;q=0.8, de, fr;q=0', ['en', 'fr', 'ar'])).toEqual([
    'ar',
    'de',
    'pt-BR',
    'pt',
    'en',
    'fr',
  ])
  expect(readerChain('fr', null, ['en', 'fr'])).toEqual(['fr', 'en'])
  expect(readerChain('fr', 'a b c;;q, *', ['en'])).toEqual(['fr', 'en'])
})
