import { Hono, type Context } from 'hono'
import { setTimeout as pause } from 'node:timers/promises'
import { canUseDesk } from '#features/accounts/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { SpoolError, type Spool, type Spooled, type StoredFile } from '#platform/files/index.ts'
import { cleanFileName, fileRef } from './domain.ts'
import { listUploaded } from './store.ts'
import { readAnnounced, readPart, requireVersion, toTusError, tusAbilities, TusError, tusHeaders } from './tus.ts'
import { keepReceived, keepTaken, type UploadDeps } from './uploads.ts'

export interface ResumableDeps extends UploadDeps {
  readonly spool: Spool
}

/** Bytes of a file that comes in parts, of all that one person has begun, how many those are, and what the disk keeps free. */
const uploadLimits = { file: 2_000_000_000, person: 6_000_000_000, uploads: 20, reserve: 100_000_000 } as const

/** Days after which an upload that nobody goes on with is forgotten. */
export const uploadDays = 3

/** Milliseconds that a client is let wait for the look at its file; it may ask again. */
const PATIENCE = 20_000

type UploadCall = Context<PageEnv>

/** `/desk/uploads`: files that come in parts and go on after a break (tus 1.0.0), for whoever may use the desk. */
export function uploadRoutes(deps: ResumableDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('*', async (c, next) => {
      if (!canUseDesk(c.var.actor)) throw new NotFoundError()
      await next()
    })
    .options('/', (c) => c.body(null, 204, tusAbilities(uploadLimits.file)))
    .options('/:id', async (c) => {
      await requireUpload(deps, c)
      return c.body(null, 204, tusAbilities(uploadLimits.file))
    })
    .post('/', async (c) => begin(deps, c))
    .get('/:id', async (c) => (c.req.method === 'HEAD' ? tellOffset(deps, c) : tellState(deps, c)))
    .patch('/:id', async (c) => receivePart(deps, c))
    .delete('/:id', async (c) => {
      requireVersion((header) => c.req.header(header))
      const { spooled, owner } = await requireUpload(deps, c)
      if (deps.spool.isBusy(owner, spooled.id)) throw new TusError(423, 'A part of this upload is being received')
      await deps.spool.remove(owner, spooled.id)
      return c.body(null, 204, tusHeaders)
    })
}

/** Bodies sent here have no limit but the length their file was announced with. */
export function uploadBodyLimit(path: string): number | undefined {
  return /^\/[\w-]+\/desk\/uploads\/[\w-]+$/.test(path) ? Infinity : undefined
}

function ownerOf(c: UploadCall): string {
  if (c.var.actor === null) throw new NotFoundError()
  return c.var.actor.id
}

async function begin({ spool }: ResumableDeps, c: UploadCall): Promise<Response> {
  const asked = (header: string) => c.req.header(header)
  requireVersion(asked)
  const announced = readAnnounced(asked, uploadLimits.file)
  const owner = ownerOf(c)
  const waiting = (await spool.list(owner)).filter((one) => !one.outcome && !one.isLost)
  const bytes = waiting.reduce((sum, one) => sum + one.bytes, announced.bytes)
  if (waiting.length >= uploadLimits.uploads || bytes > uploadLimits.person)
    throw new TusError(429, 'Too much has been begun and not sent to its end', { 'retry-after': '3600' })
  const open = waiting.reduce((sum, one) => sum + one.bytes - one.offset, announced.bytes)
  if ((await spool.free()) < open + uploadLimits.reserve) throw new TusError(507, 'The disk of the hub is full')
  const id = await spool.create(owner, announced)
  return c.body(null, 201, { ...tusHeaders, ...expiry(), location: `${c.req.path.replace(/\/$/, '')}/${id}` })
}

const expiry = () => ({ 'upload-expires': new Date(Date.now() + uploadDays * 86_400_000).toUTCString() })

/** An upload of whoever asks: somebody else's is not there. */
async function requireUpload({ spool }: ResumableDeps, c: UploadCall): Promise<{ spooled: Spooled; owner: string }> {
  const owner = ownerOf(c)
  const spooled = await spool.find(owner, c.req.param('id') ?? '')
  if (!spooled) throw new TusError(404, 'There is no such upload')
  if (spooled.isLost) throw new TusError(410, 'What was sent is not there any more')
  return { spooled, owner }
}

const isRefused = ({ outcome }: Spooled) => outcome !== undefined && 'refused' in outcome

async function tellOffset(deps: ResumableDeps, c: UploadCall): Promise<Response> {
  requireVersion((header) => c.req.header(header))
  const { spooled, owner } = await requireUpload(deps, c)
  if (isRefused(spooled)) throw new TusError(410, 'This upload is over')
  if (deps.spool.isBusy(owner, spooled.id)) throw new TusError(423, 'A part of this upload is being received')
  const { offset, bytes, metadata } = spooled
  const counts = { 'upload-offset': String(offset), 'upload-length': String(bytes) }
  return c.body(null, 200, {
    ...tusHeaders,
    ...expiry(),
    ...counts,
    ...(metadata !== '' && { 'upload-metadata': metadata }),
  })
}

async function receivePart(deps: ResumableDeps, c: UploadCall): Promise<Response> {
  const asked = (header: string) => c.req.header(header)
  requireVersion(asked)
  const { spooled, owner } = await requireUpload(deps, c)
  const part = readPart(asked, c.req.raw.body)
  if (isRefused(spooled)) throw new TusError(410, 'This upload is over')
  const isWhole = Boolean(spooled.outcome) || spooled.isTaken
  if (isWhole && part.offset !== spooled.bytes) throw new TusError(409, 'All of this file is there already')
  try {
    const offset = isWhole ? spooled.bytes : await deps.spool.append(owner, spooled.id, part)
    if (offset === spooled.bytes) await finishSoon(deps, owner, spooled.id)
    return c.body(null, 204, { ...tusHeaders, ...expiry(), 'upload-offset': String(offset) })
  } catch (error) {
    throw toTusError(error)
  }
}

/** What became of a file, for the page that sent it: JSON. The form then names the file by `ref`. */
async function tellState(deps: ResumableDeps, c: UploadCall): Promise<Response> {
  const { spooled, owner } = await requireUpload(deps, c)
  if (!spooled.outcome && spooled.offset === spooled.bytes) {
    await finishSoon(deps, owner, spooled.id).catch((error: unknown) => {
      if (!(error instanceof TusError)) throw toTusError(error)
    })
  }
  const { spooled: now } = await requireUpload(deps, c)
  const { outcome, offset, bytes } = now
  if (!outcome) return c.json({ state: offset === bytes ? 'checking' : 'receiving', offset, bytes }, 200, tusHeaders)
  if ('refused' in outcome) return c.json({ state: 'refused', why: outcome.refused }, 200, tusHeaders)
  if (!(await isStillTheirs(deps, owner, outcome.sha256))) {
    await deps.spool.remove(owner, now.id)
    throw new TusError(410, 'This file was not used in time, and is not there any more')
  }
  const name = cleanFileName(now.name)
  return c.json({ state: 'kept', ref: fileRef({ sha256: outcome.sha256, name }), name, bytes }, 200, tusHeaders)
}

/** Whether somebody may still choose a file that they have sent: what is not used is swept away before its upload is forgotten. */
async function isStillTheirs({ files, store }: ResumableDeps, owner: string, sha256: string): Promise<boolean> {
  return (await listUploaded(files, owner, [sha256])).has(sha256) && (await store.has(sha256))
}

/** Looks at a file that is there whole and keeps it; nobody sees it before. It goes on when the client does not wait for its end. */
async function finishSoon(deps: ResumableDeps, owner: string, id: string): Promise<void> {
  const { spool } = deps
  const finishing = spool.once(id, async () => {
    const spooled = await spool.find(owner, id)
    if (spooled && !spooled.outcome) await finish(deps, owner, spooled)
  })
  const late = new AbortController()
  finishing.catch(() => undefined)
  await Promise.race([finishing, pause(PATIENCE, undefined, { signal: late.signal }).catch(() => undefined)]).finally(
    () => late.abort(),
  )
  const done = await spool.find(owner, id)
  if (done && isRefused(done)) throw new TusError(415, 'The hub does not take files of this type')
}

async function finish(deps: ResumableDeps, owner: string, { id, name, isTaken, taken }: Spooled): Promise<void> {
  const { spool } = deps
  if (isTaken && taken) {
    if (!(await keepTaken(deps, owner, name, taken))) throw new SpoolError('gone')
    return spool.settle(owner, id, { sha256: taken.sha256, type: taken.type })
  }
  const path = spool.pathOf(owner, id)
  const beforeTaken = async (file: StoredFile) => spool.noteTaken(owner, id, file)
  const kept = await keepReceived(deps, owner, { name, path, maxBytes: uploadLimits.file, beforeTaken })
  const { sha256, type } = kept.ok ? kept.file : { sha256: '', type: '' }
  await spool.settle(owner, id, kept.ok ? { sha256, type } : { refused: kept.why })
}
