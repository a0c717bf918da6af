import type { Instant } from '#platform/time.ts'
import { hubId, kinds, type KindName } from './domain.ts'
import type { RecordDb } from './store.ts'
import { addViews } from './store-views.ts'

/** How often the pages of records are read: counted in memory, written down now and then. Nothing is kept of who read them. */
export interface ViewCounter {
  /** A page was given to somebody; `target` is its path, with or without a query. */
  readonly count: (target: string) => void
  /** Writes down what was counted: now and then by itself, and when the hub stops. */
  readonly flush: () => Promise<void>
}

/** Milliseconds between two writings, at most. */
const EVERY = 60_000
/** So many paths are counted at once; they are written down before there are more. */
const MOST = 2000

/** Which record a page shows, by its address. */
export interface PageOf {
  readonly kind: KindName
  readonly slug: string
}

const page = /^\/[\w-]{2,35}\/([a-z]+)(?:\/([^/?.]+)(?:\/[^?.]*)?)?$/

/** The record behind an address that readers see, or null: files and feeds are no pages, and lists no records. */
export function readPageAddress(target: string): PageOf | null {
  const [, section, slug] = page.exec(target.split('?', 1)[0] ?? '') ?? []
  const kind = kinds.find(({ path }) => path === section)
  if (!kind) return null
  if (kind.kind === 'hub') return slug === undefined ? { kind: 'hub', slug: hubId } : null
  if (slug === undefined) return null
  try {
    return { kind: kind.kind, slug: decodeURIComponent(slug) }
  } catch {
    return null
  }
}

/** Counts page views. `onFault` hears of views that could not be written; they are counted again later. */
export function createViewCounter(db: RecordDb, now: () => Instant, onFault: (error: unknown) => void): ViewCounter {
  let views = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (views.size === 0) return
    const counted = views
    views = new Map()
    try {
      await addViews(db, gather(counted), now().slice(0, 10))
    } catch (error) {
      for (const [path, count] of counted) if (views.size < MOST) views.set(path, (views.get(path) ?? 0) + count)
      onFault(error)
    }
  }

  const flush = async () => {
    writing = writing.then(write)
    return writing
  }

  return {
    count: (target) => {
      const known = views.get(target)
      if (known === undefined && (views.size >= MOST || readPageAddress(target) === null)) return
      views.set(target, (known ?? 0) + 1)
      if (views.size === MOST) void flush()
      else timer ??= setTimeout(() => void flush(), EVERY).unref()
    },
    flush,
  }
}

function gather(counted: ReadonlyMap<string, number>): (PageOf & { count: number })[] {
  return [...counted].flatMap(([target, count]) => {
    const found = readPageAddress(target)
    return found ? [{ ...found, count }] : []
  })
}
