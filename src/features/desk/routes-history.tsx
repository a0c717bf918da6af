import { Hono } from 'hono'
import { readFileRef } from '#features/files/index.ts'
import { canRevert, findHistoryLine, listHistory, loadRecords, type PageEnv } from '#features/records/index.ts'
import { InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { readSent, valueOf } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { saveRecord } from './actions.ts'
import { nameOfLine, valueOfLine } from './conflicts.ts'
import type { DeskDeps } from './deps.ts'
import { showFact } from './facts.ts'
import { frame, readNames, readPage, requireActor, valuesOfLines, type DeskCall } from './page.tsx'
import { readFactValues, requireGuarded } from './standing.ts'
import { HistoryPage } from './views/history-page.tsx'
import { recordPath } from './views/record-frame.tsx'
import { factOf } from './views/value.tsx'

const pageSize = 50

/** What happened to a record, and putting an earlier value back. */
export function historyRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/history', async (c) => c.html(await drawHistory(deps, c, c.req.param('id'), null)))
    .post('/:id/history/revert', async (c) => revert(deps, c, c.req.param('id')))
}

async function drawHistory(deps: DeskDeps, c: DeskCall, id: string, problem: string | null): Promise<string> {
  const { guarded, kind } = await requireGuarded(deps, c.var.actor, id)
  const page = readPage(c.req.query('page'))
  const { lines, total } = await listHistory(deps.records, id, { limit: pageSize, offset: (page - 1) * pageSize })
  const pages = Math.max(1, Math.ceil(total / pageSize))
  if (lines.length === 0 && page > 1) throw new NotFoundError('page')
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!record) throw new NotFoundError('record')
  const facts = await readFactValues(deps.records, kind, id)
  return renderPage(
    <HistoryPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      lines={lines}
      page={page}
      pages={pages}
      version={record.version}
      names={await readNames(deps, c, kind, valuesOfLines(lines))}
      actors={await deps.nameActors([...new Set(lines.map((line) => line.actor))])}
      zone={facts['timeZone']?.[0] ?? deps.zone}
      problem={problem}
      isSaved={c.req.query('saved') !== undefined}
    />,
  )
}

/** Puts back what a field held before one line of the history, as an edit like any other. */
async function revert(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  const { kind } = await requireGuarded(deps, actor, id, canRevert)
  const { values } = await readSent(c.req.raw)
  const [number, version] = [valueOf(values, 'line'), valueOf(values, 'version')]
  if (!/^\d{1,15}$/.test(number) || !/^\d{1,15}$/.test(version))
    throw new InvalidInputError('form', 'names no line of the history')
  const line = await findHistoryLine(deps.records, id, Number(number))
  const name = line && nameOfLine(line, line.lang ?? '')
  if (!line || !name || name === 'slug') throw new NotFoundError('line of the history')
  const fact = factOf(kind, name)
  const before = valueOfLine(name, line.before)
  const facts = await readFactValues(deps.records, kind, id)
  const replaced = fact?.insteadOf !== undefined && before.length > 0 ? { [`fact.${fact.insteadOf}`]: [] } : {}
  const wanted = { [name]: fact ? showFact(fact, before, facts) : before, ...replaced }
  const ref = readFileRef(before[0] ?? '')
  const saved = await saveRecord(deps, actor, id, {
    lang: line.lang,
    version: Number(version),
    since: null,
    values: wanted,
    known: ref ? [ref.sha256] : [],
  })
  if (saved.outcome === 'saved')
    return c.redirect(`${recordPath(c.var.page, id, 'history')}?saved=${saved.version}`, 303)
  const { t } = c.var.page
  if (saved.outcome === 'conflict') return c.html(await drawHistory(deps, c, id, t('desk.revert.moved')), 409)
  const [first] = saved.problems
  return c.html(await drawHistory(deps, c, id, t('desk.revert.refused', { why: first ? t(first.message) : '' })), 422)
}
