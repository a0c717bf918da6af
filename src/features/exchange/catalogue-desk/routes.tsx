import { Hono, type Context } from 'hono'
import { cleanFileName, insertFiles } from '#features/files/index.ts'
import { MOST_CATALOGUE_BYTES } from '#features/library/index.ts'
import { loadRecords, nameFor, type PageEnv } from '#features/records/index.ts'
import { BodyTooLargeError, InvalidInputError, NotFoundError } from '#platform/errors.ts'
import type { FileStore } from '#platform/files/index.ts'
import { readSent, valueOf, type FieldValues, type SentForm } from '#platform/forms.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import type { Instant } from '#platform/time.ts'
import { freshForm, renderPage, to } from '#ui/index.ts'
import { handlesOf, type ExchangeDb } from '../handles.ts'
import { canImportPublications } from '../policy.ts'
import { CatalogueImportPage } from '../views/catalogue-import-page.tsx'
import { CatalogueStartPage } from '../views/catalogue-start-page.tsx'
import { deleteImport, findImport, keepImport, listImports, moveImport, type CatalogueImport } from './store.ts'
import { readDecisions } from './decisions.ts'
import { countRows, keepDecisions, listRows, rowFilters, type RowFilter } from './store-rows.ts'

type PageCall = Context<PageEnv>

export interface ImportDeskDeps {
  readonly db: ExchangeDb
  readonly store: FileStore
  readonly now: () => Instant
  /** Told when there is a catalogue to compare or to write. */
  readonly queued: () => void
  /** Names of the people who sent something, by their ids. */
  readonly nameActors: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

const path = '/desk/import/publications'

/** Bytes of a form: more than the largest catalogue, so that one a little too large is told at its field. */
const MOST_FORM_BYTES = MOST_CATALOGUE_BYTES + 5_000_000

/** Bodies sent here are limited once it is known who sends them. */
export function importBodyLimit(address: string): number | undefined {
  return /^\/[\w-]+\/desk\/import\/publications$/.test(address) ? Infinity : undefined
}

/** Catalogues of publications that editors bring in. Paths come after the language. */
export function importDeskRoutes(deps: ImportDeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use(`${path}/*`, async (c, next) => {
      if (!canImportPublications(c.var.actor)) throw new NotFoundError()
      c.header('cache-control', 'private, no-store')
      await next()
    })
    .get(path, async (c) => c.html(await startPage(deps, c, {}, null)))
    .post(path, async (c) => takeFile(deps, c))
    .get(`${path}/:id`, async (c) => c.html(await importPage(deps, c)))
    .post(`${path}/:id`, async (c) => decide(deps, c))
}

const RECENT = 10

async function startPage(deps: ImportDeskDeps, c: PageCall, values: FieldValues, fault: MessageKey | null) {
  const imports = await listImports(handlesOf(deps.db).imports, RECENT)
  const actors = await deps.nameActors([...new Set(imports.map(({ actor }) => actor))])
  const problems = fault ? [{ field: 'file', message: fault }] : []
  return renderPage(
    <CatalogueStartPage
      form={{ ...freshForm(c.var.page, {}), values, problems }}
      imports={imports}
      actors={actors}
      mostBytes={MOST_CATALOGUE_BYTES}
      done={c.req.query('done') === 'discarded' ? 'import.discarded' : null}
    />,
  )
}

async function readCatalogueForm(request: Request): Promise<SentForm | null> {
  try {
    return await readSent(request, { maxBytes: MOST_FORM_BYTES })
  } catch (error) {
    if (error instanceof BodyTooLargeError) return null
    throw error
  }
}

/** Keeps a catalogue, and leads to where it is compared. */
async function takeFile(deps: ImportDeskDeps, c: PageCall): Promise<Response> {
  const actor = c.var.actor?.id ?? ''
  const sent = await readCatalogueForm(c.req.raw)
  if (sent === null) return c.html(await startPage(deps, c, {}, 'admin.import.tooLarge'), 413)
  const { values, files } = sent
  const [file] = files['file'] ?? []
  if (!file || file.size === 0) return c.html(await startPage(deps, c, values, 'form.required'), 422)
  if (file.size > MOST_CATALOGUE_BYTES) return c.html(await startPage(deps, c, values, 'admin.import.tooLarge'), 413)
  const name = cleanFileName(file.name)
  const kept = { ...(await deps.store.put(file.stream(), { maxBytes: MOST_CATALOGUE_BYTES, name })), name }
  const sentAt = deps.now()
  const choice = { merge: valueOf(values, 'merge') !== '', publish: valueOf(values, 'publish') !== '' }
  const id = await deps.db.transaction().execute(async (tx) => {
    const { files: known, imports } = handlesOf(tx)
    await insertFiles(known, [kept], sentAt)
    return keepImport(imports, { actor, sentAt, file: kept.sha256, name, lang: c.var.lang, ...choice })
  })
  deps.queued()
  return c.redirect(`${to(c.var.page, path.slice(1))}/${id}`, 303)
}

async function requireImport(deps: ImportDeskDeps, c: PageCall): Promise<CatalogueImport> {
  const id = c.req.param('id') ?? ''
  const one = /^[0-9a-f-]{36}$/.test(id) ? await findImport(handlesOf(deps.db).imports, id) : null
  if (!one) throw new NotFoundError('import')
  return one
}

/** Rows of a page. */
const PAGE = 50

async function importPage(deps: ImportDeskDeps, c: PageCall, refused: MessageKey | null = null): Promise<string> {
  const one = await requireImport(deps, c)
  const { imports, records } = handlesOf(deps.db)
  const show = readShow(c.req.query('show'))
  const page = readPageNumber(c.req.query('page'))
  const counts = await countRows(imports, one.id)
  const total = show === 'all' ? (one.total ?? 0) : show === 'noted' ? counts.noted : counts.of[show]
  const pages = Math.max(1, Math.ceil(total / PAGE))
  if (page > pages) throw new NotFoundError('page')
  const isSettled = one.state === 'compared' || one.state === 'done'
  const rows = isSettled ? await listRows(imports, one.id, show, { limit: PAGE, offset: (page - 1) * PAGE }) : []
  const loaded = await loadRecords(
    records,
    rows.flatMap(({ line }) => line.id ?? []),
    ['title'],
  )
  const names = new Map([...loaded].map(([id, record]) => [id, nameFor(record, c.var.reader)]))
  return renderPage(
    <CatalogueImportPage
      context={c.var.page}
      of={one}
      counts={counts}
      rows={rows}
      names={names}
      choice={{ show, page, pages }}
      refused={refused}
    />,
  )
}

function readShow(asked = 'all'): RowFilter {
  const show = rowFilters.find((one) => one === asked)
  if (!show) throw new NotFoundError('filter')
  return show
}

function readPageNumber(asked = '1'): number {
  if (!/^[1-9]\d{0,5}$/.test(asked)) throw new NotFoundError('page')
  return Number(asked)
}

/** What is decided of rows that may be there already; then all rows, only the good ones, or none. */
async function decide(deps: ImportDeskDeps, c: PageCall): Promise<Response> {
  const one = await requireImport(deps, c)
  const { imports } = handlesOf(deps.db)
  const { values } = await readSent(c.req.raw)
  const deed = valueOf(values, 'do')
  const here = `${to(c.var.page, path.slice(1))}/${one.id}`
  if (deed === 'discard') {
    if (!(await deleteImport(imports, one.id))) return c.html(await importPage(deps, c, 'import.working'), 409)
    return c.redirect(`${to(c.var.page, path.slice(1))}?done=discarded`, 303)
  }
  if (deed === 'keep') {
    const rows = readDecisions(values)
    const isKept = await deps.db.transaction().execute(async (tx) => keepDecisions(handlesOf(tx).imports, one.id, rows))
    if (!isKept) return c.html(await importPage(deps, c, 'import.decided'), 409)
    return c.redirect(`${here}${new URL(c.req.url).search}`, 303)
  }
  if (deed !== 'all' && deed !== 'good') throw new InvalidInputError('do', 'is none of keep, all, good and discard')
  // What was chosen on the page goes along; of an import that is begun already it is too late.
  const rows = readDecisions(values)
  if (rows.length > 0) {
    await deps.db.transaction().execute(async (tx) => keepDecisions(handlesOf(tx).imports, one.id, rows))
  }
  const { of } = await countRows(imports, one.id)
  if (deed === 'all' && of.refused > 0) return c.html(await importPage(deps, c, 'import.refusedSome'), 422)
  // Pressed twice, the second finds it begun.
  if (await moveImport(imports, { id: one.id, state: 'compared' }, 'writing')) deps.queued()
  return c.redirect(here, 303)
}
