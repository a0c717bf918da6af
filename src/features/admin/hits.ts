import type { Instant } from '#platform/time.ts'
import type { AdminDb } from './handles.ts'
import { addHits } from './store-redirects.ts'

/** How often redirects are followed: counted in memory, written down now and then. Nothing is kept of who followed them. */
export interface HitCounter {
  readonly count: (path: string) => void
  /** Writes down what was counted: now and then by itself, and when the hub stops. */
  readonly flush: () => Promise<void>
}

/** Milliseconds between two writings, at most. */
const EVERY = 30_000
/** So many paths are written down at once. */
const MOST = 500

/** Counts the hits of redirects. `onFault` hears of hits that could not be written; they are counted again later. */
export function createHitCounter(db: AdminDb, now: () => Instant, onFault: (error: unknown) => void): HitCounter {
  let hits = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (hits.size === 0) return
    const counted = hits
    hits = new Map()
    try {
      await addHits(db, counted, now().slice(0, 10))
    } catch (error) {
      for (const [path, count] of counted) hits.set(path, (hits.get(path) ?? 0) + count)
      onFault(error)
    }
  }

  const flush = async () => {
    writing = writing.then(write)
    return writing
  }

  return {
    count: (path) => {
      hits.set(path, (hits.get(path) ?? 0) + 1)
      if (hits.size === MOST) void flush()
      else timer ??= setTimeout(() => void flush(), EVERY).unref()
    },
    flush,
  }
}
