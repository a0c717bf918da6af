import { Hono } from 'hono'
import {
  describe,
  findRecords,
  formOf,
  frame,
  requireActor,
  requireOfKind,
  type DeskCall,
  type DeskDeps,
} from '#features/desk/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { numberOf, readSent, valueOf, type FieldProblem } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { ContributorsPage } from '../views/contributors-page.tsx'
import {
  agentOf,
  contributorLines,
  contributorValues,
  entryOfContributor,
  readContributorsForm,
  turnContributors,
  type ContributorsForm,
} from './form.ts'
import { fillNames, listAgents, loadContributors, saveContributors } from './save.ts'

/** The screen on which the contributors of a publication are put in order. Its address is below that of the record. */
export function contributorRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/contributors', async (c) => {
      const id = c.req.param('id')
      await requireOfKind(deps, c.var.actor, id, 'publication')
      const { contributors } = await loadContributors(deps.records, id)
      const form = { entries: contributors.map(entryOfContributor), find: '' }
      return c.html(await draw(deps, c, id, { form, isSaved: c.req.query('saved') !== undefined }))
    })
    .post('/:id/contributors', async (c) => save(deps, c, c.req.param('id')))
}

async function save(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  await requireOfKind(deps, c.var.actor, id, 'publication')
  const { values } = await readSent(c.req.raw)
  const version = numberOf(values, 'version')
  const form = await fillNames(deps, actor, readContributorsForm(values))
  const deed = valueOf(values, 'do')
  const turned = deed === '' ? null : turnContributors(form, deed)
  if (turned !== null) {
    return c.html(await draw(deps, c, id, { form: turned, version, isFinding: deed === 'find', isTurned: true }))
  }
  if (form.find !== '') {
    const problems = [{ field: 'find', message: 'desk.problem.unsettled' as const }]
    return c.html(await draw(deps, c, id, { form, version, problems, isFinding: true }), 422)
  }
  const saved = await saveContributors(deps, actor, id, version, form)
  if (saved.outcome === 'saved') return c.redirect(`${c.req.path}?saved=1`, 303)
  if (saved.outcome === 'conflict') return c.html(await draw(deps, c, id, { form, isConflict: true }), 409)
  return c.html(await draw(deps, c, id, { form, version, problems: saved.problems }), 422)
}

interface Drawn {
  readonly form: ContributorsForm
  /** The version the form was opened with; left out: that of now. */
  readonly version?: number
  readonly problems?: readonly FieldProblem[]
  readonly isFinding?: boolean
  readonly isSaved?: boolean
  readonly isTurned?: boolean
  readonly isConflict?: boolean
}

async function draw(deps: DeskDeps, c: DeskCall, id: string, drawn: Drawn): Promise<string> {
  const { guarded, kind } = await requireOfKind(deps, c.var.actor, id, 'publication')
  const { record, contributors } = await loadContributors(deps.records, id)
  const { form, version = record.version, problems = [], isFinding = false } = drawn
  const actor = requireActor(c)
  const chosen = form.entries.flatMap((entry) => agentOf(entry) ?? [])
  const seen = await listAgents(deps, actor, chosen)
  const known = chosen.filter((one) => seen.has(one) || contributors.some(({ agentId }) => agentId === one))
  const names = await describe(deps, c.var.reader, [...new Set(known)])
  const found = isFinding ? await findRecords(deps, actor, c.var.reader, ['person', 'organisation'], form.find) : null
  return renderPage(
    <ContributorsPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, { ...contributorValues(form), version: [String(version)] }, problems)}
      entries={form.entries}
      names={new Map(names.map((option) => [option.value, option.label]))}
      found={found?.filter((option) => !chosen.includes(option.value)) ?? null}
      theirs={drawn.isConflict ? contributorLines(contributors) : null}
      isSaved={drawn.isSaved === true}
      isTurned={drawn.isTurned === true}
    />,
  )
}
