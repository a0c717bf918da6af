import { Hono, type Context } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import {
  countMessages,
  deleteMessage,
  findMessage,
  listMessages,
  retryMessage,
  type MessageState,
} from '#platform/mail/index.ts'
import { renderPage, to } from '#ui/index.ts'
import type { AdminDeps } from './deps.ts'
import { handlesOf, inTransaction } from './handles.ts'
import { canUseOutbox } from './policy.ts'
import { actorOf, doneOf, onlyFor, pageOf } from './requests.ts'
import { MessagePage, OutboxPage } from './views/outbox-pages.tsx'

type PageCall = Context<PageEnv>

const PAGE = 50
const states: readonly MessageState[] = ['waiting', 'failed', 'expired', 'sent']

/** The mail that the hub has written. */
export function outboxRoutes(deps: AdminDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('/outbox/*', onlyFor(canUseOutbox))
    .get('/outbox', async (c) => c.html(await outboxPage(deps, c)))
    .get('/outbox/:id', async (c) => {
      const message = await findMessage(handlesOf(deps.db).mail, c.req.param('id'))
      if (!message) throw new NotFoundError('message')
      return c.html(renderPage(<MessagePage context={c.var.page} message={message} done={doneOf(c)} />))
    })
    .post('/outbox/:id/retry', async (c) => change(deps, c, 'retry'))
    .post('/outbox/:id/delete', async (c) => change(deps, c, 'delete'))
}

async function outboxPage(deps: AdminDeps, c: PageCall): Promise<string> {
  const page = pageOf(c)
  const asked = c.req.query('state')
  const state = states.find((one) => one === asked)
  const { mail } = handlesOf(deps.db)
  const [{ items, total }, counts] = [
    await listMessages(mail, { page, ...(state && { state }) }),
    await countMessages(mail),
  ]
  if (page > 1 && items.length === 0) throw new NotFoundError()
  const pages = Math.max(1, Math.ceil(total / PAGE))
  return renderPage(
    <OutboxPage
      context={c.var.page}
      items={items}
      counts={counts}
      state={state ?? null}
      page={page}
      pages={pages}
      done={doneOf(c)}
    />,
  )
}

async function change(deps: AdminDeps, c: PageCall, deed: 'retry' | 'delete'): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const { actor } = actorOf(c)
  const at = deps.now()
  const changed = await inTransaction(deps.db, async (tx) => {
    const done = deed === 'retry' ? await retryMessage(tx.mail, id, at) : await deleteMessage(tx.mail, id)
    if (done) await writeAudit(tx.audit, { at, actor, deed: `mail.${deed}`, subject: id })
    return done
  })
  if (!changed) throw new NotFoundError('message')
  if (deed === 'retry') deps.accounts.mailQueued()
  const path = deed === 'retry' ? `admin/outbox/${id}?done=queued` : 'admin/outbox?done=removed'
  return c.redirect(to(c.var.page, path), 303)
}
