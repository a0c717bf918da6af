import type { Context, MiddlewareHandler } from 'hono'
import {
  apiRoutes,
  atomFeed,
  catalogueFilePath,
  catalogueRoutes,
  listPublicationPage,
  oaiRoutes,
  openToAll,
  podcastFeed,
  renderApiPage,
  sitemap,
  vocabularyRoutes,
  type ApiDeps,
} from '#features/exchange/index.ts'
import { listSitemapEntries, readHub, readRecord } from '#features/hub/index.ts'
import { listOrganisations, listProgrammes } from '#features/directory/index.ts'
import { listWorks } from '#features/library/index.ts'
import { listEpisodes, listRecorded } from '#features/recordings/index.ts'
import { findLater, type Reader } from '#features/records/index.ts'
import { describeSearch, LONGEST_QUESTION, searchFeed, searchQuery, tellPrograms } from '#features/search/index.ts'
import { findSession, listSessions, listWholeSeminars, readSeminar } from '#features/seminars/index.ts'
import { listConcepts, listSchemes } from '#features/taxonomy/index.ts'
import { InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { languageParameter, limitRate, type HubEnv } from '#platform/http/index.ts'
import type { Wiring } from './wiring.ts'
import type { Contexts } from './page-context.tsx'

/** Generous to programs and people, a bound to whoever would hammer. */
const apiLimit = { name: 'api', requests: 600, seconds: 60 }

/** Files of the whole library: each is a long list of works. */
const exportLimit = { name: 'exports', requests: 60, seconds: 60 }

/** What programs read: the API, vocabularies, the feed, the sitemap. */
export function mountMachines(wiring: Wiring, contexts: Contexts): void {
  const { http, deps, languages, origin, visitor } = wiring
  const { app } = http
  const limit = limitRate({ ...apiLimit, clientOf: http.clientOf })
  const ofLists = ['lang', 'page', 'limit', 'series', 'theme', 'phase', 'from', 'to', 'seminar', 'scheme']
  const query = [...new Set([...ofLists, ...searchQuery])]
  const api = apiDeps(wiring)
  app.use('/api/v1/*', limit, refuseUnknown(query))
  app.use('/api/v1/*', http.cachePages({ query, by: acceptLanguage }))
  app.use('/api/v1/search', wiring.search.limit)
  app.get('/api/v1', http.cachePages(), async (c) => {
    const reader: Reader = { lang: 'en', chain: ['en'], audience: ['public'] }
    return c.html(renderApiPage(await contexts(reader, c.req.path)))
  })
  app.route('/api/v1', apiRoutes(api))
  app.use('/vocabularies/*', http.cachePages({ by: acceptLanguage }))
  app.route('/vocabularies', vocabularyRoutes({ ...api, listConcepts: async (scheme) => listConcepts(deps, scheme) }))
  mountCatalogues(wiring, contexts, limit)
  mountSearchDoors(wiring, contexts)
  app.get('/robots.txt', (c) => c.text(`User-agent: *\nAllow: /\nSitemap: ${origin}/sitemap.xml\n`))
  app.get('/sitemap.xml', http.cachePages({ query: ['page'] }), async (c) => siteMap(c, wiring))
  const feed = `/${languageParameter(languages)}/feed.atom`
  app.get(feed, http.cachePages(), openToAll, async (c) => {
    const reader = { ...visitor(c), chain: [c.var.lang, ...languages] }
    const { hub } = await contexts(reader, c.req.path)
    const { items } = await listWholeSeminars(deps, reader, { limit: 200 })
    const updatedAt = (await readHub(deps.records))?.updatedAt ?? '1970-01-01T00:00:00.000Z'
    const text = atomFeed(items, { origin, hubName: hub.name.value, lang: reader.lang, updatedAt })
    return c.body(text, 200, { 'content-type': 'application/atom+xml; charset=utf-8' })
  })
  mountPodcast(wiring, contexts)
}

/** What can be listened to, a feed for each language. It is for everybody, whoever asks. */
function mountPodcast({ http, deps, languages, origin, visitor }: Wiring, contexts: Contexts): void {
  http.app.get(`/${languageParameter(languages)}/podcast.xml`, http.cachePages(), openToAll, async (c) => {
    const reader = { ...visitor(c), chain: [c.var.lang, ...languages] }
    const { hub, t } = await contexts(reader, c.req.path)
    const text = podcastFeed(await listEpisodes(deps, reader), { origin, hubName: hub.name, lang: reader.lang, t })
    return c.body(text, 200, { 'content-type': 'application/rss+xml; charset=utf-8' })
  })
}

/** The search for other programs: what browsers are told of it, and a feed of whatever is asked. */
function mountSearchDoors({ http, search, languages, origin, visitor }: Wiring, contexts: Contexts): void {
  const below = `/${languageParameter(languages)}`
  const { app } = http
  app.get(`${below}/opensearch.xml`, http.cachePages(), openToAll, async (c) => {
    const { lang } = c.var
    const { hub, t } = await contexts({ lang, chain: [lang, ...languages], audience: ['public'] }, c.req.path)
    const text = describeSearch({ origin, hubName: hub.name.value, description: t('search.help'), lang })
    return c.body(text, 200, { 'content-type': 'application/opensearchdescription+xml; charset=utf-8' })
  })
  const query = searchQuery.filter((name) => name !== 'page' && name !== 'at')
  // Texts in other languages follow those that a reader accepts.
  const by = { header: 'Accept-Language', value: (c: Context<HubEnv>) => visitor(c).chain.join(' ') }
  app.get(`${below}/search.atom`, http.cachePages({ query, by }), search.limit, openToAll, async (c) => {
    const reader = visitor(c)
    const { hub, t } = await contexts(reader, c.req.path)
    const asked = c.req.query()
    const title = t('search.for', { words: (asked['q'] ?? '').slice(0, LONGEST_QUESTION) })
    const about = { origin, hubName: hub.name.value, title }
    const { text, isComplete } = await searchFeed(search.deps, reader, (name) => asked[name] ?? '', about)
    // It will find more in a moment.
    if (!isComplete) c.header('cache-control', 'private, no-store')
    c.header('x-robots-tag', 'noindex')
    return c.body(text, 200, { 'content-type': 'application/atom+xml; charset=utf-8' })
  })
}

/** The library for other programs: files of its works, and its harvesting interface. Only feeds are kept: the others may be large. */
function mountCatalogues(
  { http, deps, languages, origin, visitor, adminEmail }: Wiring,
  contexts: Contexts,
  limit: MiddlewareHandler<HubEnv>,
): void {
  const below = `/${languageParameter(languages)}`
  const hubName = async (reader: Reader) => (await contexts(reader, `/${reader.lang}`)).hub.name.value
  const [lang] = languages
  const harvester: Reader = { lang, chain: [...languages], audience: ['public'] }
  http.app.use('/oai', limit)
  http.app.route(
    '/oai',
    oaiRoutes(deps, harvester, async () => ({ origin, hubName: await hubName(harvester), adminEmail })),
  )
  // Texts in other languages follow those that a reader accepts.
  const chain = { header: 'Accept-Language', value: (c: Context<HubEnv>) => visitor(c).chain.join(' ') }
  http.app.use(`${below}/library/feed.atom`, http.cachePages({ query: ['series', 'theme'], by: chain }))
  http.app.use(`${below}${catalogueFilePath}`, limit)
  http.app.use(`${below}/library/:file{export\\..+}`, limitRate({ ...exportLimit, clientOf: http.clientOf }))
  http.app.route(below, catalogueRoutes({ deps, origin, languages, readerOf: visitor, hubName }))
}

/** The page cache drops names of the query that no page knows; a program that misspells one should be told. */
function refuseUnknown(known: readonly string[]): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    const unknown = Object.keys(c.req.query()).find((name) => !known.includes(name))
    if (unknown !== undefined && c.req.path !== '/api/v1') {
      throw new InvalidInputError(`query "${unknown.slice(0, 50)}"`, 'there is no such parameter')
    }
    await next()
  }
}

const acceptLanguage = {
  header: 'Accept-Language',
  value: (c: Context<HubEnv>) => c.req.header('accept-language') ?? '',
}

async function siteMap(c: Context<HubEnv>, { deps, languages, origin, visitor }: Wiring): Promise<Response> {
  const page = c.req.query('page')
  if (page !== undefined && !/^[1-9]\d{0,4}$/.test(page)) throw new NotFoundError('page')
  const entries = await listSitemapEntries(deps, visitor(c), languages)
  const text = sitemap(entries, origin, page === undefined ? null : Number(page))
  if (text === null) throw new NotFoundError('page')
  return c.body(text, 200, { 'content-type': 'application/xml; charset=utf-8' })
}

function apiDeps({ deps, search, origin, languages }: Wiring): ApiDeps {
  return {
    origin,
    languages,
    listSeminars: async (reader, filter) => listWholeSeminars(deps, reader, filter),
    readSeminar: async (reader, id) => readSeminar(deps, reader, id),
    listSessions: async (reader, filter) => listSessions(deps, reader, filter),
    findSession: async (id) => findSession(deps, id),
    listRecorded: async (reader, sessions) => listRecorded(deps, reader, sessions),
    listProgrammes: async (reader) => listProgrammes(deps, reader),
    listOrganisations: async (reader) => listOrganisations(deps, reader),
    listPublications: async (reader, filter) => listPublicationPage(deps, reader, filter),
    readPublication: async (reader, id) => (await listWorks(deps, reader, [id]))[0] ?? null,
    listSchemes: async () => listSchemes(deps),
    listConcepts: async (scheme) => listConcepts(deps, scheme),
    readRecord: async (reader, id) => readRecord(deps, reader, id),
    search: async (reader, query, limit) => tellPrograms(search.deps, reader, query, limit),
    findLater: async (reader, id) => findLater(deps.records, id, reader),
  }
}
