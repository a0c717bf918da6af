import { watchHubVersion, type HubVersionOptions } from './hub-version.ts'
import { packTighter, sizeOf, type Stored } from './stored.ts'

export type PageCacheOptions = HubVersionOptions & {
  /** Bytes of memory; 64 MB when not said. 0 keeps nothing: every page is made anew. */
  maxBytes?: number
  /** Milliseconds since 1970. */
  now?: () => number
}

export type PageCache = {
  /** What is kept and valid, when that can be told without asking anybody. */
  find: (key: string) => Stored | undefined
  /** What is kept and valid, else what `make` makes. Nothing when the page is not one to keep: then each reader's is made for them. */
  findOrMake: (
    key: string,
    make: () => Promise<Stored | undefined>,
  ) => Promise<{ stored: Stored; isHit: boolean } | undefined>
  /** After a change made by this process, its readers see it at once. */
  forgetVersion: () => void
  readonly bytes: () => number
  readonly pages: () => number
}

const DEFAULT_BYTES = 64_000_000
/** Read so often, a page is worth packing tighter. */
const POPULAR = 4
/** Share of the memory for pages that were asked for twice; a flood of pages asked for once cannot push those out. */
const PROTECTED_SHARE = 0.8

type Kept = { stored: Stored; size: number; hits: number }

/** Finished pages of one hub version, least recently read first out. One reader makes a page; the others wait for it. */
export function createPageCache(options: PageCacheOptions): PageCache {
  const { maxBytes = DEFAULT_BYTES, now = Date.now } = options
  const hubVersion = watchHubVersion(options)
  const shelf = createShelf(maxBytes)
  const making = new Map<string, Promise<Stored | undefined>>()
  let shelfVersion: number | undefined

  function turnTo(version: number): void {
    if (version === shelfVersion) return
    shelfVersion = version
    shelf.clear()
    making.clear()
  }

  function take(key: string): Stored | undefined {
    const kept = shelf.take(key)
    if (!kept) return undefined
    if (kept.stored.validUntil <= now()) {
      shelf.remove(key)
      return undefined
    }
    if (kept.hits === POPULAR) shelf.tighten(key, kept)
    return kept.stored
  }

  return {
    find: (key) => {
      const version = hubVersion.current()
      if (version === undefined) return undefined
      turnTo(version)
      return take(key)
    },
    findOrMake: async (key, make) => {
      if (maxBytes === 0) return toMade(await make())
      const version = await hubVersion.look()
      if (version === undefined) return undefined
      turnTo(version)
      const kept = take(key)
      if (kept) return { stored: kept, isHit: true }
      const running = making.get(key)
      if (running) {
        const stored = await running.catch(() => undefined)
        return stored && { stored, isHit: true }
      }
      const made = make()
      making.set(key, made)
      try {
        const stored = await made
        // A page begun before the version moved on may hold what was: it goes to its reader, not on the shelf.
        if (stored && version === shelfVersion && stored.validUntil > now()) shelf.put(key, stored)
        return toMade(stored)
      } finally {
        if (making.get(key) === made) making.delete(key)
      }
    },
    forgetVersion: () => hubVersion.forget(),
    bytes: () => shelf.bytes(),
    pages: () => shelf.pages(),
  }
}

const toMade = (stored: Stored | undefined) => stored && { stored, isHit: false }

/** Memory in two parts: new pages, and pages read again. */
function createShelf(maxBytes: number) {
  const fresh = new Map<string, Kept>()
  const proven = new Map<string, Kept>()
  let freshBytes = 0
  let provenBytes = 0
  let tightening: Promise<void> | undefined

  function remove(key: string): void {
    const inFresh = fresh.get(key)
    if (inFresh && fresh.delete(key)) freshBytes -= inFresh.size
    const inProven = proven.get(key)
    if (inProven && proven.delete(key)) provenBytes -= inProven.size
  }

  function prove(key: string, kept: Kept): void {
    proven.set(key, kept)
    provenBytes += kept.size
    for (const [oldest, demoted] of proven) {
      if (provenBytes <= maxBytes * PROTECTED_SHARE) break
      proven.delete(oldest)
      provenBytes -= demoted.size
      fresh.set(oldest, demoted)
      freshBytes += demoted.size
    }
  }

  function makeRoom(): void {
    for (const map of [fresh, proven]) {
      for (const key of map.keys()) {
        if (freshBytes + provenBytes <= maxBytes) return
        remove(key)
      }
    }
  }

  async function replaceTighter(key: string, kept: Kept): Promise<void> {
    const stored = await packTighter(kept.stored)
    if (proven.get(key) !== kept) return
    const size = sizeOf(stored)
    provenBytes += size - kept.size
    kept.stored = stored
    kept.size = size
  }

  return {
    take: (key: string): Kept | undefined => {
      const kept = proven.get(key)
      if (kept) {
        // Moved to the young end.
        proven.delete(key)
        proven.set(key, kept)
        kept.hits += 1
        return kept
      }
      const candidate = fresh.get(key)
      if (!candidate) return undefined
      fresh.delete(key)
      freshBytes -= candidate.size
      candidate.hits += 1
      prove(key, candidate)
      return candidate
    },
    put: (key: string, stored: Stored): void => {
      const size = sizeOf(stored) + key.length
      if (size > maxBytes / 8) return
      remove(key)
      fresh.set(key, { stored, size, hits: 0 })
      freshBytes += size
      makeRoom()
    },
    remove,
    /** One page at a time: the spare thread is for readers first. A page that finds it busy asks again when next read. */
    tighten: (key: string, kept: Kept): void => {
      if (tightening) {
        kept.hits -= 1
        return
      }
      tightening = replaceTighter(key, kept)
        .catch(() => undefined)
        .finally(() => (tightening = undefined))
    },
    clear: (): void => {
      fresh.clear()
      proven.clear()
      freshBytes = 0
      provenBytes = 0
    },
    bytes: () => freshBytes + provenBytes,
    pages: () => fresh.size + proven.size,
  }
}
