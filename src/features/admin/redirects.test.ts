import { array, assert, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { isTaken, planRedirects, readAddress, type RedirectGround } from './redirects.ts'

const ground: RedirectGround = {
  origin: 'https://hub.example',
  languages: ['en', 'fr'],
  known: new Map([
    ['/a', '/b'],
    ['/b', '/c'],
  ]),
  hasRecord: (id) => id === 'sem_1',
}

const toRows = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([path, target], index) => ({ row: index + 1, path, target }))

const plan = (rows: readonly (readonly [string, string])[], more: Partial<RedirectGround> = {}) => {
  const { good, refused } = planRedirects(toRows(rows), { ...ground, ...more })
  return {
    good: good.map(({ path, target }) => `${path} → ${target}`),
    refused: refused.map(({ row, column, problem }) => `${row} ${column} ${problem}`),
  }
}

test.each([
  ['/Node/42', '/Node/42'],
  ['/page.php?id=7&b', '/page.php?id=7&b'],
  ['/séminaire', '/s%C3%A9minaire'],
  ['/s%c3%a9minaire/', '/s%C3%A9minaire'],
  ['/a//b/', '/a/b'],
  ['//evil.example', null],
  ['node/42', null],
  ['/a\\b', null],
  ['/a\nb', null],
  ['/%zz', null],
  ['/%ff', null],
  [`/${'x'.repeat(2000)}`, null],
])('%s is asked for as %s', (text, address) => {
  expect(readAddress(text)).toBe(address)
})

test('addresses that the hub answers itself are taken', () => {
  const taken = ['/', '/en', '/fr/admin', '/fr/desk/x', '/en/sign-in', '/r/sem_1', '/api', '/assets/x.css', '/healthz']
  const free = ['/en/news', '/node/1', '/de', '/apis', '/en/administration', '/rss']
  expect([taken, free].map((paths) => paths.filter((path) => isTaken(path, ['en', 'fr'])))).toEqual([taken, []])
})

test.each([
  ['sem_1', '/r/sem_1'],
  ['/fr/seminars#next', '/fr/seminars#next'],
  ['https://hub.example/fr/about?x=1', '/fr/about?x=1'],
  ['https://iom.int', 'https://iom.int/'],
])('what leads to %s is kept as %s', (target, kept) => {
  expect(plan([['/old', target]])).toEqual({ good: [`/old → ${kept}`], refused: [] })
})

test.each([
  ['', 'target targetEmpty'],
  ['sem_2', 'target targetUnknown'],
  ['javascript:alert(1)', 'target targetShape'],
  ['data:text/html,x', 'target targetShape'],
  ['//evil.example', 'target targetShape'],
  ['https://user:password@example.org/', 'target targetShape'],
  ['https://', 'target targetShape'],
  ['ftp://example.org/x', 'target targetShape'],
  ['/old', 'target self'],
  ['/old#part', 'target self'],
  ['https://hub.example/old', 'target self'],
])('nothing leads to “%s”', (target, problem) => {
  expect(plan([['/old', target]])).toEqual({ good: [], refused: [`1 ${problem}`] })
})

test('each row that is refused is named with its column, the others stand', () => {
  const rows = [
    ['/one', '/en'],
    ['', '/en'],
    ['/one/', '/fr'],
    ['/en', '/fr'],
    ['/two#x', '/fr'],
    ['/two', '/fr'],
  ] as const
  expect(plan(rows)).toEqual({
    good: ['/one → /en', '/two → /fr'],
    refused: ['2 path pathEmpty', '3 path duplicate', '4 path pathTaken', '5 path pathShape'],
  })
})

test('a loop is found through redirects that are there already, and through those without the query', () => {
  expect(plan([['/c', '/a']])).toEqual({ good: [], refused: ['1 target loop'] })
  expect(plan([['/c', '/a?x=1']])).toEqual({ good: [], refused: ['1 target loop'] })
  expect(plan([['/b', '/d']])).toEqual({ good: ['/b → /d'], refused: [] })
})

test('what leads into a loop without being of it stands; what is left of a loop stands too', () => {
  const rows = [
    ['/x', '/y'],
    ['/y', '/x'],
    ['/z', '/x'],
  ] as const
  expect(plan(rows)).toEqual({ good: ['/z → /x'], refused: ['1 target loop', '2 target loop'] })
})

test('a row that is refused leaves the older redirect in force, and no loop through it', () => {
  const rows = [
    ['/a', '/q'],
    ['/q', '/a'],
    ['/b', '/a'],
  ] as const
  expect(plan(rows)).toEqual({ good: [], refused: ['1 target loop', '2 target loop', '3 target loop'] })
})

test('whatever is asked for, following what is kept ends somewhere', () => {
  const path = integer({ min: 0, max: 12 }).map((number) => `/p${number}`)
  const pairs = array(tuple(path, path), { maxLength: 30 })
  assert(
    property(pairs, pairs, (first, second) => {
      const known = new Map<string, string>()
      for (const list of [first, second]) {
        const { good, refused } = planRedirects(toRows(list), { ...ground, known })
        expect(good.length + refused.length).toBe(list.length)
        for (const one of good) known.set(one.path, one.target)
      }
      for (const start of known.keys()) {
        let at: string | undefined = start
        for (let steps = 0; at !== undefined; steps += 1) {
          expect(steps).toBeLessThan(20)
          at = known.get(at)
        }
      }
    }),
  )
})

test('a loop of any length is found', () => {
  assert(
    property(integer({ min: 2, max: 200 }), (length) => {
      const rows = Array.from({ length }, (_, at) => [`/p${at}`, `/p${(at + 1) % length}`] as const)
      expect(plan(rows).refused.length).toBe(length)
    }),
    { numRuns: 20 },
  )
})
