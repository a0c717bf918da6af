import { expect, test } from 'vitest'
import { passagesOf } from './passages.ts'

const line = (second: number, body: string, speaker: string | null = 'Demo') => ({
  startsAt: second * 1000,
  speaker,
  body,
})
const anchor = { on: 'sem_1', suffix: '/sessions/1?t=' }

test('lines of one speaker are a passage, with the second at which each begins', () => {
  expect(passagesOf([line(1.9, 'One  two'), line(4, ' '), line(5, 'three'), line(9, 'Four', 'Other')], anchor)).toEqual(
    [
      {
        isTitle: false,
        anchor: {
          ...anchor,
          times: [
            [0, 1],
            [8, 5],
          ],
        },
        body: 'One two three',
      },
      { isTitle: false, anchor: { ...anchor, times: [[0, 9]] }, body: 'Four' },
    ],
  )
})

test('what one speaker says at length is several passages', () => {
  const lines = Array.from({ length: 30 }, (_, index) => line(index, 'x'.repeat(60)))
  const passages = passagesOf(lines, anchor)
  expect(passages.map(({ body }) => body.length)).toEqual([548, 548, 548, 182])
  expect(passages.map((passage) => passage.anchor.times?.[0])).toEqual([
    [0, 0],
    [0, 9],
    [0, 18],
    [0, 27],
  ])
})
