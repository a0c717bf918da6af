import type { Context, MiddlewareHandler } from 'hono'
import {
  accountPages,
  accountPaths,
  audienceOf,
  findVisit,
  returnFromSignOn,
  signedIn,
  signOnReturn,
} from '#features/accounts/index.ts'
import { adminBodyLimit, adminRoutes } from '#features/admin/index.ts'
import { deskBodyLimit, deskRoutes } from '#features/desk/index.ts'
import { handlesOf, importBodyLimit, importDeskRoutes, openToAll } from '#features/exchange/index.ts'
import { createIntroduction, findBestPage, hubRoutes } from '#features/hub/index.ts'
import { createFileLinks, uploadBodyLimit, uploadRoutes } from '#features/files/index.ts'
import {
  contributorRoutes,
  editionRoutes,
  libraryBodyLimit,
  libraryQuery,
  libraryRoutes,
  mergingRoutes,
  publicationDates,
  type LibraryDeps,
} from '#features/library/index.ts'
import {
  careRoutes,
  captionDeskRoutes,
  transcriptDeskRoutes,
  mediaDeskRoutes,
  recordedSource,
  recordingRoutes,
  sessionQuery,
  type RecordingDeps,
} from '#features/recordings/index.ts'
import { readHubVersion, type PageEnv, type Reader, type RecordDb } from '#features/records/index.ts'
import { searchDeskRoutes, searchQuery } from '#features/search/index.ts'
import { agendaRoutes, seminarDates, seminarRoutes } from '#features/seminars/index.ts'
import { seriesRoutes } from '#features/series/index.ts'
import { translationBodyLimit, translationRoutes } from '#features/translation/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { createHttp, languageParameter, type HubEnv, type Languages, type SeenPage } from '#platform/http/index.ts'
import { readerChain } from '#platform/i18n/index.ts'
import { createFfmpegFinder } from '#platform/media/index.ts'
import { accountDepsOf, adminDeps, adminEmailOf, deskDeps } from './feature-deps.ts'
import { mountFiles } from './files.ts'
import { followRedirects } from './former-addresses.ts'
import { mountMachines } from './machines.tsx'
import { createContexts, createCredit, createErrorDrawer } from './page-context.tsx'
import { mountSearch, openSearch } from './search.ts'
import { createTranslationDeps } from './translation-desk.ts'
import { orderLanguages, type Asking, type HubParts, type MadeHub, type Wiring } from './wiring.ts'

/** The whole hub: gives each feature its dependencies and mounts it. */
export function createApp(parts: HubParts): MadeHub {
  const { config, database, settings, catalogues, assets, now } = parts
  const handles = handlesOf(database.kysely)
  const deps: RecordingDeps & LibraryDeps = {
    ...handles,
    now,
    links: createFileLinks(parts.secret, now),
    recorded: recordedSource(handles),
  }
  const languages = orderLanguages(catalogues, settings.languages)
  const introduce = createIntroduction(deps)
  const look = { catalogues, languages, origin: config.HUB_ORIGIN, zone: settings.zone, assets, now, introduce }
  const contexts = createContexts(look)
  const http = createHttp({ languages, drawError: createErrorDrawer(look), ...givenOptions(parts, deps.records) })
  const visitor = (c: Asking): Reader => {
    const { lang } = c.var
    return { lang, chain: chainOf(lang, c.req.header('accept-language'), languages), audience: ['public'] }
  }
  const hubName = async (lang: string) => {
    const chain = [lang, ...languages]
    return (await introduce({ lang, chain, audience: ['public'] })).name.value
  }
  const accountDeps = accountDepsOf(parts, { languages, hubName, changed: http.forgetVersion })
  const wiring = {
    http,
    deps,
    accountDeps,
    search: openSearch(database.kysely, http, now),
    languages,
    origin: config.HUB_ORIGIN,
    adminEmail: adminEmailOf(config),
    visitor,
  }
  const identify = async (c: Asking & { readonly req: { readonly raw: Request } }) => {
    const visit = await findVisit(accountDeps, c.req.raw)
    const actor = visit?.actor ?? null
    const reader = { ...visitor(c), audience: audienceOf(actor), ...(visit && { visit: visit.id }) }
    return { visit, actor, reader }
  }
  // The desk reads who asks before the page cache, and comes by here once more.
  const known = new WeakSet<Request>()
  const readPage: MiddlewareHandler<PageEnv> = async (c, next) => {
    if (known.has(c.req.raw)) return next()
    known.add(c.req.raw)
    const { visit, actor, reader } = await identify(c)
    c.set('visit', visit)
    c.set('actor', actor)
    c.set('reader', reader)
    const page = await contexts(reader, c.req.path, actor)
    c.set('page', page)
    c.set('credit', createCredit(accountDeps.accounts, page))
    await next()
    return undefined
  }
  http.app.use(followRedirects(parts))
  mountDoors(wiring)
  mountMachines(wiring, contexts)
  mountFiles(wiring, parts, identify)
  mountPages(wiring, readPage, parts)
  return { http, accountDeps }
}

function givenOptions(
  { config, log, metrics, assets, database, now, live, cacheBytes, ticks, views, questions }: HubParts,
  records: RecordDb,
) {
  return {
    config,
    log,
    metrics,
    assets,
    readVersion: async () => {
      const version = await readHubVersion(records)
      await live?.onVersion(version)
      return version
    },
    missing: async () => ((await database.ping()) ? [] : ['the database']),
    now: () => Date.parse(now()),
    onPage: (page: SeenPage) => {
      views.count(page.target)
      questions.count(page)
    },
    bodyLimitOf: (path: string) =>
      adminBodyLimit(path) ??
      translationBodyLimit(path) ??
      importBodyLimit(path) ??
      uploadBodyLimit(path) ??
      deskBodyLimit(path) ??
      libraryBodyLimit(path),
    ...(live ? { successor: live.successor } : {}),
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
    ...(ticks ? { ticks } : {}),
  }
}

/** The languages to look for a text in: the page's, others of the hub's that the reader accepts, then the rest of the hub's. */
function chainOf(lang: string, accept: string | undefined, languages: Languages): string[] {
  return readerChain(lang, accept, languages).filter((one) => languages.includes(one))
}

/** `/` and `/r/{id}`: addresses without a language, which lead on to the reader's. */
function mountDoors({ http, deps, visitor }: Wiring): void {
  const byLanguage = { by: { header: 'Accept-Language', value: (c: Context<HubEnv>) => c.var.lang } }
  http.app.get('/', http.cachePages(byLanguage), (c) => c.redirect(`/${c.var.lang}`, 302))
  http.app.get('/r/:id', http.cachePages(byLanguage), async (c) => {
    const path = await findBestPage(deps, visitor(c), c.req.param('id'))
    if (path === null) throw new NotFoundError('record')
    return c.redirect(path, 302)
  })
}

/** The names of the query that pages of a path differ by. */
function queryOf(path: string): readonly string[] {
  const [, , area, , part] = path.split('/', 6)
  if (area === 'library') return libraryQuery
  if (path.endsWith('/search/suggest')) return ['q']
  if (area === 'search') return searchQuery
  return part === 'sessions' ? sessionQuery : ['page', 'series', 'theme']
}

/** Every page below `/{lang}`. */
function mountPages(wiring: Wiring, readPage: MiddlewareHandler<PageEnv>, parts: HubParts): void {
  const { http, deps, languages, visitor } = wiring
  const { app } = http
  const below = `/${languageParameter(languages)}`
  // Fallback texts follow the other languages a reader accepts, so pages differ by them.
  const by = { header: 'Accept-Language', value: (c: Context<HubEnv>) => visitor(c).chain.join(' ') }
  // `/*` stands for `/{lang}` itself too.
  // Before the page cache, which would take their query for noise.
  for (const path of accountPaths) app.use(below + path, readPage)
  app.route(below, accountPages(wiring.accountDeps, http))
  app.get(signOnReturn, async (c) => returnFromSignOn(wiring.accountDeps, c))
  for (const area of ['desk', 'admin']) app.use(`${below}/${area}/*`, readPage, signedIn())
  app.use(`${below}/*`, http.cachePages({ query: queryOf, by }), readPage)
  // Players of other sites read what goes with a sound.
  for (const path of [
    'calendar.ics',
    ...['captions', 'chapters'].map((part) => `seminars/:slug/sessions/:number/${part}/*`),
  ])
    app.use(`${below}/${path}`, openToAll)
  app.route(below, seminarRoutes(deps, parts.pdf))
  app.route(below, recordingRoutes(deps, parts.pdf))
  app.route(below, libraryRoutes(deps))
  app.route(below, seriesRoutes(deps, [seminarDates(deps), publicationDates(deps)]))
  app.route(below, hubRoutes({ ...deps, search: wiring.search.deps.search }))
  mountSearch(wiring, below)
  app.route(
    below,
    translationRoutes({
      ...createTranslationDeps(parts.database.kysely, parts.now, languages),
      hasMachine: parts.config.TRANSLATE_URL !== undefined,
      changed: http.forgetVersion,
    }),
  )
  const desk = deskDeps(wiring, parts)
  const { files, store, now, nameActors } = desk
  app.route(`${below}/desk/uploads`, uploadRoutes({ files, store, now, spool: parts.spool }))
  const queued = parts.catalogueQueued ?? (() => undefined)
  app.route(below, importDeskRoutes({ db: parts.database.kysely, store, now, queued, nameActors }))
  app.route(below, mergingRoutes(desk))
  const { facets } = wiring.search.deps
  const searchDesk = { db: parts.database.kysely, facets, now, languages, changed: http.forgetVersion, nameActors }
  app.route(below, searchDeskRoutes(searchDesk))
  const findFfmpeg = createFfmpegFinder(parts.config.FFMPEG_PATH)
  app.route(
    below,
    deskRoutes(desk, [
      agendaRoutes(desk),
      captionDeskRoutes(desk),
      transcriptDeskRoutes(desk),
      contributorRoutes(desk),
      editionRoutes(desk),
      mediaDeskRoutes(desk, findFfmpeg),
      careRoutes(desk, { queued: parts.cutsQueued ?? (() => undefined) }),
    ]),
  )
  app.route(`${below}/admin`, adminRoutes(adminDeps(wiring, parts)))
}
