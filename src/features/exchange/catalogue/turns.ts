import { setTimeout as pause } from 'node:timers/promises'

/** Does something when its turn comes. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Does things one after the other, and rests after each for as long as it took: however many ask for much, half of the time is left to
 * everybody else.
 */
export function createTurns(): Turns {
  let free: Promise<unknown> = Promise.resolve()
  return async (work) => {
    let took = 0
    const doing = free.then(async () => {
      const from = performance.now()
      return work().finally(() => (took = performance.now() - from))
    })
    free = Promise.allSettled([doing]).then(async () => pause(took))
    return doing
  }
}
