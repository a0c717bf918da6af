import { Hono, type Context } from 'hono'
import { readAccountNames } from '#features/accounts/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { csvAnswer } from '#platform/csv/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { zonedToInstant } from '#platform/time.ts'
import { renderPage } from '#ui/index.ts'
import { cursorOf, listAuditLines, readCursor, walkAudit, type AuditFilter } from './audit.ts'
import type { AdminDeps } from './deps.ts'
import { canReadAudit } from './policy.ts'
import { onlyFor } from './requests.ts'
import { AuditPage, type AuditChoice } from './views/audit-page.tsx'

type PageCall = Context<PageEnv>

const PAGE = 50
/** Lines of one file. */
const MOST = 100_000

/** Who did what to the hub, its records and its people. */
export function auditRoutes(deps: AdminDeps): Hono<PageEnv> {
  const guard = onlyFor(canReadAudit)
  return new Hono<PageEnv>()
    .use('/audit', guard)
    .use('/audit.csv', guard)
    .get('/audit', async (c) => c.html(await auditPage(deps, c)))
    .get('/audit.csv', (c) => {
      const filter = toFilter(readChoice(c), c.var.page.hub.timeZone)
      const heading = ['at', 'actor', 'deed', 'subject', 'detail']
      return csvAnswer('audit.csv', heading, exportRows(deps, filter))
    })
}

async function* exportRows(deps: AdminDeps, filter: AuditFilter) {
  for await (const lines of walkAudit(deps, filter, MOST)) {
    yield lines.map(({ at, actor, deed, subject, detail }) => [at, actor, deed, subject, JSON.stringify(detail)])
  }
}

/** What the address asks for; what cannot be read is no page. */
function readChoice(c: PageCall): AuditChoice {
  const asked = (name: string, pattern: RegExp) => {
    const value = (c.req.query(name) ?? '').trim()
    if (value !== '' && !pattern.test(value)) throw new NotFoundError()
    return value
  }
  return {
    actor: asked('actor', /^[\w.:-]{1,100}$/),
    deed: asked('deed', /^[a-z.-]{1,60}$/),
    subject: asked('subject', /^[^\p{Cc}]{1,2000}$/u),
    from: asked('from', /^\d{4}-\d\d-\d\d$/),
    to: asked('to', /^\d{4}-\d\d-\d\d$/),
  }
}

function toFilter({ actor, deed, subject, from, to }: AuditChoice, zone: string): AuditFilter {
  return {
    ...(actor !== '' && { actor }),
    ...(deed !== '' && { deed }),
    ...(subject !== '' && { subject }),
    ...(from !== '' && { from: startOf(from, zone, 0) }),
    ...(to !== '' && { to: startOf(to, zone, 1) }),
  }
}

/** The first moment of a day, or of one some days later, where the hub is. */
function startOf(day: string, zone: string, later: number): string {
  try {
    return zonedToInstant(
      Temporal.PlainDate.from(day, { overflow: 'reject' }).add({ days: later }).toString(),
      '00:00',
      zone,
    )
  } catch {
    throw new NotFoundError()
  }
}

async function auditPage(deps: AdminDeps, c: PageCall): Promise<string> {
  const choice = readChoice(c)
  const after = c.req.query('after') ?? null
  if (after !== null && readCursor(after) === null) throw new NotFoundError()
  const filter = toFilter(choice, c.var.page.hub.timeZone)
  const found = await listAuditLines(deps, filter, { after, limit: PAGE + 1 })
  const lines = found.slice(0, PAGE)
  const names = await readAccountNames(
    deps.accounts.accounts,
    lines.flatMap(({ actor, subject }) => [actor, subject ?? '']),
  )
  const last = lines.at(-1)
  const next = found.length > PAGE && last ? cursorOf(last) : null
  return renderPage(
    <AuditPage context={c.var.page} lines={lines} names={names} choice={choice} next={next} isFirst={after === null} />,
  )
}
