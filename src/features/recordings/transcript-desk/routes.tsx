import { Hono } from 'hono'
import { formOf, frame, requireActor, requireOfKind, type DeskCall, type DeskDeps } from '#features/desk/index.ts'
import { loadRecords, type PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readSent, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { recordingTables } from '../store.ts'
import { TranscriptEditorPage } from '../views/transcript-editor-page.tsx'
import { lineValues } from './form.ts'
import { saveTranscript, stampOf } from './save.ts'
import { loadTranscript } from './standing.ts'
import { findLineAt } from './store.ts'

/** The screen on which the lines of captions are edited. Its address is below that of the track's record. */
export function transcriptDeskRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/transcript', async (c) => show(deps, c, c.req.param('id')))
    .post('/:id/transcript', async (c) => save(deps, c, c.req.param('id')))
}

/** The number of the line that the stretch begins with. */
function firstOf(c: DeskCall): number {
  const asked = c.req.query('from') ?? '1'
  if (!/^[1-9]\d{0,6}$/.test(asked)) throw new NotFoundError('line')
  return Number(asked)
}

/** The stretch that is asked for, or the one in which a second is spoken. */
async function show(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const at = c.req.query('at')
  if (at === undefined) return c.html(await draw(deps, c, id, {}))
  await requireOfKind(deps, c.var.actor, id, 'track')
  if (!/^\d{1,6}(\.\d+)?$/.test(at)) throw new NotFoundError('second')
  const number = await findLineAt(recordingTables(deps.records), id, Math.round(Number(at) * 1000))
  return c.redirect(`${c.req.path}?from=${number}`, 302)
}

async function save(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  await requireOfKind(deps, actor, id, 'track')
  const { values } = await readSent(c.req.raw)
  const standing = await loadTranscript(deps.records, id, firstOf(c))
  const saved = await saveTranscript(deps, actor, id, standing, values)
  if (saved.outcome === 'saved') return c.redirect(`${c.req.path}?from=${standing.first}&saved=1`, 303)
  if (saved.outcome === 'conflict') return c.html(await draw(deps, c, id, { values, isConflict: true }), 409)
  return c.html(await draw(deps, c, id, { values, problems: saved.problems }), 422)
}

interface Drawn {
  readonly values?: FieldValues
  readonly problems?: readonly FieldProblem[]
  readonly isConflict?: boolean
}

async function draw(deps: DeskDeps, c: DeskCall, id: string, drawn: Drawn): Promise<string> {
  const { guarded, kind } = await requireOfKind(deps, c.var.actor, id, 'track')
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!record) throw new NotFoundError('track')
  const standing = await loadTranscript(deps.records, id, firstOf(c))
  const values = { ...lineValues(standing.lines, standing.first), ...drawn.values, seen: [stampOf(standing.lines)] }
  return renderPage(
    <TranscriptEditorPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, values, drawn.problems)}
      standing={standing}
      actors={await deps.nameActors([...new Set(standing.changes.map(({ actor }) => actor))])}
      isSaved={c.req.query('saved') !== undefined}
      isConflict={drawn.isConflict === true}
    />,
  )
}
