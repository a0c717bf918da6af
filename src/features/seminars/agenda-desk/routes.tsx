import { Hono } from 'hono'
import {
  describe,
  findRecords,
  formOf,
  frame,
  requireActor,
  requireGuarded,
  requireOfKind,
  type DeskCall,
  type DeskDeps,
} from '#features/desk/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { numberOf, readSent, valueOf, type FieldProblem } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { AgendaBuilderPage } from '../views/agenda-builder/agenda-builder-page.tsx'
import { agendaValues, readAgendaForm, turnAgenda, type AgendaForm } from './form.ts'
import { findNotes } from './problems.ts'
import { readAgenda, saveAgenda } from './save.ts'
import { formOfAgenda, loadAgenda, type AgendaStanding } from './standing.ts'

/** The screen on which the agenda of a seminar is built. Its address is below that of the seminar's record. */
export function agendaRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/agenda', async (c) => {
      const standing = await requireAgenda(deps, c, c.req.param('id'))
      const form = formOfAgenda(standing, deps.languages)
      return c.html(await draw(deps, c, standing, { form, isSaved: c.req.query('saved') !== undefined }))
    })
    .post('/:id/agenda', async (c) => save(deps, c, c.req.param('id')))
}

async function requireAgenda(deps: DeskDeps, c: DeskCall, id: string): Promise<AgendaStanding> {
  await requireOfKind(deps, c.var.actor, id, 'seminar')
  return loadAgenda(deps.records, id)
}

async function save(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  const standing = await requireAgenda(deps, c, id)
  const { values } = await readSent(c.req.raw)
  const form = readAgendaForm(values)
  const version = numberOf(values, 'version')
  const deed = valueOf(values, 'do')
  const turned = deed === '' ? null : turnAgenda(form, deed)
  if (turned !== null) {
    const finding = deed.startsWith('find:') ? Number(deed.slice('find:'.length)) : null
    return c.html(await draw(deps, c, standing, { form: turned, version, finding, isTurned: true }))
  }
  const unsettled = form.sessions.findIndex((entry) => entry.find !== '')
  if (unsettled >= 0) {
    const problems = [{ field: `sessions.${unsettled}.find`, message: 'desk.problem.unsettled' as const }]
    return c.html(await draw(deps, c, standing, { form, version, finding: unsettled, problems }), 422)
  }
  const saved = await saveAgenda(deps, actor, id, version, form)
  if (saved.outcome === 'saved') return c.redirect(`${c.req.path}?saved=1`, 303)
  const now = await loadAgenda(deps.records, id)
  if (saved.outcome === 'conflict') return c.html(await draw(deps, c, now, { form, isConflict: true }), 409)
  return c.html(await draw(deps, c, now, { form, version, problems: saved.problems }), 422)
}

interface Drawn {
  readonly form: AgendaForm
  /** The version the form was opened with; left out: that of now. */
  readonly version?: number
  readonly problems?: readonly FieldProblem[]
  /** The session for which a speaker is looked for. */
  readonly finding?: number | null
  readonly isSaved?: boolean
  readonly isTurned?: boolean
  readonly isConflict?: boolean
}

async function draw(deps: DeskDeps, c: DeskCall, standing: AgendaStanding, drawn: Drawn): Promise<string> {
  const { form, version = standing.seminar.version, problems = [], finding = null } = drawn
  const { guarded, kind } = await requireGuarded(deps, c.var.actor, standing.seminar.id)
  const record = standing.seminar
  const read = readAgenda(form, standing)
  const words = finding === null ? '' : (form.sessions[finding]?.find ?? '')
  const found = words === '' ? [] : await findRecords(deps, requireActor(c), c.var.reader, ['person'], words)
  const people = form.sessions.flatMap((entry) => entry.speakers.map(({ person }) => person))
  const known = standing.rows.flatMap(({ speakers }) => speakers.map(({ person }) => person))
  const names = await describe(deps, c.var.reader, [...new Set(people)], { actor: requireActor(c), known })
  const values = { ...agendaValues(form), version: [String(version)] }
  return renderPage(
    <AgendaBuilderPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, values, problems)}
      agenda={form}
      standing={standing}
      notes={findNotes(read.sessions, standing.frame)}
      languages={[...deps.languages, ...form.languages]}
      names={new Map(names.map((option) => [option.value, option.label]))}
      found={finding === null ? null : { session: finding, people: found }}
      isSaved={drawn.isSaved === true}
      isTurned={drawn.isTurned === true}
      isConflict={drawn.isConflict === true}
    />,
  )
}
