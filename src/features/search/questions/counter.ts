import { isByReader, type SeenPage } from '#platform/http/index.ts'
import type { Instant } from '#platform/time.ts'
import type { SearchDb } from '../store-index.ts'
import { isResultTarget, readSearchTarget, type QuestionCounts } from './domain.ts'
import { addQuestions } from './store.ts'

/** Counts what is searched for in vain: in memory, written down now and then. Nothing is kept of whoever asked. */
export interface QuestionCounter {
  /** A page was given to somebody. */
  readonly count: (page: SeenPage) => void
  /** Writes down what was counted: now and then by itself, and when the hub stops. */
  readonly flush: () => Promise<void>
}

interface CounterOptions {
  readonly db: SearchDb
  readonly now: () => Instant
  /** Of the hub itself: where a page says that it was reached from. */
  readonly origin: string
  /** Hears of counts that could not be written; they are written later. */
  readonly onFault: (error: unknown) => void
}

/** Milliseconds between two writings, at most. */
const EVERY = 60_000
/** So many questions are counted at once; they are written down before there are more. */
const MOST = 1000

const none: QuestionCounts = { asked: 0, empty: 0, opened: 0 }

/**
 * A question is asked by a page of the search, answered from memory or not: the page notes how many results it has. It led somewhere when
 * the next page says that it was reached from there (`Referer`, which pages of the hub send each other). People who have signed in are not
 * counted at all.
 */
export function createQuestionCounter({ db, now, origin, onFault }: CounterOptions): QuestionCounter {
  let counts = new Map<string, QuestionCounts>()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (counts.size === 0) return
    const counted = counts
    counts = new Map()
    try {
      await addQuestions(db, [...counted].map(toRow), now().slice(0, 10))
    } catch (error) {
      for (const [key, more] of counted) if (counts.size < MOST) add(key, more)
      onFault(error)
    }
  }

  const flush = async () => {
    writing = writing.then(write)
    return writing
  }

  function add(key: string, more: QuestionCounts): void {
    const { asked, empty, opened } = counts.get(key) ?? none
    counts.set(key, { asked: asked + more.asked, empty: empty + more.empty, opened: opened + more.opened })
  }

  return {
    count: (page) => {
      const seen = readSeen(page, origin)
      if (seen === null || (counts.size >= MOST && !counts.has(seen.key))) return
      add(seen.key, seen.more)
      if (counts.size === MOST) void flush()
      else timer ??= setTimeout(() => void flush(), EVERY).unref()
    },
    flush,
  }
}

/** What a page adds to the counts, and of which question; null: nothing. Most pages are told from searches by a glance. */
function readSeen(page: SeenPage, origin: string): { readonly key: string; readonly more: QuestionCounts } | null {
  const { target, note } = page
  if (!page.isAnonymous) return null
  if (target.includes('/search?')) {
    const asked = readSearchTarget(target)
    if (!asked?.isPlain || note === undefined || !isByReader(page)) return null
    return { key: keyOf(asked), more: { ...none, asked: 1, empty: note === '0' ? 1 : 0 } }
  }
  const from = page.header('referer') ?? ''
  if (!from.startsWith(`${origin}/`) || !from.includes('/search?') || !isResultTarget(target)) return null
  const asked = readSearchTarget(from.slice(origin.length))
  return asked && isByReader(page) ? { key: keyOf(asked), more: { ...none, opened: 1 } } : null
}

const keyOf = ({ lang, words }: { readonly lang: string; readonly words: string }) => `${lang} ${words}`

function toRow([key, counts]: readonly [string, QuestionCounts]) {
  const [, lang = '', words = ''] = /^(\S+) (.*)$/s.exec(key) ?? []
  return { lang, words, ...counts }
}
