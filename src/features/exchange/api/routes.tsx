import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import type { z } from 'zod'
import type { Reader } from '#features/records/index.ts'
import { MethodNotAllowedError, NotFoundError } from '#platform/errors.ts'
import { canonicalLanguageTag, negotiateLanguage, readerChain } from '#platform/i18n/index.ts'
import type { Instant } from '#platform/time.ts'
import type { ApiDeps, Page } from './deps.ts'
import { describeApi } from './openapi.ts'
import { operations, type Operation } from './operations.ts'
import { createPresenter, type Presenter } from './present.ts'
import { readQuery } from './queries.ts'
import { presentSearch } from './search.ts'

type ApiEnv = { Variables: { validUntil?: string | undefined } }
type ApiContext = Context<ApiEnv, string>

/** Lets programs on other sites read what is public; nothing here depends on who asks. */
export const openToAll = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD'],
  exposeHeaders: ['ETag', 'Link'],
  maxAge: 86_400,
})

/** The interface for programs at `/api/v1`: lists, single records and its own description. Errors are thrown for the platform to answer. */
export function apiRoutes(deps: ApiDeps): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>()
  api.use('*', openToAll)
  const description = JSON.stringify(describeApi(deps.origin))
  api.get('/openapi.json', (c) => c.body(description, 200, { 'content-type': 'application/json' }))
  addSeminars(api, deps)
  addSessions(api, deps)
  addDirectory(api, deps)
  addLibrary(api, deps)
  addVocabularies(api, deps)
  addSearch(api, deps)
  addOperation(api, deps, operations.record, async (c, { reader, show }) => {
    const record = await deps.readRecord(reader, c.req.param('id') ?? '')
    return record && show.record(record)
  })
  for (const path of ['/openapi.json', ...Object.values(operations).map((operation) => honoPath(operation))]) {
    api.all(path, () => {
      throw new MethodNotAllowedError(['GET', 'HEAD', 'OPTIONS'])
    })
  }
  // A path of one part is the readable page's, which is mounted beside this one.
  api.all('/*', (c, next) => {
    if (/\/api\/v1\/?$/.test(c.req.path)) return next()
    throw new NotFoundError('resource of the API')
  })
  return api
}

/** What a request asks for, read: the query, the reader's languages, and how to show things to them. */
interface Asked<Query> {
  readonly query: Query
  readonly reader: Reader
  readonly show: Presenter
}

/** The name and answer of an operation are one: what the schema does not allow does not compile. Null is 404. */
function addOperation<Query extends z.ZodObject, Answer extends z.ZodType>(
  api: Hono<ApiEnv>,
  deps: ApiDeps,
  operation: Operation & { readonly query: Query; readonly answer: Answer },
  answer: (c: ApiContext, asked: Asked<z.output<Query>>) => Promise<z.input<Answer> | null>,
): void {
  api.get(honoPath(operation), async (c) => {
    const query = readQuery(c.req.queries(), operation.query)
    const { lang } = c.req.query()
    const reader = readerOf(lang, c.req.header('accept-language'), deps.languages)
    const show = createPresenter(deps.origin, reader.lang, reader.chain)
    const found = await answer(c, { query, reader, show })
    if (found === null) return leadOn(c, deps, operation, reader)
    // Without ?lang= the answer follows this header; whoever keeps answers must know.
    c.header('vary', 'Accept-Language', { append: true })
    c.header('link', `<${deps.origin}/api/v1/openapi.json>; rel="service-desc"`)
    return c.json(found)
  })
}

/** What was merged into another leads there, with the query as it was asked. */
async function leadOn(c: ApiContext, deps: ApiDeps, operation: Operation, reader: Reader): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const later = await deps.findLater(reader, id)
  if (later === null) throw new NotFoundError(`record: ${id}`.slice(0, 100))
  return c.redirect(`/api/v1${operation.path.replace('{id}', later)}${new URL(c.req.url).search}`, 301)
}

function honoPath({ path }: Operation): string {
  return path.replace('{id}', ':id')
}

function readerOf(
  lang: string | undefined,
  header: string | undefined,
  languages: readonly [string, ...string[]],
): Reader {
  const asked = lang ?? header
  const page = negotiateLanguage(asked, languages)
  const wanted = (lang && canonicalLanguageTag(lang)) || page
  return { lang: page, chain: readerChain(wanted, asked, languages), audience: ['public'] }
}

/** A page of a list as it is answered. */
function toList<T, Item>(
  c: ApiContext,
  deps: ApiDeps,
  page: number,
  limit: number,
  found: Page<T>,
  show: (item: T) => Item,
) {
  holdUntil(c, found.validUntil)
  const next = page * limit < found.total ? nextOf(c, deps, page) : null
  return { items: found.items.map(show), total: found.total, next }
}

/** Address of the next page: the query as it was asked. */
function nextOf(c: ApiContext, { origin }: ApiDeps, page: number, more: Readonly<Record<string, string>> = {}): string {
  const next = new URL(c.req.path, origin)
  next.search = new URLSearchParams({ ...c.req.query(), page: String(page + 1), ...more }).toString()
  return next.href
}

/** The part of a short list that a page shows. */
function pageOf<T>(all: readonly T[], page: number, limit: number): Page<T> {
  return { items: all.slice((page - 1) * limit, page * limit), total: all.length }
}

function holdUntil(c: ApiContext, validUntil: Instant | null | undefined): void {
  if (validUntil) c.set('validUntil', validUntil)
}

function addSeminars(api: Hono<ApiEnv>, deps: ApiDeps): void {
  addOperation(api, deps, operations.seminars, async (c, { query, reader, show }) => {
    const { page = 1, limit = 20, theme, lang: _, ...filter } = query
    const concept = theme === undefined ? undefined : await findConceptId(deps, theme)
    if (concept === null) return toList(c, deps, page, limit, { items: [], total: 0 }, show.seminar)
    const found = await deps.listSeminars(reader, { ...filter, ...(concept ? { concept } : {}), page, limit })
    return toList(c, deps, page, limit, found, show.seminar)
  })
  addOperation(api, deps, operations.seminar, async (c, { reader, show }) => {
    const found = await deps.readSeminar(reader, c.req.param('id') ?? '')
    holdUntil(c, found?.validUntil)
    return found && show.seminar(found.seminar)
  })
}

function addSessions(api: Hono<ApiEnv>, deps: ApiDeps): void {
  addOperation(api, deps, operations.sessions, async (c, { query, reader, show }) => {
    const { page = 1, limit = 20, lang: _, ...filter } = query
    const found = await deps.listSessions(reader, { ...filter, page, limit })
    const items = found.items.flatMap(({ seminar, number }) => {
      const session = seminar.sessions.find((one) => one.number === number)
      return session ? [{ seminar, session }] : []
    })
    const recorded = await deps.listRecorded(reader, items)
    return toList(c, deps, page, limit, { ...found, items }, (item) => show.session(item, recorded))
  })
  addOperation(api, deps, operations.session, async (c, { reader, show }) => {
    const address = await deps.findSession(c.req.param('id') ?? '')
    const found = address && (await deps.readSeminar(reader, address.seminarId))
    const session = found?.seminar.sessions.find((one) => one.number === address?.number)
    if (!found || !session) return null
    const item = { seminar: found.seminar, session }
    return show.session(item, await deps.listRecorded(reader, [item]))
  })
}

function addDirectory(api: Hono<ApiEnv>, deps: ApiDeps): void {
  addOperation(api, deps, operations.programmes, async (c, { query: { page = 1, limit = 20 }, reader, show }) =>
    toList(c, deps, page, limit, pageOf(await deps.listProgrammes(reader), page, limit), show.programme),
  )
  addOperation(api, deps, operations.programme, async (c, { reader, show }) => {
    const found = (await deps.listProgrammes(reader)).find((programme) => programme.id === c.req.param('id'))
    return found ? show.programme(found) : null
  })
  addOperation(api, deps, operations.organisations, async (c, { query: { page = 1, limit = 20 }, reader, show }) =>
    toList(c, deps, page, limit, pageOf(await deps.listOrganisations(reader), page, limit), show.organisation),
  )
  addOperation(api, deps, operations.organisation, async (c, { reader, show }) => {
    const found = (await deps.listOrganisations(reader)).find((organisation) => organisation.id === c.req.param('id'))
    return found ? show.organisation(found) : null
  })
}

function addLibrary(api: Hono<ApiEnv>, deps: ApiDeps): void {
  addOperation(api, deps, operations.publications, async (c, { query, reader, show }) => {
    const { page = 1, limit = 20, theme, lang: _, ...filter } = query
    const concept = theme === undefined ? undefined : await findConceptId(deps, theme)
    if (concept === null) return toList(c, deps, page, limit, { items: [], total: 0 }, show.publication)
    const found = await deps.listPublications(reader, { ...filter, ...(concept ? { concept } : {}), page, limit })
    return toList(c, deps, page, limit, found, show.publication)
  })
  addOperation(api, deps, operations.publication, async (c, { reader, show }) => {
    const found = await deps.readPublication(reader, c.req.param('id') ?? '')
    return found && show.publication(found)
  })
}

function addVocabularies(api: Hono<ApiEnv>, deps: ApiDeps): void {
  addOperation(api, deps, operations.schemes, async (c, { query: { page = 1, limit = 20 }, show }) =>
    toList(c, deps, page, limit, pageOf(await deps.listSchemes(), page, limit), show.scheme),
  )
  addOperation(api, deps, operations.scheme, async (c, { show }) => {
    const id = c.req.param('id')
    const found = (await deps.listSchemes()).find((scheme) => scheme.id === id || scheme.notation === id)
    return found ? show.scheme(found) : null
  })
  addOperation(api, deps, operations.concepts, async (c, { query: { page = 1, limit = 20, scheme }, show }) =>
    toList(c, deps, page, limit, pageOf(await deps.listConcepts(scheme), page, limit), show.concept),
  )
  addOperation(api, deps, operations.concept, async (c, { show }) => {
    const id = c.req.param('id') ?? ''
    const found = (await deps.listConcepts()).find(
      (concept) => concept.id === id || `${concept.scheme}:${concept.notation}` === id,
    )
    return found ? show.concept(found) : null
  })
}

function addSearch(api: Hono<ApiEnv>, deps: ApiDeps): void {
  addOperation(api, deps, operations.search, async (c, { query: { page = 1, limit = 20, lang = '' }, reader }) => {
    const asked: Readonly<Record<string, string>> = { ...c.req.query(), lang: canonicalLanguageTag(lang) ?? '' }
    const told = await deps.search(reader, (name) => asked[name] ?? '', limit)
    // It will find more in a moment.
    if (!told.isComplete) c.header('cache-control', 'private, no-store')
    return {
      ...presentSearch(deps.origin, told),
      next: told.hasNext ? nextOf(c, deps, page, { at: String(told.at) }) : null,
    }
  })
}

async function findConceptId(deps: ApiDeps, theme: string): Promise<string | null> {
  const colon = theme.indexOf(':')
  if (colon < 0) return theme
  const concepts = await deps.listConcepts(theme.slice(0, colon))
  return concepts.find((concept) => concept.notation === theme.slice(colon + 1))?.id ?? null
}
