import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { onSession, seminarJsonLd, SessionPage, type PageCall } from '#features/seminars/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { policyWith } from '#platform/http/index.ts'
import type { PdfCompiler } from '#platform/pdf/index.ts'
import { renderPage } from '#ui/index.ts'
import { readSecond, type Recording } from './domain.ts'
import { outsidePlayer } from './embeds/outside.ts'
import { readEnd } from './moments/domain.ts'
import { momentRoutes } from './moments/routes.tsx'
import { listSessionRecordings, type RecordingDeps } from './reading.ts'
import { showRecording, type ShownRecording } from './transcript.ts'
import { RecordingSection } from './views/recording-section.tsx'
import { captionFile, chapterFile } from './ways-out/files.ts'

/** What pages of a session differ by: the span, the languages that play and that are read, what is looked for, what plays from elsewhere, and the chapter that is taken along. */
export const sessionQuery: readonly string[] = ['t', 'to', 'play', 'text', 'find', 'outside', 'chapter']

/** The page of a session with what was recorded of it, and its captions as files. Paths come after the language. */
export function recordingRoutes(deps: RecordingDeps, pdf: PdfCompiler): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .route('/', momentRoutes(deps))
    .get('/seminars/:slug/sessions/:number', async (c) => sessionPage(deps, c))
    .get('/seminars/:slug/sessions/:number/captions/:file{[A-Za-z0-9-]+\\.(?:vtt|srt|txt|docx|pdf)}', async (c) => {
      return captionFile(deps, pdf, c, c.req.param('file'))
    })
    .get('/seminars/:slug/sessions/:number/chapters/:file{[A-Za-z0-9-]+\\.vtt}', async (c) => {
      return chapterFile(deps, c, c.req.param('file'))
    })
}

async function sessionPage(deps: RecordingDeps, c: PageCall): Promise<Response> {
  return onSession(deps, c, '', async ({ seminar, session }) => {
    const asked = c.req.query('t')
    const second = readSecond(asked)
    const end = readEnd(second, c.req.query('to'))
    if ((asked !== undefined && second === null) || end === undefined) throw new NotFoundError('second')
    const recordings = await listSessionRecordings(deps, c.var.reader, session.id)
    const { play, text, find, outside } = c.req.query()
    const choice = { second, end, play, text, find, outside }
    const planned = { seminar, session }
    const show = async (one: Recording) => showRecording(deps, c.var.reader, one, choice, planned)
    const shown = await Promise.all(recordings.map(show))
    const context = await c.var.credit(session.translators)
    const jsonLd = seminarJsonLd(seminar, c.var.page.hub.origin)
    const page = renderPage(
      <SessionPage context={context} seminar={seminar} session={session} jsonLd={jsonLd}>
        {shown.map((one) => (
          <RecordingSection of={one} path={session.href} context={context} />
        ))}
      </SessionPage>,
    )
    return c.html(page, 200, outsidePolicy(shown))
  })
}

/** Lets the one host in that the reader wished to see; nothing else about the page's policy changes. */
function outsidePolicy(shown: readonly ShownRecording[]): Record<string, string> {
  const track = shown.find(({ outside }) => outside !== null)?.outside
  const player = track && outsidePlayer(track.href)
  if (!player) return {}
  const host = `https://${player.host}`
  const own = player.kind === 'frame' ? { 'frame-src': host } : { 'media-src': `'self' ${host}` }
  return { 'content-security-policy': policyWith(own) }
}
