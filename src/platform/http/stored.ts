import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import {
  brotliCompress,
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  gunzipSync,
  gzip,
  gzipSync,
  type BrotliOptions,
} from 'node:zlib'
import type { Coding } from './accept-encoding.ts'

const brotliAsync = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

/** Up to so many bytes, packing takes less time than asking another thread to do it. */
const PACKED_AT_ONCE = 64 * 1024

/** Shorter bodies gain nothing that is worth a header. */
const LEAST_TO_PACK = 300
const packable = /^(text\/|application\/(json|xml|javascript|[\w.-]+\+(json|xml))|image\/svg\+xml)/

/** Headers of an answer that belong to its content, and are kept with it. */
const contentHeaders = [
  'content-type',
  'content-language',
  'content-disposition',
  'content-location',
  'content-security-policy',
  'cache-control',
  'link',
  'location',
  'access-control-allow-origin',
  'x-robots-tag',
]

type Bodies = Partial<Record<Coding, Buffer>>

/** A finished answer in every coding that readers take. The identity bytes are let go once packed. */
export type Stored = {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /**
   * Weak, and the same for every coding: what compares equal is the content, not the bytes (RFC 9110 §8.8.1), so that brotli may be
   * packed tighter later and several processes agree. Pages are never sent in ranges, so nobody needs a strong one.
   */
  readonly etag: string | undefined
  readonly route: string
  /** What the page says of itself to whoever counts pages. */
  readonly note: string | undefined
  /** Milliseconds since 1970, or Infinity. */
  readonly validUntil: number
  readonly bodies: Bodies
}

export type PackOptions = {
  route: string
  note?: string
  validUntil?: number
  vary?: string
  brotliQuality?: number
  /** For an answer to one reader, the only coding it will be sent in. */
  coding?: Exclude<Coding, 'identity'>
}

/** Reads an answer to its end and packs it. Brotli at 5 takes about a millisecond for a page; `packTighter` does the rest. */
export async function pack(response: Response, options: PackOptions): Promise<Stored> {
  const body = Buffer.from(await response.arrayBuffer())
  const type = response.headers.get('content-type') ?? ''
  const isPackable = packable.test(type) && !response.headers.has('content-encoding')
  const headers = contentHeaders.flatMap((name): [string, string][] => {
    const value = response.headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  const vary = [isPackable ? 'Accept-Encoding' : '', options.vary ?? ''].filter(Boolean).join(', ')
  if (vary) headers.push(['vary', vary])
  const { route, note, validUntil = Infinity } = options
  const etag = response.status === 200 ? `W/"${hash('sha256', body, 'base64url').slice(0, 22)}"` : undefined
  const bodies = isPackable && body.length >= LEAST_TO_PACK ? await packBodies(body, options) : { identity: body }
  return { status: response.status, headers, etag, route, note, validUntil, bodies }
}

async function packBodies(body: Buffer, { brotliQuality = 5, coding }: PackOptions): Promise<Bodies> {
  const brotli = brotliOptions(body, brotliQuality)
  const isShort = body.length <= PACKED_AT_ONCE
  const [br, gz] = await Promise.all([
    coding !== 'gzip' && (isShort ? brotliCompressSync(body, brotli) : brotliAsync(body, brotli)),
    coding !== 'br' && (isShort ? gzipSync(body, GZIP) : gzipAsync(body, GZIP)),
  ])
  return { ...(br && { br }), ...(gz && { gzip: gz }) }
}

const GZIP = { level: 6 }

/** Brotli with the size told beforehand, which saves some bytes. */
const brotliOptions = (body: Buffer, quality: number): BrotliOptions => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  },
})

/** The same answer with its brotli bytes as small as they get: about 10 % less, for some 40 ms of a spare thread. */
export async function packTighter(stored: Stored): Promise<Stored> {
  const { br } = stored.bodies
  if (!br) return stored
  const body = identityOf(stored)
  const tighter = await brotliAsync(body, brotliOptions(body, 11))
  return tighter.length < br.length ? { ...stored, bodies: { ...stored.bodies, br: tighter } } : stored
}

/** The bytes for a reader, in the first of the codings that there is. */
function chooseBody(stored: Stored, codings: readonly Coding[]): { coding: Coding; body: Buffer } {
  for (const coding of codings) {
    const body = stored.bodies[coding]
    if (body) return { coding, body }
    if (coding === 'identity') break
  }
  return { coding: 'identity', body: identityOf(stored) }
}

function identityOf({ bodies }: Stored): Buffer {
  if (bodies.identity) return bodies.identity
  if (bodies.gzip) return gunzipSync(bodies.gzip)
  return bodies.br ? brotliDecompressSync(bodies.br) : Buffer.alloc(0)
}

/** Bytes of memory an answer takes, its headers roughly included. */
export function sizeOf({ bodies }: Stored): number {
  return 1024 + (bodies.br?.length ?? 0) + (bodies.gzip?.length ?? 0) + (bodies.identity?.length ?? 0)
}

/** Whether `If-None-Match` names this answer, by weak comparison (RFC 9110 §13.1.2). */
export function isNotModified(ifNoneMatch: string | null | undefined, etag: string | undefined): boolean {
  if (!ifNoneMatch || !etag) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  const opaque = etag.replace(/^W\//, '')
  return Array.from(ifNoneMatch.matchAll(/"[^"]*"/g)).some(([tag]) => tag === opaque)
}

/** Which headers a 304 repeats (RFC 9110 §15.4.5); those of the content stay with what the reader has. */
const repeated = new Set(['cache-control', 'content-location', 'vary', 'access-control-allow-origin'])

/** Status, headers and body for one reader. HEAD gets the headers of GET. */
export function answerWith(
  stored: Stored,
  codings: readonly Coding[],
  request: { isHead: boolean; ifNoneMatch: string | null | undefined },
): { status: number; headers: [string, string][]; body: Buffer | null } {
  const etag: [string, string][] = stored.etag ? [['etag', stored.etag]] : []
  if (isNotModified(request.ifNoneMatch, stored.etag)) {
    const kept = stored.headers
      .filter(([name]) => repeated.has(name))
      .map(([name, value]): [string, string] => [name, value])
    return { status: 304, headers: [...kept, ...etag], body: null }
  }
  const { coding, body } = chooseBody(stored, codings)
  const headers = stored.headers.map(([name, value]): [string, string] => [name, value])
  if (coding !== 'identity') headers.push(['content-encoding', coding])
  headers.push(['content-length', String(body.length)], ...etag)
  return { status: stored.status, headers, body: request.isHead ? null : body }
}
