import { Hono, type Context } from 'hono'
import { NotFoundError } from '#platform/errors.ts'
import type { HubEnv } from '#platform/http/index.ts'
import { findOffer, type FileDeps, type FileViewer } from './actions.ts'
import { answerFile, answerPlaylist } from './answer.ts'
import { readFileLink } from './links.ts'

/** What names the pieces of a stream by their addresses. */
const PLAYLIST = 'application/vnd.apple.mpegurl'

/** `/{sha256}/{name}`: files, to those who may see something that refers to them. */
export function fileRoutes(deps: FileDeps, viewerOf: (c: Context<HubEnv>) => Promise<FileViewer>): Hono<HubEnv> {
  const serve = async (c: Context<HubEnv>, sha256: string, name: string) => {
    const link = readFileLink(new URL(c.req.url).searchParams)
    const offer = await findOffer(deps, await viewerOf(c), { sha256, name, link })
    if (!offer) throw new NotFoundError('file')
    // Kept for a while at most: who may see the file may change.
    if ('href' in offer) return c.body(null, 301, { location: offer.href, 'cache-control': 'no-store' })
    if (offer.link && offer.file.type === PLAYLIST) return answerPlaylist(deps, offer, offer.link)
    // Over the wire each piece is sent before the next is read.
    const opened = { passesOn: c.env?.outgoing !== undefined }
    return answerFile(deps.store, offer, { method: c.req.method, asked: (header) => c.req.header(header), opened })
  }
  return new Hono<HubEnv>()
    .get('/:sha256{[0-9a-f]{64}}', async (c) => serve(c, c.req.param('sha256'), ''))
    .get('/:sha256{[0-9a-f]{64}}/:name', async (c) => serve(c, c.req.param('sha256'), c.req.param('name')))
}
