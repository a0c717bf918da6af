import { Hono } from 'hono'
import { formOf, frame, requireOfKind, type DeskCall, type DeskDeps } from '#features/desk/index.ts'
import { loadRecords, type PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { Ffmpeg } from '#platform/media/index.ts'
import { renderPage } from '#ui/index.ts'
import { recordingTables } from '../store.ts'
import { MediaPage } from '../views/media-page.tsx'
import { showMedia } from './show.ts'
import { forgetFailures, readTrackMedia } from './store.ts'

/** The screen with what was read in a track's file, and what is made of it. Its address is below that of the record. */
export function mediaDeskRoutes(deps: DeskDeps, findFfmpeg: () => Promise<Ffmpeg | null>): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/media', async (c) => c.html(await draw(deps, c, c.req.param('id'), findFfmpeg)))
    .post('/:id/media', async (c) => {
      const id = c.req.param('id')
      await requireOfKind(deps, c.var.actor, id, 'track')
      const media = await readTrackMedia(recordingTables(deps.records), id)
      if (media?.file) await forgetFailures(recordingTables(deps.records), media.file)
      return c.redirect(c.req.path, 303)
    })
}

async function draw(
  deps: DeskDeps,
  c: DeskCall,
  id: string,
  findFfmpeg: () => Promise<Ffmpeg | null>,
): Promise<string> {
  const { guarded, kind } = await requireOfKind(deps, c.var.actor, id, 'track')
  const record = (await loadRecords(deps.records, [id])).get(id)
  const media = await readTrackMedia(recordingTables(deps.records), id)
  if (!record || !media) throw new NotFoundError('track')
  return renderPage(
    <MediaPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, {})}
      media={showMedia(media, (await findFfmpeg())?.isEnough === true)}
    />,
  )
}
