import {
  catalogueFormats,
  listWorkLanguages,
  listWorks,
  writeInPieces,
  type CatalogueFormat,
} from '#features/library/index.ts'
import { listIds, type Reader } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { acceptedCodings } from '#platform/http/index.ts'
import { narrow, type CatalogueFileContext, type Context } from './library-part.ts'
import type { Turns } from './turns.ts'

/**
 * The most works of one file: a larger library comes in parts, and each says where the next one begins, `?after={id}`. The rows of a
 * spreadsheet are all held until the last is there.
 */
const mostExported = (format: CatalogueFormat) => (format === 'xlsx' ? 5000 : 20_000)

/** Works read in one turn. */
const BATCH = 100

/** Sends a part of the library, read while it is sent. Parts go by ids: what is withdrawn between two of them makes none be skipped. */
export async function sendExport(
  { deps, languages, origin, mostWorks }: CatalogueFileContext,
  inTurn: Turns,
  c: Context,
  reader: Reader,
  format: CatalogueFormat,
): Promise<Response> {
  const most = mostWorks ?? mostExported(format)
  const after = readAfter(c.req.queries('after'))
  const within = await narrow(deps, reader, c.req.query())
  // One more tells whether there is another part.
  const found = await listIds(deps.records, 'publication', reader, within, { after, limit: most + 1 })
  const ids = found.slice(0, most)
  const last = ids.at(-1)
  if (found.length > most && last !== undefined) c.header('link', `<${nextPart(c.req.url, last)}>; rel="next"`)
  const langs = [...new Set([...languages, ...(await listWorkLanguages(deps, ids))])]
  const readWorks = async function* () {
    for (let at = 0; at < ids.length; at += BATCH) {
      const works = await inTurn(async () => listWorks(deps, reader, ids.slice(at, at + BATCH)))
      yield works.map(({ work }) => work)
    }
  }
  const body = toStream(writeInPieces(readWorks(), format, { origin, lang: reader.lang, langs }))
  const name = after === null ? 'library' : `library-after-${after}`
  const headers = {
    'content-type': catalogueFormats[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
    vary: 'Accept-Encoding',
  }
  // Packed on the way: what is packed by the hub is held whole before.
  const isPacked = format !== 'xlsx' && acceptedCodings(c.req.header('accept-encoding')).includes('gzip')
  if (!isPacked) return c.body(body, 200, headers)
  return c.body(body.pipeThrough(new CompressionStream('gzip')), 200, { ...headers, 'content-encoding': 'gzip' })
}

function readAfter([asked, ...more]: readonly string[] = []): string | null {
  if (asked === undefined) return null
  if (more.length > 0 || !/^pub_\w{1,60}$/.test(asked)) throw new NotFoundError('part')
  return asked
}

function nextPart(url: string, after: string): string {
  const next = new URL(url)
  next.searchParams.set('after', after)
  return next.pathname + next.search
}

/** Reads as fast as it is asked; whoever goes away ends it. */
function toStream(pieces: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : Uint8Array.from(value))
      },
      cancel: async () => void (await pieces.return(undefined)),
    },
    { highWaterMark: 0 },
  )
}
