import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Instant } from '#platform/time.ts'
import { fileHref, type FileRef } from './domain.ts'

/** How long a link is good for, in seconds: a session with pauses. */
export const linkSeconds = 6 * 3600

/** Clocks of the processes of one hub may differ by so many seconds. */
const SKEW = 60

/** What a link to a file that is not public says beside the file: until when it is good, and to which visit it was handed. */
export interface FileLink {
  /** Seconds since 1970. */
  readonly until: number
  readonly visit: string
  readonly key: string
}

/** Makes and checks links to files that are not public. */
export interface FileLinks {
  /** The address of a file, for whoever is on a visit; good for six hours. */
  readonly hrefFor: (visit: string, file: FileRef) => string
  /** Whether the hub has made this very link, and it is still good. */
  readonly isGood: (link: FileLink, file: FileRef) => boolean
  /** The address of another file on the same terms: no later, and for nobody else. */
  readonly hrefOn: (link: FileLink, file: FileRef) => string
}

const names = ['until', 'for', 'key'] as const

/** The link in the query of an address: null when there is none, `wrong` when it can be none of ours. */
export function readFileLink(query: URLSearchParams): FileLink | 'wrong' | null {
  if (!names.some((name) => query.has(name))) return null
  const [until = '', visit = '', key = ''] = names.map((name) => {
    const [value, ...more] = query.getAll(name)
    return more.length === 0 ? value : ''
  })
  const isLink = /^[1-9]\d{0,11}$/.test(until) && /^[\w-]{1,64}$/.test(visit) && /^[\w-]{43}$/.test(key)
  return isLink ? { until: Number(until), visit, key } : 'wrong'
}

/** Links that are signed with a key of their own, which follows from the hub's secret: nothing else that it signs can pass for one. */
export function createFileLinks(secret: string, now: () => Instant): FileLinks {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'passerelle: links to files', 32))
  const seconds = () => Math.floor(Date.parse(now()) / 1000)
  const sign = (until: number, visit: string, { sha256, name }: FileRef) =>
    createHmac('sha256', key)
      .update(JSON.stringify([until, visit, sha256, name]))
      .digest('base64url')
  const hrefUntil = (until: number, visit: string, file: FileRef) =>
    `${fileHref(file.sha256, file.name)}?until=${until}&for=${visit}&key=${sign(until, visit, file)}`
  return {
    hrefFor: (visit, file) => hrefUntil(seconds() + linkSeconds, visit, file),
    hrefOn: ({ until, visit }, file) => hrefUntil(until, visit, file),
    isGood: ({ until, visit, key: given }, file) => {
      const left = until - seconds()
      return left > 0 && left <= linkSeconds + SKEW && isSame(given, sign(until, visit, file))
    },
  }
}

/** Compared in the same time wherever they differ. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** A playlist with the files that it names by `../{sha256}/{name}` on the terms of the link that it was asked for by: players ask for them by these. */
export function carryLink(playlist: string, link: FileLink, { hrefOn }: Pick<FileLinks, 'hrefOn'>): string {
  return playlist.replace(/\.\.\/([0-9a-f]{64})\/([\w.-]+)/g, (_, sha256: string, name: string) =>
    hrefOn(link, { sha256, name }),
  )
}
