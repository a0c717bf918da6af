import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds that one step may keep pages waiting. */
const STEP = 20
/** Rows of the first step, and of the shortest: below that, what every step costs would be most of the work. */
const LEAST = 10
const MOST = 100

/** Part of the time of a step that pages have for themselves after it. */
const REST = 1
/** Milliseconds that a step waits at most for pages that are being made: where there is always one, work goes on nevertheless. */
const PATIENCE = 150

export interface Pace {
  /** Rows that the next step should take. */
  readonly size: () => number
  /** Does a step, and rests after it. The work says when it has its turn at the database: waiting for one is not its own time. */
  readonly step: <T>(work: (begins: () => void) => Promise<T>) => Promise<T>
}

/**
 * Makes long work go in steps so short that pages answer between them, on slow machines and on fast ones. A step waits while somebody
 * else uses the database.
 */
export function createPace(isBusy: () => boolean = () => false): Pace {
  let size = LEAST
  return {
    size: () => size,
    step: async (work) => {
      let from = performance.now()
      const result = await work(() => {
        from = performance.now()
      })
      const took = performance.now() - from
      const wanted = Math.round((size * STEP) / Math.max(1, took))
      // Growing slowly: one step that happened to be short says little.
      size = Math.max(LEAST, Math.min(wanted, size * 2, MOST))
      await pause(took * REST)
      const until = performance.now() + PATIENCE
      while (isBusy() && performance.now() < until) await pause(2)
      return result
    },
  }
}
