import { Hono } from 'hono'
import { canCreate, isVisible, loadRecords, visibleIds, type PageEnv, type Reader } from '#features/records/index.ts'
import { onSession, type PageCall, type Seminar, type Session } from '#features/seminars/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { policyWith } from '#platform/http/index.ts'
import { writeClock } from '#platform/time.ts'
import { renderPage } from '#ui/index.ts'
import { readSecond, type Recording } from '../domain.ts'
import { listSessionRecordings, type RecordingDeps } from '../reading.ts'
import { spanQuery, withQuery } from '../views/addresses.ts'
import { EmbedPage } from '../views/embed-page.tsx'
import { MomentPage } from '../views/moment-page.tsx'
import { citeSpan, keptIn } from './citing.ts'
import { readEnd, readTime } from './domain.ts'
import { chooseRecording, readQuote } from './reading.ts'
import { findKept, type KeptMoment } from './store.ts'

interface Place {
  readonly seminar: Seminar
  readonly session: Session
  readonly recording: Recording
  readonly which: string | null
}

/** A span of a recording: how it is cited, and as other sites show it. Paths come after the language. */
export function momentRoutes(deps: RecordingDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/seminars/:slug/sessions/:number/moment', async (c) => {
      return onRecording(deps, c, '/moment', async (place) => momentPage(deps, c, place))
    })
    .get('/seminars/:slug/sessions/:number/embed', async (c) => {
      // Whoever frames it shows it to everybody, so it is drawn for a visitor whoever asks.
      c.set('reader', { ...c.var.reader, audience: ['public'] })
      return onRecording(deps, c, '/embed', async (place) => embedPage(deps, c, place))
    })
}

async function onRecording(
  deps: RecordingDeps,
  c: PageCall,
  suffix: string,
  answer: (place: Place) => Promise<Response>,
): Promise<Response> {
  const asked = new URL(c.req.url).search
  return onSession(deps, c, suffix + asked, async ({ seminar, session }) => {
    const recordings = await listSessionRecordings(deps, c.var.reader, session.id)
    const recording = chooseRecording(recordings, c.req.query('recording'))
    if (!recording) throw new NotFoundError('recording')
    return answer({ seminar, session, recording, which: recording === recordings[0] ? null : recording.id })
  })
}

async function momentPage(deps: RecordingDeps, c: PageCall, place: Place): Promise<Response> {
  const { seminar, session, recording } = place
  const context = await c.var.credit(session.translators)
  const typed = { from: c.req.query('t') ?? '', to: c.req.query('to') ?? '' }
  const page = { context, seminar, session, typed, keepHref: null }
  const from = readTime(typed.from)
  const to = typed.to.trim() === '' ? null : readTime(typed.to)
  const isUnread = from === null || (to === null && typed.to.trim() !== '')
  if (isUnread || (to !== null && to <= from)) {
    const isAsked = typed.from !== '' || typed.to !== ''
    const problem = isAsked ? context.t(isUnread ? 'moment.noTime' : 'moment.backwards') : null
    return c.html(renderPage(<MomentPage {...page} moment={null} problem={problem} />), isAsked ? 422 : 200)
  }
  const { reader } = c.var
  const asked = { from, to, play: c.req.query('play'), text: c.req.query('text') }
  const [quote, isPublic] = await Promise.all([
    readQuote(deps, reader, place, asked),
    isOpen(deps, reader, [seminar.id, session.id, recording.id]),
  ])
  const kept = { recordingId: recording.id, span: quote.span }
  const id = await findKept(deps.recordings, kept, visibleIds(deps.records, 'moment', reader))
  const moment = citeSpan({ seminar, session, quote, isPublic, id }, context)
  const keepHref = canCreate(c.var.actor, 'moment') ? keepAddress(c.var.lang, kept) : null
  return c.html(renderPage(<MomentPage {...page} keepHref={keepHref} moment={moment} problem={null} />))
}

/** The form of the desk that keeps a moment, filled in. */
function keepAddress(lang: string, { recordingId, span }: KeptMoment): string {
  const times = { startsAt: writeClock(span.from), endsAt: writeClock(span.to) }
  return withQuery(`/${lang}/desk/records/new/moment`, { of: recordingId, ...times })
}

/** Whether visitors see all of these records. */
async function isOpen({ records }: RecordingDeps, reader: Reader, ids: readonly string[]): Promise<boolean> {
  const loaded = await loadRecords(records, ids, [])
  return ids.every((id) => isVisible(loaded.get(id), { ...reader, audience: ['public'] }))
}

async function embedPage(deps: RecordingDeps, c: PageCall, place: Place): Promise<Response> {
  const from = readSecond(c.req.query('t') ?? '0')
  const to = readEnd(from, c.req.query('to'))
  if (from === null || to === undefined) throw new NotFoundError('second')
  const asked = { from, to, play: c.req.query('play'), text: c.req.query('text') }
  const { seminar, session } = place
  const quote = await readQuote(deps, c.var.reader, place, asked)
  const href = withQuery(session.href, { ...spanQuery(quote.span), ...keptIn(quote) }, '#recording')
  const page = <EmbedPage context={c.var.page} seminar={seminar} session={session} quote={quote} href={href} />
  return c.html(renderPage(page), 200, { 'content-security-policy': policyWith({ 'frame-ancestors': '*' }) })
}
