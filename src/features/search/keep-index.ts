import { setTimeout as pause } from 'node:timers/promises'
import type { PassageSource } from './domain.ts'
import { prepareEngine } from './store-engine.ts'
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
  await forgetStamps(db)
  await refreshIndex(db, sources, how)
}

/** Milliseconds that somebody who searches waits for the index. */
const PATIENCE = 1500

/** Keeps the index in step with the hub version whenever somebody asks. */
export function createIndexKeeper(
  db: SearchDb,
  sources: readonly PassageSource[],
  readVersion: () => Promise<number>,
): { current: () => Promise<boolean> } {
  let seen: number | undefined
  let reading: Promise<void> | undefined

  async function follow(version: number): Promise<boolean> {
    // What somebody else began may be too early for this reader.
    await reading?.catch(() => undefined)
    if (seen === version) return true
    reading ??= refreshIndex(db, sources)
      .then(() => void (seen = version))
      .finally(() => (reading = undefined))
    await reading
    return true
  }

  return {
    /** Whether the index is as the hub is now; false when it takes longer than a reader waits. */
    current: async () => {
      const version = await readVersion()
      if (version === seen) return true
      const abandoned = new AbortController()
      const { signal } = abandoned
      const late = pause(PATIENCE, false, { signal }).catch(() => false)
      const isCurrent = await Promise.race([follow(version).catch(() => false), late])
      abandoned.abort()
      return isCurrent
    },
  }
}
