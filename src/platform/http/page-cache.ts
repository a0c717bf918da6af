import { watchHubVersion, type HubVersionOptions } from './hub-version.ts'
import { Shelf } from './shelf.ts'
import type { Stored } from './stored.ts'

export type PageCacheOptions = HubVersionOptions & {
  /** Bytes of memory; 64 MB when not said. 0 keeps nothing: every page is made anew. */
  maxBytes?: number
  /** Milliseconds since 1970. */
  now?: () => number
}

export type PageCache = {
  /** What is kept and valid for a target and the reader's Accept-Language, when that can be told without asking anybody. */
  find: (target: string, acceptLanguage?: string) => Stored | undefined
  /** Remembers which key an Accept-Language comes to for a target, so that `find` can tell the next time. */
  remember: (target: string, acceptLanguage: string, key: string) => void
  /** What is kept and valid, else what `make` makes. Nothing when the page is not one to keep: then each reader's is made for them. */
  findOrMake: (
    key: string,
    make: () => Promise<Stored | undefined>,
  ) => Promise<{ stored: Stored; isHit: boolean } | undefined>
  /** After a change made by this process, its readers see it at once. */
  forgetVersion: () => void
  /** Asks for the hub version when that is due. */
  look: () => Promise<unknown>
  readonly bytes: () => number
  readonly pages: () => number
}

const DEFAULT_BYTES = 64_000_000
/** Browsers send a few dozen values of Accept-Language; what is beyond takes the longer way. */
const LONGEST_REMEMBERED = 100
const MOST_REMEMBERED = 10_000
/** Finished pages of one hub version. One reader makes a page; the others wait for it. */
export function createPageCache(options: PageCacheOptions): PageCache {
  const { maxBytes = DEFAULT_BYTES, now = Date.now } = options
  const hubVersion = watchHubVersion(options)
  const shelf = new Shelf(maxBytes)
  const making = new Map<string, Promise<Stored | undefined>>()
  const keys = new Map<string, string>()
  let shelfVersion: number | undefined

  function turnTo(version: number): void {
    if (version === shelfVersion) return
    shelfVersion = version
    for (const kept of [shelf, making, keys]) kept.clear()
  }

  function take(key: string): Stored | undefined {
    const stored = shelf.take(key)
    if (!stored || stored.validUntil > now()) return stored
    shelf.remove(key)
    return undefined
  }

  /** A page begun before the version moved on may hold what was: it goes to its reader, not on the shelf. */
  async function makeAndKeep(key: string, version: number, make: () => Promise<Stored | undefined>) {
    const made = make()
    making.set(key, made)
    try {
      const stored = await made
      if (stored && version === shelfVersion && stored.validUntil > now()) shelf.put(key, stored)
      return stored
    } finally {
      if (making.get(key) === made) making.delete(key)
    }
  }

  return {
    find: (target, acceptLanguage = '') => {
      const version = hubVersion.current()
      if (version === undefined) return undefined
      turnTo(version)
      const key = keys.get(`${acceptLanguage}\n${target}`)
      return take(key ?? target)
    },
    remember: (target, acceptLanguage, key) => {
      if (acceptLanguage.length > LONGEST_REMEMBERED) return
      if (keys.size >= MOST_REMEMBERED) keys.clear()
      keys.set(`${acceptLanguage}\n${target}`, key)
    },
    findOrMake: async (key, make) => {
      if (maxBytes === 0) return toFound(await make(), false)
      const version = await hubVersion.look()
      if (version === undefined) return undefined
      turnTo(version)
      const kept = take(key)
      if (kept) return { stored: kept, isHit: true }
      const running = making.get(key)
      // Whoever waits in vain, because the page is not for keeping, makes their own.
      if (running) return toFound(await running.catch(() => undefined), true)
      return toFound(await makeAndKeep(key, version, make), false)
    },
    forgetVersion: hubVersion.forget,
    look: hubVersion.look,
    bytes: () => shelf.bytes,
    pages: () => shelf.pages,
  }
}

const toFound = (stored: Stored | undefined, isHit: boolean) => stored && { stored, isHit }
