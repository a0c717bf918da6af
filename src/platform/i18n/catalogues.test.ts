import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkCatalogue, createCatalogues, createTranslator, loadCatalogues } from './index.ts'

const locales = join(import.meta.dirname, '../../../locales')
const catalogues = loadCatalogues(locales)

const sayMissing = (lang: string, count: number) => catalogues.translator(lang)('languages.missing', { count })

const sayPlace = (lang: string, number: number, planned: number) =>
  catalogues.translator(lang)('series.place', { number, planned })

test('the hub speaks English, French, Spanish, Arabic and Portuguese', () => {
  expect(catalogues.languages.toSorted()).toEqual(['ar', 'en', 'es', 'fr', 'pt'])
})

test.each(catalogues.languages)(
  'every message of locales/%s.json is there, can be read and has all its forms',
  (lang) => {
    const source = catalogues.messages('en') ?? {}
    expect(checkCatalogue(lang, catalogues.messages(lang) ?? {}, source)).toEqual([])
  },
)

test('no message is kept that nothing says', () => {
  const folder = join(import.meta.dirname, '../..')
  const files = globSync('**/*.{ts,tsx}', { cwd: folder }).filter((path) => !path.includes('.test.'))
  const code = files.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n')
  const families = [...code.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map(([, family]) => family ?? '')
  const unsaid = Object.keys(catalogues.messages('en') ?? {}).filter((key) => {
    return !code.includes(`'${key}'`) && !families.some((family) => key.startsWith(family))
  })
  expect(unsaid).toEqual([])
})

test('French puts a narrow no-break space before its double punctuation and uses curly apostrophes', () => {
  const faults = Object.entries(catalogues.messages('fr') ?? {}).filter(([, message]) => {
    // Of times such as 1:02:03 the colons are part of the number.
    const words = message.replace(/\{[^{}]*\}/g, '').replace(/\d+(:\d\d)+/g, '0')
    return /[^\u202F\s][;:!?»]/u.test(words) || / [;:!?»]/u.test(words) || words.includes("'")
  })
  expect(faults).toEqual([])
})

test('Arabic uses its own comma, semicolon and question mark', () => {
  const faults = Object.entries(catalogues.messages('ar') ?? {}).filter(([, message]) =>
    /[\u0600-\u06FF][,;?]/u.test(message),
  )
  expect(faults).toEqual([])
})

test('a message says its values in the forms of its language', () => {
  expect([1, 3].map((count) => sayMissing('en', count))).toEqual(['1 part is missing', '3 parts are missing'])
  expect([1, 2].map((count) => sayMissing('fr', count))).toEqual(['Il manque 1 partie', 'Il manque 2 parties'])
  expect([0, 1, 2, 3, 11, 100].map((count) => sayMissing('ar', count))).toEqual([
    'لا ينقص أي جزء',
    'ينقص جزء واحد',
    'ينقص جزءان',
    'تنقص 3 أجزاء',
    'ينقص 11 جزءًا',
    'ينقص 100 جزء',
  ])
})

test('a place in a series is told in words while numbers are small', () => {
  expect(['en', 'fr', 'es', 'pt'].map((lang) => sayPlace(lang, 3, 5))).toEqual([
    'Third of five',
    'Troisième sur cinq',
    'Tercero de cinco',
    'Terceiro de cinco',
  ])
  expect(sayPlace('ar', 3, 5)).toBe('الثالثة من أصل خمس')
  expect([sayPlace('en', 22, 40), sayPlace('fr', 22, 40), sayPlace('ar', 22, 40)]).toEqual([
    '22nd of 40',
    '22e sur 40',
    'رقم 22 من أصل 40',
  ])
})

test('a language without a catalogue is answered in English, and so is a key it lacks', () => {
  expect(catalogues.translator('sw')('nav.home')).toBe('Home')
  expect(createTranslator('fr', {}, { 'nav.home': 'Home' })('nav.home')).toBe('Home')
})

test('words between angle brackets are words, not tags', () => {
  const say = createTranslator('en', { 'nav.home': 'From <b>{from}</b>' }, {})
  expect(say('nav.home', { from: 'here' })).toBe('From <b>here</b>')
})

test('without its source language there is no interface', () => {
  expect(() => createCatalogues({ fr: {} })).toThrow('source language')
})

test('a catalogue that is not an object of messages is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'locales-'))
  try {
    writeFileSync(join(folder, 'en.json'), '{"nav.home": 1}')
    expect(() => loadCatalogues(folder)).toThrow(join(folder, 'en.json'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('each way a catalogue can be wrong is told', () => {
  const source = {
    plain: 'Hello',
    named: 'Hello {name}',
    counted: '{count, plural, one {#} other {# of {name}}}',
    left: 'x',
  }
  const messages = {
    plain: ' ',
    named: 'Bonjour {nom}',
    counted: '{count, plural, one {#} other {# de {name}}}',
    left: '{count',
    more: 'x',
  }
  const problems = checkCatalogue('fr', messages, source).map(({ key, kind }) => `${key} ${kind}`)
  expect(problems).toEqual(['plain empty', 'named placeholders', 'counted plurals', 'left unreadable', 'more extra'])
  expect(checkCatalogue('ar', { plain: 'x' }, { plain: 'x', named: '{name}' })).toEqual([
    { key: 'named', kind: 'missing', detail: 'It is not translated.' },
  ])
  const lacking = checkCatalogue('ar', { n: '{count, plural, one {#} other {#}}' }, { n: '{count}' })
  expect(lacking.map(({ detail }) => detail)).toEqual(['{count} lacks the cardinal forms zero, two, few, many.'])
})
