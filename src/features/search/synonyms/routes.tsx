import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { numberOf, readSent, valueOf, type FieldValues } from '#platform/forms.ts'
import { renderPage, to } from '#ui/index.ts'
import type { SearchDeskDeps } from '../desk-deps.ts'
import { requireEditor, type SearchCall } from '../desk-calls.ts'
import { changeList, listChanges, readListVersion } from '../store-lists.ts'
import { SynonymsPage } from '../views/synonyms-page.tsx'
import { most, readSynonyms, writeLine, writeSynonyms, type SynonymProblem } from './domain.ts'
import { listSynonyms, replaceSynonyms } from './store.ts'

/** Changes that the page tells of. */
const CHANGES = 20

/** The hub's own list of words that mean the same. Paths come after the language. */
export function synonymRoutes(deps: SearchDeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/desk/search/synonyms', async (c) => c.html(await fresh(deps, c)))
    .post('/desk/search/synonyms', async (c) => save(deps, c))
}

interface Shown {
  readonly values: FieldValues
  readonly problems?: readonly SynonymProblem[]
  /** The list as somebody else saved it meanwhile. */
  readonly theirs?: string
}

async function fresh(deps: SearchDeskDeps, c: SearchCall): Promise<string> {
  const search = deps.db.$pickTables()
  const [lines, version] = await Promise.all([listSynonyms(search), readListVersion(search, 'synonyms')])
  const added = (c.req.query('add') ?? '').slice(0, most.letters).trim()
  const text = [writeSynonyms(lines), ...(added === '' ? [] : [`${added}, `])].filter((part) => part !== '').join('\n')
  return draw(deps, c, { values: { lines: [text], version: [String(version)] } })
}

async function draw(deps: SearchDeskDeps, c: SearchCall, { values, problems = [], theirs }: Shown): Promise<string> {
  const changes = await listChanges(deps.db.$pickTables(), 'synonyms', CHANGES)
  const actors = await deps.nameActors([...new Set(changes.map(({ actor }) => actor))])
  const isSent = c.req.method === 'POST'
  const form = {
    values,
    problems: problems.length > 0 ? [{ field: 'lines', message: 'search.synonyms.wrong' as const }] : [],
    context: c.var.page,
    isSent,
  }
  return renderPage(
    <SynonymsPage
      form={form}
      problems={problems}
      theirs={theirs ?? null}
      isSaved={!isSent && c.req.query('done') === 'saved'}
      changes={changes}
      actors={actors}
    />,
  )
}

async function save(deps: SearchDeskDeps, c: SearchCall): Promise<Response> {
  const actor = requireEditor(c)
  const { values } = await readSent(c.req.raw)
  const base = numberOf(values, 'version')
  const text = valueOf(values, 'lines')
  if (text.length > most.characters) {
    const cut = { ...values, lines: [text.slice(0, most.characters)] }
    return c.html(await draw(deps, c, { values: cut, problems: [{ line: 0, kind: 'lines' }] }), 422)
  }
  const read = readSynonyms(text)
  if (!read.ok) return c.html(await draw(deps, c, { values, problems: read.problems }), 422)
  const edit = { list: 'synonyms', base, at: deps.now(), actor: actor.id } as const
  const outcome = await changeList(
    deps.db,
    edit,
    async (tx) => (await listSynonyms(tx)).map(writeLine),
    async (tx) => replaceSynonyms(tx, read.lines),
  )
  if (outcome !== 'conflict') {
    deps.changed()
    return c.redirect(`${to(c.var.page, 'desk/search/synonyms')}?done=saved`, 303)
  }
  const search = deps.db.$pickTables()
  const theirs = writeSynonyms(await listSynonyms(search))
  const version = String(await readListVersion(search, 'synonyms'))
  return c.html(await draw(deps, c, { values: { ...values, version: [version] }, theirs }), 409)
}
