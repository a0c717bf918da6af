import { array, assert, integer, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import type { Mark } from '../domain.ts'
import { agendaMarks, chapterAt, chaptersAround, chaptersOf, chaptersWithin, stretchesOf } from './domain.ts'

const text = (value: string) => ({ lang: 'en', state: 'source' as const, value })
const titled = (startsAt: number, value: string): Mark => ({ startsAt, title: text(value), slide: null })
const slide = (startsAt: number, number: number): Mark => ({ startsAt, title: null, slide: number })
const none = { byHand: [], agenda: [], slides: [], duration: null }
const names = (chapters: readonly Mark[]) => chapters.map(({ title, slide }) => title?.value ?? `slide ${slide}`)

const slides = [slide(0, 1), slide(5000, 2)]
const agenda = [titled(0, 'Opening'), titled(60_000, 'Panel')]

test('chapters set by hand come before the agenda, and the agenda before slides', () => {
  expect(names(chaptersOf({ ...none, slides }))).toEqual(['slide 1', 'slide 2'])
  expect(names(chaptersOf({ ...none, slides, agenda }))).toEqual(['Opening', 'Panel'])
  expect(names(chaptersOf({ ...none, slides, agenda, byHand: [titled(9000, 'Mine')] }))).toEqual(['Mine'])
})

test('an agenda of which one part lies in the recording says nothing, and slides do', () => {
  expect(names(chaptersOf({ ...none, slides, agenda, duration: 60_000 }))).toEqual(['slide 1', 'slide 2'])
  expect(chaptersOf({ ...none, agenda, duration: 60_000 })).toEqual([])
})

test('chapters are in the order of their times, each ends where the next begins, and one is at a time', () => {
  const byHand = [titled(9000, 'C'), titled(0, 'A'), titled(9000, 'D'), titled(5000, 'B'), titled(10_000, 'Beyond')]
  expect(chaptersOf({ ...none, byHand, duration: 10_000 })).toEqual([
    { number: 1, startsAt: 0, endsAt: 5000, title: text('A'), slide: null },
    { number: 2, startsAt: 5000, endsAt: 9000, title: text('B'), slide: null },
    { number: 3, startsAt: 9000, endsAt: 10_000, title: text('C'), slide: null },
  ])
  expect(chaptersOf({ ...none, byHand: [titled(5, 'A')] })[0]?.endsAt).toBe(null)
})

test('a time lies in the chapter that began last', () => {
  const chapters = chaptersOf({ ...none, slides: [slide(1000, 1), slide(5000, 2)] })
  expect([999, 1000, 4999, 5000, 90_000].map((at) => chapterAt(chapters, at)?.number)).toEqual([undefined, 1, 1, 2, 2])
})

test('parts of the agenda begin where their hours fall into the recording', () => {
  const parts = [
    { title: text('Over'), startsAt: 0, endsAt: 500 },
    { title: text('Never ended'), startsAt: 0, endsAt: null },
    { title: text('Under way'), startsAt: 600, endsAt: 2000 },
    { title: text('Later'), startsAt: 2000, endsAt: null },
    { title: text('Sometime'), startsAt: null, endsAt: null },
  ]
  expect(agendaMarks(parts, 1000).map(({ startsAt, title }) => [startsAt, title?.value])).toEqual([
    [0, 'Under way'],
    [1000, 'Later'],
  ])
  expect(agendaMarks(parts, null)).toEqual([])
})

test('of a thousand chapters those around the current one are listed', () => {
  const chapters = chaptersOf({ ...none, slides: Array.from({ length: 1000 }, (_, at) => slide(at, at)) })
  const listed = (current: number, most = 60) => {
    const some = chaptersAround(chapters, current, most)
    return [some[0]?.number, some.at(-1)?.number]
  }
  expect([listed(1), listed(500), listed(1000), listed(1, 2000)]).toEqual([
    [1, 60],
    [470, 529],
    [941, 1000],
    [1, 1000],
  ])
})

test.each([
  ['without chapters each is as long as it may be', 130, [], [1, 61, 121]],
  ['chapters that fit stay together', 50, [1, 11, 21], [1]],
  ['one that does not fit begins anew', 100, [1, 41, 81], [1, 41]],
  ['a long one is cut by itself', 200, [1, 31], [1, 31, 91, 151]],
  ['what follows a long one joins its end', 120, [1, 101, 111], [1, 61]],
  ['lines that are not there count for nothing', 10, [0, 5, 5, 900], [1]],
])('stretches of a transcript: %s', (_, lines, chapterLines, starts) => {
  expect(stretchesOf(lines, chapterLines, 60)).toEqual(starts)
})

test('no stretch is longer than it may be, and all lines are in one', () => {
  assert(
    property(nat(400), array(nat(450)), integer({ min: 1, max: 80 }), (lines, some, most) => {
      const starts = stretchesOf(
        lines,
        some.toSorted((one, other) => one - other),
        most,
      )
      expect(starts[0]).toBe(1)
      const lengths = starts.map((start, at) => (starts[at + 1] ?? lines + 1) - start)
      expect(lengths.every((length) => length <= most && (length > 0 || lines === 0))).toBe(true)
    }),
  )
})

test('of a part of a recording the chapters are those that lie in it', () => {
  const chapters = chaptersOf({ ...none, slides: [slide(0, 1), slide(100, 2), slide(200, 3), slide(300, 4)] })
  const within = (startsAt: number, endsAt: number) =>
    chaptersWithin(chapters, { startsAt, endsAt }).map((one) => [one.number, one.slide, one.startsAt, one.endsAt])
  expect(within(150, 300)).toEqual([
    [1, 2, 150, 200],
    [2, 3, 200, 300],
  ])
  expect(within(350, 400)).toEqual([[1, 4, 350, 400]])
})
