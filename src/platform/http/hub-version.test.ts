import { expect, test } from 'vitest'
import { watchHubVersion } from './hub-version.ts'

/** A version that is read at will, under a clock that is moved by hand. */
function aWatch() {
  const state = { now: 0, version: 7, isAway: false, asked: 0 }
  const watch = watchHubVersion({
    ticks: () => state.now,
    read: async () => {
      state.asked += 1
      if (state.isAway) throw new Error('The database is away')
      return state.version
    },
  })
  return { state, watch }
}

test('a version is known for a second, then asked for again', async () => {
  const { state, watch } = aWatch()
  expect(watch.current()).toBe(undefined)
  expect(await watch.look()).toBe(7)

  state.version = 8
  state.now = 999
  expect([watch.current(), await watch.look(), state.asked]).toEqual([7, 7, 1])

  state.now = 1000
  expect(watch.current()).toBe(undefined)
  expect([await watch.look(), state.asked]).toEqual([8, 2])
})

test('without a database the version is believed for a minute and no longer, and the database is not hammered', async () => {
  const { state, watch } = aWatch()
  await watch.look()
  state.isAway = true

  state.now = 30_000
  expect([await watch.look(), await watch.look(), watch.current(), state.asked]).toEqual([7, 7, 7, 2])
  state.now = 59_999
  expect(await watch.look()).toBe(7)
  state.now = 60_000
  expect([await watch.look(), watch.current()]).toEqual([undefined, undefined])

  state.isAway = false
  state.now = 61_500
  expect(await watch.look()).toBe(7)
})

test('a database that does not answer is waited for half a second', async () => {
  let isStuck = false
  const watch = watchHubVersion({ read: async () => (isStuck ? new Promise(() => undefined) : 7) })
  await watch.look()
  isStuck = true
  watch.forget()
  const startedAt = performance.now()

  expect(await watch.look()).toBe(7)
  expect(await watch.look()).toBe(7)

  expect(performance.now() - startedAt).toBeGreaterThan(400)
  expect(performance.now() - startedAt).toBeLessThan(900)
})

test('an answer from before a change of our own is not believed after it', async () => {
  const answers = [Promise.withResolvers<number>(), Promise.withResolvers<number>()]
  let asked = 0
  const watch = watchHubVersion({ read: async () => answers[asked++]?.promise ?? 0 })
  const before = watch.look()
  watch.forget()
  const after = watch.look()

  answers[0]?.resolve(1)
  await before
  answers[1]?.resolve(2)

  expect(await after).toBe(2)
  expect(watch.current()).toBe(2)
})
