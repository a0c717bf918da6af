import { setTimeout as pause } from 'node:timers/promises'

export type HubVersionOptions = {
  /** Asks the database for the hub version: the number every publish, withdraw and public edit moves on. */
  read: () => Promise<number>
  /** Milliseconds of a clock that never goes back. */
  ticks?: () => number
  onFault?: (error: unknown) => void
}

export type HubVersion = {
  /** The version, when it was asked for within the last second. */
  current: () => number | undefined
  /** The version, asked for when it must be; nothing when it has been unknown for too long. */
  look: () => Promise<number | undefined>
  /** To be called after a change made by this process: the next reader sees it. */
  forget: () => void
}

/** A process asks at most this often, in milliseconds. */
const EVERY = 1000
/** Readers wait this long for a slow database; then they get what there is. */
const PATIENCE = 500
/** When the database does not answer, pages are served on for a minute: time enough to restart it, and no page is older than that. */
const GRACE = 60_000

/** Knows the hub version. Callers at the same time share one question. */
export function watchHubVersion({ read, ticks = () => performance.now(), onFault }: HubVersionOptions): HubVersion {
  let version: number | undefined
  let confirmedAt = -Infinity
  let askedAt = -Infinity
  let beganAt = -Infinity
  let question: Promise<void> | undefined
  let turn = 0

  const known = () => (ticks() - confirmedAt < GRACE ? version : undefined)

  async function ask(mine: number): Promise<void> {
    const startedAt = ticks()
    try {
      const answer = await read()
      if (mine !== turn) return
      version = answer
      confirmedAt = startedAt
    } catch (error) {
      onFault?.(error)
    } finally {
      if (mine === turn) {
        // A fast failure is not asked again at once either.
        askedAt = startedAt
        question = undefined
      }
    }
  }

  return {
    current: () => (question === undefined && ticks() - askedAt < EVERY ? known() : undefined),
    look: async () => {
      if (question === undefined && ticks() - askedAt < EVERY) return known()
      if (question === undefined) {
        beganAt = ticks()
        question = ask(turn)
      }
      const patience = PATIENCE - (ticks() - beganAt)
      if (patience > 0) await Promise.race([question, pause(patience, undefined, { ref: false })])
      return known()
    },
    forget: () => {
      turn += 1
      question = undefined
      askedAt = -Infinity
    },
  }
}
