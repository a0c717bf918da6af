import { Hono } from 'hono'
import { deedOf, formOf, requireActor, type DeskCall, type DeskDeps, type DeskTool } from '#features/desk/index.ts'
import { kindOfId, loadRecords, nameFor, type PageEnv } from '#features/records/index.ts'
import { InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { readSent, valueOf, type FieldValues } from '#platform/forms.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import { renderPage, to } from '#ui/index.ts'
import { DuplicatesPage } from '../views/duplicates-page.tsx'
import { MergePublicationsPage, type ShownSide } from '../views/merge-publications-page.tsx'
import { libraryTables } from '../store-desk.ts'
import { mergePublications } from './merge.ts'
import { proposePairs } from './pairs.ts'
import { canMergePublications } from './policy.ts'
import { loadSides } from './sides.ts'
import { keepDistinct, type PairKey } from './store-pairs.ts'
import { findDifferences, findHidden, type Side } from './unite.ts'

/** What the desk offers of this. */
export const mergingTools: readonly DeskTool[] = [
  { path: 'duplicates', label: 'merge.title', may: canMergePublications },
]

const done = { merged: 'merge.done.merged', distinct: 'merge.done.distinct' } as const

/** Publications that may be the same, and two of them side by side. Paths come after the language. */
export function mergingRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('/desk/duplicates/*', async (c, next) => {
      if (!canMergePublications(c.var.actor)) throw new NotFoundError()
      c.header('cache-control', 'private, no-store')
      await next()
    })
    .get('/desk/duplicates', async (c) => c.html(await listPage(deps, c)))
    .post('/desk/duplicates', async (c) => compareOthers(deps, c))
    .get('/desk/duplicates/:one/:other', async (c) => c.html(await comparePage(deps, c, {}, null)))
    .post('/desk/duplicates/:one/:other', async (c) => decide(deps, c))
}

async function listPage(deps: DeskDeps, c: DeskCall, values: FieldValues = {}, problem: MessageKey | null = null) {
  const after = readAfter(c.req.query('after'))
  const proposed = await proposePairs(deps.records, c.var.reader, after)
  const said = c.req.query('done') ?? ''
  return renderPage(
    <DuplicatesPage
      form={formOf(c, values, problem ? [{ field: 'other', message: problem }] : [])}
      proposed={proposed}
      isFirst={after === null}
      done={said === 'merged' || said === 'distinct' ? done[said] : null}
    />,
  )
}

/** The pair after which a list goes on: two ids, as the link to the next ones says them. */
function readAfter(asked: string | undefined): PairKey | null {
  if (asked === undefined) return null
  const [, one, other] = /^(pub_\w{1,60})\.(pub_\w{1,60})$/.exec(asked) ?? []
  if (one === undefined || other === undefined) throw new NotFoundError('page')
  return { one, other }
}

/** The publication of an id, or of an address that holds one. */
async function findNamed(deps: DeskDeps, text: string): Promise<string | null> {
  const [id] = /pub_\w{1,60}/.exec(text) ?? []
  if (id === undefined) return null
  return (await loadRecords(deps.records, [id], [])).get(id)?.kind === 'publication' ? id : null
}

/** Leads to two publications that nobody has proposed. */
async function compareOthers(deps: DeskDeps, c: DeskCall): Promise<Response> {
  const { values } = await readSent(c.req.raw)
  const [one, other] = [await findNamed(deps, valueOf(values, 'one')), await findNamed(deps, valueOf(values, 'other'))]
  if (one === null || other === null) return c.html(await listPage(deps, c, values, 'merge.unknown'), 422)
  if (one === other) return c.html(await listPage(deps, c, values, 'merge.problem.same'), 422)
  return c.redirect(`${to(c.var.page, 'desk/duplicates')}/${one}/${other}`, 303)
}

function idsOf(c: DeskCall): [string, string] {
  const [one = '', other = ''] = [c.req.param('one'), c.req.param('other')]
  if (kindOfId(one)?.kind !== 'publication' || kindOfId(other)?.kind !== 'publication') throw new NotFoundError()
  return [one, other]
}

async function comparePage(
  deps: DeskDeps,
  c: DeskCall,
  values: FieldValues,
  refused: MessageKey | null,
): Promise<string> {
  const [one, other] = await loadSides(deps.records, idsOf(c))
  const series = [one, other].flatMap(({ place }) => place?.seriesId ?? [])
  const named = await loadRecords(deps.records, series, ['name'])
  const seriesNames = new Map([...named].map(([id, record]) => [id, nameFor(record, c.var.reader)]))
  const show = (side: Side): ShownSide => ({ ...side, name: nameFor(side.record, c.var.reader) })
  return renderPage(
    <MergePublicationsPage
      form={{ ...formOf(c, { into: [suggest(one, other)], ...values }) }}
      one={show(one)}
      other={show(other)}
      differences={findDifferences(one, other)}
      hidden={findHidden(one, other)}
      seriesNames={seriesNames}
      refused={refused}
    />,
  )
}

/** What readers see comes first, then what is older. */
function rank({ record: { status, visibility, publishedAt, id } }: Side): string {
  const isPublished = status === 'published' ? 0 : 1
  const isPublic = visibility === 'public' ? 0 : 1
  return `${isPublished}${isPublic}${publishedAt ?? ''}${id}`
}

/** The one that stays unless somebody decides otherwise. */
const suggest = (one: Side, other: Side): string => (rank(one) <= rank(other) ? one : other).record.id

async function decide(deps: DeskDeps, c: DeskCall): Promise<Response> {
  const actor = requireActor(c)
  const ids = idsOf(c)
  await loadSides(deps.records, ids)
  const { values } = await readSent(c.req.raw)
  if (valueOf(values, 'do') === 'distinct') {
    if (ids[0] === ids[1]) throw new NotFoundError()
    await keepDistinct(libraryTables(deps.records), ids, deedOf(deps, actor))
    return c.redirect(`${to(c.var.page, 'desk/duplicates')}?done=distinct`, 303)
  }
  const into = ids.find((id) => id === valueOf(values, 'into'))
  if (into === undefined) throw new InvalidInputError('into', 'is neither of the two')
  const from = ids.find((id) => id !== into) ?? into
  const versions = new Map(ids.map((id) => [id, Number(valueOf(values, `version.${id}`) || '-1')]))
  const choices = new Map(
    Object.entries(values).flatMap(([name, [id = '']]) =>
      name.startsWith('take.') ? [[name.slice(5), id] as const] : [],
    ),
  )
  const merged = await mergePublications(deps, actor, { into, from, versions, choices })
  switch (merged.outcome) {
    case 'merged':
      return c.redirect(`${to(c.var.page, 'desk/duplicates')}?done=merged`, 303)
    case 'conflict':
      return c.html(await comparePage(deps, c, values, 'merge.conflict'), 409)
    case 'refused':
      return c.html(await comparePage(deps, c, values, `merge.problem.${merged.problem}`), 422)
  }
}
