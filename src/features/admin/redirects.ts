import { kindOfId } from '#features/records/index.ts'
import { tidyPath } from '#platform/http/index.ts'

/** Where one address of a former site leads. */
export interface RedirectRow {
  readonly path: string
  readonly target: string
}

/** A row as it was given: with its number in a file, or 1 from a form. */
export interface WantedRedirect extends RedirectRow {
  readonly row: number
}

export type RedirectProblem =
  | 'pathEmpty'
  | 'pathShape'
  | 'pathTaken'
  | 'targetEmpty'
  | 'targetShape'
  | 'targetUnknown'
  | 'self'
  | 'duplicate'
  | 'loop'

export interface RefusedRedirect {
  readonly row: number
  readonly column: 'path' | 'target'
  readonly problem: RedirectProblem
  /** What stands in that column. */
  readonly value: string
}

/** What a list of redirects is held against. */
export interface RedirectGround {
  readonly origin: string
  readonly languages: readonly string[]
  /** Those that are there already. */
  readonly known: ReadonlyMap<string, string>
  /** Whether there is a record of this id. */
  readonly hasRecord: (id: string) => boolean
}

export interface RedirectPlan {
  readonly good: readonly WantedRedirect[]
  readonly refused: readonly RefusedRedirect[]
}

const LONGEST = 2000

/** Holds each row against the rules, the other rows and what is there already; those that are good come out as they will be kept. */
export function planRedirects(wanted: readonly WantedRedirect[], ground: RedirectGround): RedirectPlan {
  const refused: RefusedRedirect[] = []
  const read = new Map<string, WantedRedirect>()
  for (const { row, ...given } of wanted) {
    const refuse = (column: 'path' | 'target', problem: RedirectProblem) =>
      refused.push({ row, column, problem, value: given[column] })
    const path = readPath(given.path, ground.languages)
    const target = readTarget(given.target, ground)
    if (!path.ok) refuse('path', path.problem)
    else if (!target.ok) refuse('target', target.problem)
    else if (read.has(path.value)) refuse('path', 'duplicate')
    else if (withoutFragment(target.value) === path.value) refuse('target', 'self')
    else read.set(path.value, { row, path: path.value, target: target.value })
  }
  // A row that is refused leaves the older redirect of its path in force, which may close another loop.
  for (let looping = findLoops(read, ground.known); looping.size > 0; looping = findLoops(read, ground.known)) {
    for (const path of looping) {
      const one = read.get(path)
      if (one) refused.push({ row: one.row, column: 'target', problem: 'loop', value: one.target })
      read.delete(path)
    }
  }
  return { good: [...read.values()], refused: refused.toSorted((one, other) => one.row - other.row) }
}

type Read = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: RedirectProblem }

const failed = (problem: RedirectProblem): Read => ({ ok: false, problem })

/** An address as it is asked for: path and query, encoded as browsers send them, without a slash at its end. */
export function readAddress(text: string): string | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (text.length > LONGEST || !/^\/(?!\/)/.test(text) || /[\u0000-\u001f\u007f\\]/.test(text)) return null
  try {
    const { pathname, search, hash } = new URL(text, 'http://x')
    const path = tidyPath(pathname).replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase())
    decodeURIComponent(path)
    return path + search + hash
  } catch {
    return null
  }
}

function readPath(text: string, languages: readonly string[]): Read {
  if (text === '') return failed('pathEmpty')
  const path = text.includes('#') ? null : readAddress(text)
  if (path === null) return failed('pathShape')
  return isTaken(path, languages) ? failed('pathTaken') : { ok: true, value: path }
}

/** Addresses that the hub always answers itself: a redirect from there would never be followed. */
export function isTaken(path: string, languages: readonly string[]): boolean {
  const [first = '', second = ''] = path.split(/[?#]/, 1)[0]?.split('/').slice(1) ?? []
  const own = /^(r|api|assets|files|vocabularies|healthz|readyz|metrics|sitemap\.xml|robots\.txt|oai)?$/
  if (own.test(first)) return true
  return languages.includes(first) && /^(admin|desk|account|sign-in)?$/.test(second)
}

function readTarget(text: string, { origin, hasRecord }: RedirectGround): Read {
  if (text === '') return failed('targetEmpty')
  if (kindOfId(text) && /^[a-z]{3}_[0-9a-z]+$/.test(text)) {
    return hasRecord(text) ? { ok: true, value: `/r/${text}` } : failed('targetUnknown')
  }
  const path = readAddress(text)
  if (path !== null) return { ok: true, value: path }
  return readOutside(text, origin)
}

/** An address of another site, without a name or password in it; the hub's own comes out as a path. */
function readOutside(text: string, origin: string): Read {
  if (text.length > LONGEST || !/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return failed('targetShape')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return failed('targetShape')
  const own = url.origin === origin ? readAddress(url.pathname + url.search + url.hash) : null
  return { ok: true, value: own ?? url.href }
}

const withoutFragment = (target: string) => target.split('#', 1)[0] ?? ''

/** The paths among the new ones from which one would never arrive. */
function findLoops(fresh: ReadonlyMap<string, RedirectRow>, known: ReadonlyMap<string, string>): Set<string> {
  const targetOf = (path: string) => fresh.get(path)?.target ?? known.get(path)
  const looping = new Set<string>()
  const settled = new Set<string>()
  for (const start of fresh.keys()) {
    const way: string[] = []
    const onWay = new Set<string>()
    let at = ruleFor(start, targetOf)
    while (at !== null && !settled.has(at) && !onWay.has(at)) {
      way.push(at)
      onWay.add(at)
      at = ruleFor(withoutFragment(targetOf(at) ?? ''), targetOf)
    }
    if (at !== null && onWay.has(at)) {
      for (const path of way.slice(way.indexOf(at))) if (fresh.has(path)) looping.add(path)
    }
    for (const path of way) settled.add(path)
  }
  return looping
}

/** The rule that an address falls under: its own, else that of its path without the query. */
function ruleFor(address: string, targetOf: (path: string) => string | undefined): string | null {
  const path = address.split('?', 1)[0] ?? ''
  return [address, path].find((one) => targetOf(one) !== undefined) ?? null
}
