import type { FileStore, OpenOptions, StoredFile } from '#platform/files/index.ts'
import { servedAs } from '#platform/files/index.ts'
import { readRanges, type ByteRange } from '#platform/http/index.ts'
import { contentDisposition, filePolicy } from './domain.ts'
import { carryLink, type FileLink, type FileLinks } from './links.ts'

/** A file ready to go to one reader. */
export interface Offer {
  readonly file: StoredFile
  readonly name: string
  /** Everybody may have it, so everybody's caches may. */
  readonly isPublic: boolean
  /** The link that it was asked for by, where it is served to that alone. */
  readonly link: FileLink | null
}

export interface FileRequest {
  readonly method: string
  readonly asked: (header: string) => string | undefined
  readonly opened?: OpenOptions
}

/** The file is written down and not in the store: a fault of the installation, which the doctor names. */
class FileMissingError extends Error {
  override name = 'FileMissingError'
}

/**
 * The answer to GET and HEAD of a file: whole, in parts, or that the reader has it (RFC 9110 §13.2.2 and §14). `opened` says how the store
 * may give the bytes.
 */
export async function answerFile(
  store: FileStore,
  offer: Offer,
  { method, asked, opened }: FileRequest,
): Promise<Response> {
  const { file, isPublic } = offer
  const etag = `"${file.sha256}"`
  const cache = isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store'
  const same = { etag, 'cache-control': cache, 'accept-ranges': 'bytes' }
  const ifMatch = asked('if-match')
  if (ifMatch !== undefined && !names(ifMatch, etag)) return new Response(null, { status: 412, headers: same })
  const ifNoneMatch = asked('if-none-match')
  if (ifNoneMatch !== undefined && names(ifNoneMatch.replace(/W\//g, ''), etag)) {
    return new Response(null, { status: 304, headers: same })
  }
  const headers = { ...same, ...headersOf(offer) }
  if (method === 'HEAD') return new Response(null, { headers: { ...headers, 'content-length': String(file.bytes) } })
  // Only the very same bytes may be gone on with: a weak tag or a date never is (§13.1.5).
  const ifRange = asked('if-range')
  const ranges = ifRange === undefined || ifRange.trim() === etag ? readRanges(asked('range'), file.bytes) : null
  if (ranges === null) {
    const body = await openFile(store, file, undefined, opened)
    return new Response(body, { headers: { ...headers, 'content-length': String(file.bytes) } })
  }
  return answerRanges(store, file, ranges, headers, opened)
}

/** The answer to GET of a playlist by a link: whole, and with the pieces of its stream on the terms of the link. */
export async function answerPlaylist(
  { store, links }: { readonly store: FileStore; readonly links: FileLinks },
  offer: Offer,
  link: FileLink,
): Promise<Response> {
  const playlist = await new Response(await openFile(store, offer.file)).text()
  const body = Buffer.from(carryLink(playlist, link, links))
  const length = { 'content-length': String(body.length) }
  return new Response(body, { headers: { 'cache-control': 'private, no-store', ...headersOf(offer), ...length } })
}

/** Whether a list of entity tags holds this one, by strong comparison: a weak one in it is another. */
function names(list: string, etag: string): boolean {
  return list.trim() === '*' || [...list.matchAll(/(W\/)?("[^"]*")/g)].some(([, weak, tag]) => !weak && tag === etag)
}

function headersOf({ file, name, link }: Offer): Record<string, string> {
  const { contentType, inline } = servedAs(file.type)
  return {
    'content-type': contentType,
    'content-disposition': contentDisposition(name, inline),
    'content-security-policy': filePolicy(contentType),
    // Whatever is opened from a file must not learn its link.
    ...(link && { 'referrer-policy': 'no-referrer' }),
  }
}

async function answerRanges(
  store: FileStore,
  file: StoredFile,
  ranges: readonly ByteRange[],
  headers: Record<string, string>,
  opened: OpenOptions | undefined,
): Promise<Response> {
  const [range, ...others] = ranges
  if (range === undefined) {
    const nothing = { 'accept-ranges': 'bytes', 'cache-control': 'no-store', 'content-range': `bytes */${file.bytes}` }
    return new Response(null, { status: 416, headers: nothing })
  }
  if (others.length > 0) return answerParts(store, file, ranges, headers)
  const body = await openFile(store, file, range, opened)
  const content = { 'content-range': rangeOf(range, file), 'content-length': String(lengthOf(range)) }
  return new Response(body, { status: 206, headers: { ...headers, ...content } })
}

const lengthOf = ({ first, last }: ByteRange) => last - first + 1
const rangeOf = ({ first, last }: ByteRange, { bytes }: StoredFile) => `bytes ${first}-${last}/${bytes}`

/** Several parts in one answer. They are parted by the file's own hash, which no file can hold. */
async function answerParts(
  store: FileStore,
  file: StoredFile,
  ranges: readonly ByteRange[],
  headers: Record<string, string>,
): Promise<Response> {
  const { sha256: boundary } = file
  const heads = ranges.map((range) => ({
    range,
    head: `\r\n--${boundary}\r\ncontent-type: ${headers['content-type']}\r\ncontent-range: ${rangeOf(range, file)}\r\n\r\n`,
  }))
  const end = `\r\n--${boundary}--\r\n`
  const length = heads.reduce((sum, { range, head }) => sum + head.length + lengthOf(range), end.length)
  async function* write(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder()
    for (const { range, head } of heads) {
      yield encoder.encode(head)
      yield* await openFile(store, file, range)
    }
    yield encoder.encode(end)
  }
  const parts = { 'content-type': `multipart/byteranges; boundary=${boundary}`, 'content-length': String(length) }
  const body = streamOf(write())
  return new Response(body, { status: 206, headers: { ...headers, ...parts } })
}

/** Made as it is read; whoever stops reading ends the making. */
function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await parts.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function openFile(store: FileStore, { sha256 }: StoredFile, range?: ByteRange, opened?: OpenOptions) {
  const stream = await store.open(sha256, range, opened)
  if (!stream) throw new FileMissingError(`The file ${sha256} is not in the store`)
  return stream
}
