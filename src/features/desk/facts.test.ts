import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChoices, findConflicts, lineOfValue, nameOfLine, valueOfLine } from './conflicts.ts'
import { clockState, listCountries, listPlaces, localTime, readFact, showFact } from './facts.ts'
import type { Fact, FactValue } from './kind.ts'
import { moveOne } from './routes-record.tsx'

const common = { name: 'x', label: 'desk.title' } as const
const read = (fact: Fact, ...sent: string[]) => {
  const result = readFact(fact, sent, {}, () => 'Europe/Brussels')
  return result.ok ? result.value.join('|') : result.message
}

test('each type of fact takes what it can hold and refuses the rest', () => {
  const text: Fact = { ...common, type: 'text', pattern: /^[a-z-]+$/ }
  expect([read(text, ' ab-c '), read(text, 'A b'), read(text, ''), read(text, 'x'.repeat(501))]).toEqual([
    'ab-c',
    'desk.problem.pattern',
    '',
    'form.tooLong',
  ])
  const number: Fact = { ...common, type: 'number', min: 1, max: 99 }
  expect(['7', '007', '0', '100', '1.5', '-1', '1e1', '٣'].map((sent) => read(number, sent))).toEqual([
    '7',
    '7',
    ...Array(6).fill('desk.problem.number'),
  ])
  const day: Fact = { ...common, type: 'day' }
  expect(['2024-02-29', '2023-02-29', '1899-12-31', '31/02/2022'].map((sent) => read(day, sent))).toEqual([
    '2024-02-29',
    ...Array(3).fill('desk.problem.day'),
  ])
  const period: Fact = { ...common, type: 'period' }
  expect(['2017', '2017-03', '2017-03-15', '2017-13', '2017-02-30', '17'].map((sent) => read(period, sent))).toEqual([
    '2017',
    '2017-03',
    '2017-03-15',
    ...Array(3).fill('desk.problem.period'),
  ])
  const url: Fact = { ...common, type: 'url' }
  expect(
    ['https://example.org/a b', 'ftp://x.org', 'javascript:alert(1)', '//x.org', 'x'].map((sent) =>
      read(url, sent).slice(0, 16),
    ),
  ).toEqual(['https://example.', ...Array(4).fill('desk.problem.url')])
  const zone: Fact = { ...common, type: 'zone' }
  expect([read(zone, 'Africa/Nairobi'), read(zone, 'Mars/Base')]).toEqual(['Africa/Nairobi', 'desk.problem.zone'])
  const language: Fact = { ...common, type: 'language' }
  expect([read(language, 'pt-br'), read(language, 'not a tag')]).toEqual(['pt-BR', 'desk.problem.language'])
  const country: Fact = { ...common, type: 'country' }
  expect([read(country, 'BE'), read(country, '150'), read(country, 'XX')]).toEqual([
    'BE',
    'form.invalid',
    'form.invalid',
  ])
  const flag: Fact = { ...common, type: 'flag' }
  expect([read(flag, '', 'on'), read(flag, ''), read(flag, 'yes')]).toEqual(['on', '', 'form.invalid'])
  const select: Fact = { ...common, type: 'select', required: true, choices: [{ value: 'a', label: 'desk.title' }] }
  expect([read(select, 'a'), read(select, 'b'), read(select, '')]).toEqual(['a', 'form.invalid', 'form.required'])
  const choices: Fact = {
    ...common,
    type: 'choices',
    choices: ['a', 'b', 'c'].map((value) => ({ value, label: 'desk.title' })),
  }
  expect([read(choices, '', 'c', 'a', 'c'), read(choices, ''), read(choices, 'a', 'd')]).toEqual([
    'c|a',
    '',
    'form.invalid',
  ])
  const again = (...sent: string[]) => readFact(choices, sent, { x: ['c', 'a'] }, () => 'UTC')
  expect([again('', 'a', 'c'), again('a', 'b', 'c')]).toEqual([
    { ok: true, value: ['c', 'a'] },
    { ok: true, value: ['c', 'a', 'b'] },
  ])
  const lines: Fact = { ...common, type: 'lines', pattern: /^\d{3}$/ }
  expect([read(lines, '002\n\n 019 \n002'), read(lines, '2'), read(lines, 'x\n'.repeat(300))]).toEqual([
    '002|019',
    'form.invalid',
    'form.invalid',
  ])
  const places: Fact = { ...common, type: 'places', role: 'covers' }
  expect([read(places, '', 'BE', '002', 'BE'), read(places, 'ZZZ')]).toEqual(['BE|002', 'form.invalid'])
  const one: Fact = { ...common, type: 'record', kinds: ['person'] }
  expect([read(one, 'per_1'), read(one, 'per_1', 'per_2')]).toEqual(['per_1', 'desk.problem.one'])
})

const instant: Fact = { ...common, name: 'at', type: 'instant', zone: 'zone' }

test('an hour is read on the clock of its zone; one that clocks skip is refused', () => {
  expect(
    ['2026-03-29T01:30', '2026-03-29T02:30', '2026-10-25T02:30', '2026-10-25 02:30', '2026-10-25T25:00'].map((sent) =>
      read(instant, sent),
    ),
  ).toEqual([
    '2026-03-29T00:30:00.000Z',
    'desk.problem.skipped',
    '2026-10-25T00:30:00.000Z',
    'desk.problem.instant',
    'desk.problem.instant',
  ])
  expect(['2026-03-29', '2026-10-25', '2026-11-01'].map((day) => clockState(day, '02:30', 'Europe/Brussels'))).toEqual([
    'skipped',
    'twice',
    'once',
  ])
})

test('whatever is kept, showing it and sending it back unchanged keeps it, to the second hour of a doubled one', () => {
  const zones = ['Europe/Brussels', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC']
  const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
      const current = { at: [moment.toISOString()], zone: [zone] }
      const shown = showFact(instant, current.at, current)
      expect(readFact(instant, shown, current, () => zone)).toEqual({ ok: true, value: current.at })
    }),
  )
  // In another zone the same clock time is another moment.
  const moved = readFact(
    instant,
    ['2026-01-01T10:00'],
    { at: ['2026-01-01T09:00:00.000Z'], zone: ['Europe/Brussels'] },
    () => 'UTC',
  )
  expect(moved).toEqual({ ok: true, value: ['2026-01-01T10:00:00.000Z'] })
  expect(localTime('2026-01-01T09:00:30.000Z', 'UTC')).toBe('2026-01-01T09:00:30.000')
})

test('places are the 249 countries of ISO 3166-1, Kosovo and the regions of M49', () => {
  expect(listCountries().length).toBe(250)
  expect(listPlaces().includes('001')).toBe(true)
  expect(['EU', 'ZZ', 'UK', 'SU'].filter((code) => listPlaces().includes(code))).toEqual([])
})

test('what a line of history is about has a name in the form of its language only', () => {
  const names = [
    { verb: 'edit', field: 'title', lang: 'fr' },
    { verb: 'edit', field: 'title', lang: 'en' },
    { verb: 'edit', field: 'slug', lang: 'fr' },
    { verb: 'edit', field: 'form', lang: null },
    { verb: 'edit', field: 'visibility', lang: null },
    { verb: 'publish', field: null, lang: null },
  ] as const
  expect(names.map((line) => nameOfLine(line, 'fr'))).toEqual([
    'text.title',
    null,
    'slug',
    'fact.form',
    'visibility',
    null,
  ])
})

test('a value goes into the history and comes back the same', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'))
  fc.assert(
    fc.property(fc.array(word), (value) => {
      expect(valueOfLine('fact.x', lineOfValue(value))).toEqual(value)
    }),
  )
  expect(valueOfLine('text.x', 'one\ntwo')).toEqual(['one\ntwo'])
})

test('of each field that differs it is told whose change it is', () => {
  const theirs: Record<string, FactValue> = { 'text.a': ['A2'], 'text.b': ['B'], 'text.c': ['C2'], 'text.d': ['D'] }
  const yours = { 'text.a': ['A3'], 'text.b': ['B2'], 'text.c': ['C'], 'text.d': ['D'] }
  const line = { id: 1, recordId: 'x', at: '', actor: 'them', verb: 'edit' as const, lang: 'en', after: null }
  const since = [
    { ...line, field: 'a', before: 'A' },
    { ...line, field: 'a', before: 'A1' },
    { ...line, field: 'c', before: 'C' },
  ]
  const found = findConflicts(theirs, yours, since, 'en').map(({ name, base, changedBy }) => [name, base[0], changedBy])
  expect(found).toEqual([
    ['text.a', 'A', 'both'],
    ['text.b', 'B', 'you'],
    ['text.c', 'C', 'them'],
  ])
})

test('a choice puts theirs in the place of yours, lists too', () => {
  const sent = {
    'text.a': ['mine'],
    'fact.b[]': ['', 'x'],
    'pick.text.a': ['yours'],
    'pick.fact.b': ['theirs'],
    'theirs.text.a': ['t'],
    'theirs.fact.b': ['y', 'z'],
  }
  const chosen = applyChoices(sent)
  expect([chosen['text.a'], chosen['fact.b'], chosen['fact.b[]'], chosen['pick.text.a']]).toEqual([
    ['mine'],
    ['y', 'z'],
    undefined,
    undefined,
  ])
})

test('one entry of a list is moved a place, and none over the edge', () => {
  const list = ['a', 'b', 'c']
  expect(
    [moveOne(list, 'b', 'up'), moveOne(list, 'b', 'down'), moveOne(list, 'a', 'up'), moveOne(list, 'z', 'down')].map(
      (one) => one.join(''),
    ),
  ).toEqual(['bac', 'acb', 'abc', 'abc'])
})
