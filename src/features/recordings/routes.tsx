import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { onSession, seminarJsonLd, SessionPage, type PageCall } from '#features/seminars/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { policyWith } from '#platform/http/index.ts'
import type { PdfCompiler } from '#platform/pdf/index.ts'
import { renderPage } from '#ui/index.ts'
import type { Chapter } from './chapters/domain.ts'
import { readSecond } from './domain.ts'
import { outsidePlayer } from './embeds/outside.ts'
import { readEnd } from './moments/domain.ts'
import { momentRoutes } from './moments/routes.tsx'
import { listSessionRecordings, type RecordingDeps } from './reading.ts'
import { showRecording, type ShownRecording } from './transcript.ts'
import { RecordingSection } from './views/recording-section.tsx'
import { captionFile, chapterFile, chapterName } from './ways-out/files.ts'
import { recordingJsonLd } from './ways-out/json-ld.ts'

/** What pages of a session differ by: the span, the languages that play and that are read, what is looked for, what plays from elsewhere, the chapter that is taken along, and which recording is meant. */
export const sessionQuery: readonly string[] = ['t', 'to', 'play', 'text', 'find', 'outside', 'chapter', 'recording']

/** The page of a session with what was recorded of it, and its captions as files. Paths come after the language. */
export function recordingRoutes(deps: RecordingDeps, pdf: PdfCompiler): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .route('/', momentRoutes(deps))
    .get('/seminars/:slug/sessions/:number', async (c) => sessionPage(deps, c))
    .get('/seminars/:slug/sessions/:number/captions/:file{[A-Za-z0-9-]+\\.(?:vtt|srt|txt|docx|pdf)}', async (c) => {
      return captionFile(deps, pdf, c, c.req.param('file'))
    })
    .get('/seminars/:slug/sessions/:number/chapters/:file{[A-Za-z0-9-]+\\.(?:vtt|json)}', async (c) => {
      return chapterFile(deps, c, c.req.param('file'))
    })
}

async function sessionPage(deps: RecordingDeps, c: PageCall): Promise<Response> {
  // An address of another language leads to the proper one at the same second.
  return onSession(deps, c, new URL(c.req.url).search, async ({ seminar, session }) => {
    const asked = c.req.query('t')
    const second = readSecond(asked)
    const end = readEnd(second, c.req.query('to'))
    if ((asked !== undefined && second === null) || end === undefined) throw new NotFoundError('second')
    const recordings = await listSessionRecordings(deps, c.var.reader, session.id)
    const { play, text, find, outside, recording } = c.req.query()
    const choice = { second, end, play, text, find, outside }
    const planned = { seminar, session }
    const shown = await Promise.all(
      recordings.map(async (one, place) => {
        const isAsked = recording === undefined || one.id === recording
        return showRecording(
          deps,
          c.var.reader,
          one,
          isAsked ? choice : { ...nothingAsked, play, text },
          planned,
          place,
        )
      }),
    )
    const context = await c.var.credit(session.translators)
    const { origin } = c.var.page.hub
    const nameOf = (chapter: Chapter) => chapterName(chapter, c.var.page.t)
    // Machines read as visitors do: what only members may see is described to nobody.
    const isVisitor = c.var.reader.audience.every((one) => one === 'public') && !c.var.reader.drafts
    const told = isVisitor ? shown.flatMap((one) => recordingJsonLd(one, { origin, path: session.href, nameOf })) : []
    const jsonLd = [seminarJsonLd(seminar, origin), ...told]
    const page = renderPage(
      <SessionPage context={context} seminar={seminar} session={session} jsonLd={told.length > 0 ? jsonLd : jsonLd[0]}>
        {shown.map((one) => (
          <RecordingSection of={one} path={session.href} context={context} />
        ))}
      </SessionPage>,
    )
    return c.html(page, 200, outsidePolicy(shown))
  })
}

const nothingAsked = { second: null, end: null, find: undefined, outside: undefined }

/** Lets the one host in that the reader wished to see; nothing else about the page's policy changes. */
function outsidePolicy(shown: readonly ShownRecording[]): Record<string, string> {
  const track = shown.find(({ outside }) => outside !== null)?.outside
  const player = track && outsidePlayer(track.href)
  if (!player) return {}
  const host = `https://${player.host}`
  const own = player.kind === 'frame' ? { 'frame-src': host } : { 'media-src': `'self' ${host}` }
  return { 'content-security-policy': policyWith(own) }
}
