import { setTimeout as pause } from 'node:timers/promises'
import type { PassageSource } from './domain.ts'
import { prepareEngine } from './store-engine.ts'
import { forgetDamaged, isGone, isIndexEmpty, restoreShape } from './store-shape.ts'
import { forgetStamps, readStamps, removeEntries, writeEntries, type SearchDb } from './store-index.ts'

/** Entries that are read at once. */
const BATCH = 25

export interface Refreshing {
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => Promise<void> | void
}

/**
 * Brings the index in step with its sources: reads what has another stamp, takes out what is gone. A few entries are written at a time,
 * so one that is broken off goes on where it was, and whoever searches meanwhile finds the rest.
 */
export async function refreshIndex(
  db: SearchDb,
  sources: readonly PassageSource[],
  { signal, progress }: Refreshing = {},
): Promise<void> {
  await prepareEngine(db)
  const work = []
  for (const source of sources) {
    const known = await readStamps(db, source.name)
    const entries = await source.list()
    const there = new Set(entries.map(({ id }) => id))
    await removeEntries(
      db,
      [...known.keys()].filter((id) => !there.has(id)),
    )
    const changed = entries.filter(({ id, stamp }) => known.get(id) !== stamp)
    for (let from = 0; from < changed.length; from += BATCH)
      work.push({ source, entries: changed.slice(from, from + BATCH) })
  }
  const total = work.reduce((sum, { entries }) => sum + entries.length, 0)
  let done = 0
  for (const { source, entries } of work) {
    const documents = await source.read(entries.map(({ id }) => id))
    signal?.throwIfAborted()
    await writeEntries(
      db,
      source.name,
      entries.map(({ id, stamp }) => ({ id, stamp, documents: documents.get(id) ?? [] })),
    )
    done += entries.length
    await progress?.(done, total)
  }
}

/** Reads everything again, while the hub answers from what is there. */
export async function rebuildIndex(db: SearchDb, sources: readonly PassageSource[], how: Refreshing): Promise<void> {
  await restoreShape(db)
  await forgetStamps(db)
  await refreshIndex(db, sources, how)
}

/** Makes again what is gone of the index behind the hub's back; the next refreshing reads it. */
export async function mendIndex(db: SearchDb): Promise<void> {
  await restoreShape(db)
  await forgetDamaged(db)
}

/** How far the index is: as the hub is now; behind it; or gone, so that only titles can be searched. */
export type IndexState = 'current' | 'behind' | 'lost'

/** What the search asks of the index. */
export interface IndexKeeper {
  readonly state: () => Promise<IndexState>
  /** It turned out not to be there: it is made again. */
  readonly lose: () => void
}

/** Milliseconds that somebody who searches waits for the index. */
const PATIENCE = 1500

/** Keeps the index in step with the hub version whenever somebody asks, and makes it again when it is lost. */
export function createIndexKeeper(
  db: SearchDb,
  sources: readonly PassageSource[],
  readVersion: () => Promise<number>,
): IndexKeeper {
  let seen: number | undefined
  let reading: Promise<void> | undefined
  let isLost = false
  /** There is nothing in this hub to be found. */
  let isBare = false

  async function read(version: number): Promise<void> {
    const isMending = isLost
    if (isMending) await mendIndex(db)
    await refreshIndex(db, sources)
    isBare = await isIndexEmpty(db)
    seen = version
    if (isMending) isLost = false
  }

  async function follow(version: number): Promise<boolean> {
    // What somebody else began may be too early for this reader.
    await reading?.catch(() => undefined)
    if (seen === version && !isLost) return true
    reading ??= read(version)
      .catch((error: unknown) => {
        isLost ||= isGone(error)
        throw error
      })
      .finally(() => (reading = undefined))
    await reading
    return true
  }

  return {
    state: async () => {
      const [version, isEmpty] = await Promise.all([readVersion(), isIndexEmpty(db).catch(isGone)])
      if (isEmpty && !isBare && seen !== undefined) isLost = true
      if (isLost) {
        // What fails now is tried again with the next question.
        follow(version).catch(() => undefined)
        return 'lost'
      }
      if (version === seen) return 'current'
      const abandoned = new AbortController()
      const { signal } = abandoned
      const late = pause(PATIENCE, false, { signal }).catch(() => false)
      const isCurrent = await Promise.race([follow(version).catch(() => false), late])
      abandoned.abort()
      if (isCurrent) return 'current'
      return isEmpty ? 'lost' : 'behind'
    },
    lose: () => {
      isLost = true
    },
  }
}
