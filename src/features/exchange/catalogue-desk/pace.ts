import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds that one step may keep pages waiting, and how many rows the first takes. */
const STEP = 40
const FIRST = 10
const MOST = 100

/** Part of the time of a step that pages have for themselves after it. */
const REST = 0.25

export interface Pace {
  /** Rows that the next step should take. */
  readonly size: () => number
  /** Does a step, and rests after it. */
  readonly step: <T>(work: () => Promise<T>) => Promise<T>
}

/** Makes long work go in steps so short that pages answer between them, on slow machines and on fast ones. */
export function createPace(): Pace {
  let size = FIRST
  return {
    size: () => size,
    step: async (work) => {
      const from = performance.now()
      const result = await work()
      const took = performance.now() - from
      const wanted = Math.round((size * STEP) / Math.max(1, took))
      // Growing slowly: one step that happened to be short says little.
      size = Math.max(1, Math.min(wanted, size * 2, MOST))
      await pause(took * REST)
      return result
    },
  }
}
