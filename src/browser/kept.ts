/** What is kept of a form in this browser, and where: an entry for each form and tab, so that tabs do not write over one another. */
export interface Kept {
  readonly at: number
  /** What was typed, and what the page showed before. */
  readonly fields: string
  readonly shown: string
  /** Everything that would be sent, for forms that the hub draws again. */
  readonly all: readonly (readonly [string, string])[]
  readonly sent: boolean
  /** What the form said of that which was typed over: the record's version, the marks of single texts. */
  readonly stamps: readonly (readonly [string, string])[]
}

interface Sent {
  readonly key: string
  readonly page: string
}

const month = 30 * 24 * 3600 * 1000
const prefix = 'kept:'
const isText = (value: unknown): value is string => typeof value === 'string'

/** The browser's stores; null where it has none, or may not be used. */
function stores(): { local: Storage; tab: Storage } | null {
  try {
    return { local: window.localStorage, tab: window.sessionStorage }
  } catch {
    return null
  }
}

export const canKeep = (): boolean => stores() !== null

/** This tab's own key for a form. */
export function ownKey(place: string): string {
  const { tab } = stores() ?? {}
  const id = tab?.getItem('tab') ?? Math.random().toString(36).slice(2)
  tab?.setItem('tab', id)
  return `${prefix}${place}:${id}`
}

export function write(key: string, kept: Kept): void {
  try {
    stores()?.local.setItem(key, JSON.stringify(kept))
  } catch {
    // The browser's room for this hub is full: the form goes on without it.
  }
}

export const forget = (key: string): void => stores()?.local.removeItem(key)

export function read(key: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(stores()?.local.getItem(key) ?? 'null')
    return isKept(kept) && Date.now() - kept.at < month ? kept : null
  } catch {
    return null
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false
  const { at, fields, shown, all, stamps }: Partial<Record<keyof Kept, unknown>> = value
  return typeof at === 'number' && isText(fields) && isText(shown) && [all, stamps].every(Array.isArray)
}

/** What any tab has kept of a form, newest first. What cannot be read or is too old is forgotten, whatever form it is of. */
export function listKept(place: string): { key: string; kept: Kept }[] {
  const keys = Object.keys(stores()?.local ?? {}).filter((key) => key.startsWith(prefix))
  const entries = keys.flatMap((key) => {
    const kept = read(key)
    if (!kept) forget(key)
    return kept && key.startsWith(`${prefix}${place}:`) ? [{ key, kept }] : []
  })
  return entries.toSorted((one, other) => other.kept.at - one.kept.at)
}

/** Notes which form this tab is sending, until its next page is there. */
export function noteSent(key: string): void {
  const sent: Sent = { key, page: location.pathname }
  stores()?.tab.setItem('sent', JSON.stringify(sent))
}

/**
 * Forgets what this tab sent last when the page that came says that it is saved, or is another than the form, to which the hub led
 * on from it. The way to the sign-in is none: nothing was saved there.
 */
export function settleSent(): void {
  const text = stores()?.tab.getItem('sent')
  stores()?.tab.removeItem('sent')
  if (!text) return
  const sent: unknown = JSON.parse(text)
  if (typeof sent !== 'object' || sent === null || !('key' in sent) || !('page' in sent) || !isText(sent.key)) return
  const isSaved = document.querySelector('kept-form[saved]') !== null
  if (isSaved || isLedOnFrom(sent.page)) forget(sent.key)
}

function isLedOnFrom(page: unknown): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  const isLed = entry instanceof PerformanceNavigationTiming && entry.redirectCount > 0
  if (!isLed || /\/(sign-in|account)(\/|$)/.test(location.pathname)) return false
  return document.referrer !== '' && new URL(document.referrer).pathname === page
}
