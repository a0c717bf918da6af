import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

test('steps grow while they are short and shrink when they are long, between ten rows and a hundred', async () => {
  const pace = createPace()
  const sizes = [pace.size()]
  for (let step = 0; step < 5; step += 1) {
    await pace.step(async () => undefined)
    sizes.push(pace.size())
  }
  expect(sizes).toEqual([10, 20, 40, 80, 100, 100])
  for (let step = 0; step < 3; step += 1) await pace.step(async () => pause(400))
  expect(pace.size()).toBe(10)
})

test('waiting for a turn at the database makes no step smaller', async () => {
  const pace = createPace()
  await pace.step(async (begins) => {
    await pause(200)
    begins()
  })
  expect(pace.size()).toBe(20)
})

test('a step waits for those who use the database, and not for ever', async () => {
  let asked = 0
  const pace = createPace(() => (asked += 1) < 4)
  await pace.step(async () => undefined)
  expect(asked).toBe(4)

  const crowded = createPace(() => true)
  expect(await crowded.step(async () => 'done')).toBe('done')
})
