import { Hono } from 'hono'
import {
  formOf,
  frame,
  recordPath,
  requireActor,
  requireOfKind,
  type DeskCall,
  type DeskDeps,
} from '#features/desk/index.ts'
import { loadRecords, type PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readSent, valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { recordingTables } from '../store.ts'
import { consentRoutes } from './consent/routes.tsx'
import { listTakedowns, readLength } from './store.ts'
import { lift, takeDown } from './takedowns.ts'
import { TakedownsPage } from './views/takedowns-page.tsx'

interface Cutting {
  /** Told that films and sounds are to be cut otherwise than before. */
  readonly queued: () => void
}

/** The screens on which a recording is cared for. Their addresses are below that of its record. */
export function careRoutes(deps: DeskDeps, cutting: Cutting): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .route('/', consentRoutes(deps))
    .get('/:id/takedowns', async (c) => c.html(await drawTakedowns(deps, c, c.req.param('id'), {})))
    .post('/:id/takedowns', async (c) => {
      const id = c.req.param('id')
      await requireOfKind(deps, c.var.actor, id, 'recording')
      const { values } = await readSent(c.req.raw)
      const problems = await takeDown(deps, requireActor(c), id, values)
      if (problems.length > 0) return c.html(await drawTakedowns(deps, c, id, { values, problems }), 422)
      cutting.queued()
      return c.redirect(`${c.req.path}?saved=1`, 303)
    })
    .post('/:id/takedowns/lift', async (c) => {
      const id = c.req.param('id')
      await requireOfKind(deps, c.var.actor, id, 'recording')
      const { values } = await readSent(c.req.raw)
      await lift(deps, requireActor(c), id, valueOf(values, 'takedown'))
      cutting.queued()
      return c.redirect(`${recordPath(c.var.page, id, 'takedowns')}?saved=1`, 303)
    })
}

interface Drawn {
  readonly values?: FieldValues
  readonly problems?: readonly FieldProblem[]
}

async function drawTakedowns(deps: DeskDeps, c: DeskCall, id: string, drawn: Drawn): Promise<string> {
  const { guarded, kind } = await requireOfKind(deps, c.var.actor, id, 'recording')
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!record) throw new NotFoundError('record')
  const own = recordingTables(deps.records)
  const takedowns = await listTakedowns(own, id)
  return renderPage(
    <TakedownsPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, drawn.values ?? {}, drawn.problems)}
      takedowns={takedowns}
      length={await readLength(own, id)}
      actors={await deps.nameActors([...new Set(takedowns.map(({ takenBy }) => takenBy))])}
      isSaved={c.req.query('saved') !== undefined}
    />,
  )
}
