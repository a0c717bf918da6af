import type { Context, MiddlewareHandler } from 'hono'
import {
  accountPages,
  accountPaths,
  audienceOf,
  createAccounts,
  findVisit,
  readAccountNames,
  returnFromSignOn,
  signedIn,
  signOnReturn,
  type AccountDeps,
  type AccountTables,
  type SignOn,
} from '#features/accounts/index.ts'
import {
  adminBodyLimit,
  adminRoutes,
  findRedirect,
  readAddress,
  type AdminDeps,
  type HitCounter,
  type JobDesk,
} from '#features/admin/index.ts'
import {
  deskBodyLimit,
  deskRoutes,
  listDeskFileNames,
  type DeskDeps,
  type DeskKind,
  type DeskTables,
} from '#features/desk/index.ts'
import { directoryKinds } from '#features/directory/index.ts'
import { handlesOf, openToAll } from '#features/exchange/index.ts'
import { createIntroduction, findBestPage, hubKind, hubRoutes, type HubSettings } from '#features/hub/index.ts'
import { fileRoutes, uploadBodyLimit, uploadRoutes, type FileSource, type FileViewer } from '#features/files/index.ts'
import {
  contributorRoutes,
  editionRoutes,
  libraryBodyLimit,
  libraryKinds,
  libraryQuery,
  libraryRoutes,
  listPublicationFileNames,
  publicationDates,
  type LibraryDeps,
} from '#features/library/index.ts'
import { listDeeds, readHubVersion, type PageEnv, type Reader, type ViewCounter } from '#features/records/index.ts'
import {
  agendaRoutes,
  listMaterialFileNames,
  seminarDates,
  seminarKinds,
  seminarRoutes,
  type SeminarDeps,
} from '#features/seminars/index.ts'
import { seriesKinds, seriesRoutes } from '#features/series/index.ts'
import { taxonomyKinds } from '#features/taxonomy/index.ts'
import { translationBodyLimit, translationRoutes } from '#features/translation/index.ts'
import type { Database } from '#platform/db/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { FileStore, Spool } from '#platform/files/index.ts'
import {
  createHttp,
  languageParameter,
  type Assets,
  type Http,
  type HubEnv,
  type Languages,
  type Successor,
} from '#platform/http/index.ts'
import { readerChain, type Catalogues } from '#platform/i18n/index.ts'
import type { Log } from '#platform/log.ts'
import { readSender } from '#platform/mail/index.ts'
import type { Metrics } from '#platform/metrics.ts'
import type { PdfCompiler } from '#platform/pdf/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Config } from './config.ts'
import { readHealth } from './health.ts'
import { mountMachines } from './machines.tsx'
import { createContexts, createErrorDrawer } from './page-context.tsx'
import type { HubTables } from './schema.ts'
import { createTranslationDeps } from './translation-desk.ts'

/** Everything the hub is made of. */
export interface HubParts {
  readonly config: Config
  readonly database: Pick<Database<HubTables>, 'kysely' | 'ping' | 'engine' | 'version'>
  readonly settings: HubSettings
  readonly files: FileStore
  /** Where files wait that are sent in parts. */
  readonly spool: Spool
  readonly catalogues: Catalogues
  readonly assets: Assets
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => Instant
  /** Makes PDF of documents; the caller stops it. */
  readonly pdf: PdfCompiler
  /** Signs the cookies of visits; the same in every process of this hub. */
  readonly secret: string
  /** Told when there is mail to send. */
  readonly mailQueued?: () => void
  /** The jobs, once they have begun. */
  readonly jobs?: () => JobDesk | null
  /** Counts how often addresses of a former site are asked for; the caller has it write down what it counted. */
  readonly hits: HitCounter
  /** Counts how often the pages of records are read; written down by the caller as well. */
  readonly views: ViewCounter
  /** How the hub follows its settings. */
  readonly live?: {
    /** Told of the hub version when it was looked at. */
    readonly onVersion: (version: number) => Promise<void>
    /** The hub that has taken this one's place. */
    readonly successor: Successor
  }
  /** Bytes of the page cache; 0 switches it off. */
  readonly cacheBytes?: number
  /** Milliseconds of a clock that never goes back. */
  readonly ticks?: () => number
}

/** A hub that was made: its side to the network, and what everything about accounts needs. */
export interface MadeHub {
  readonly http: Http
  readonly accountDeps: AccountDeps
}

/** As much of a request as tells who reads. */
interface Asking {
  readonly var: { readonly lang: string }
  readonly req: { header(name: 'accept-language'): string | undefined }
}

/** What the parts of the composition share. */
export interface Wiring {
  readonly http: Http
  readonly deps: SeminarDeps & LibraryDeps
  readonly accountDeps: AccountDeps
  readonly languages: Languages
  readonly origin: string
  /** Whom programs' keepers write to. */
  readonly adminEmail: string
  /** Somebody who has not signed in, by the language of the page and what their browser accepts. */
  readonly visitor: (c: Asking) => Reader
}

/** The languages of the interface: those the hub wants that have a catalogue, in its order; all, when it wants none. */
export function orderLanguages(catalogues: Catalogues, wanted: readonly string[]): Languages {
  const known = wanted.filter((lang) => catalogues.languages.includes(lang))
  const [first = 'en', ...rest] = new Set(known.length > 0 ? known : catalogues.languages)
  return [first, ...rest]
}

/** The whole hub: gives each feature its dependencies and mounts it. */
export function createApp(parts: HubParts): MadeHub {
  const { config, database, settings, catalogues, assets, now } = parts
  const deps: SeminarDeps & LibraryDeps = { ...handlesOf(database.kysely), now }
  const languages = orderLanguages(catalogues, settings.languages)
  const introduce = createIntroduction(deps)
  const look = { catalogues, languages, origin: config.HUB_ORIGIN, zone: settings.zone, assets, now, introduce }
  const contexts = createContexts(look)
  const http = createHttp({
    config,
    log: parts.log,
    metrics: parts.metrics,
    assets,
    languages,
    drawError: createErrorDrawer(look),
    readVersion: async () => {
      const version = await readHubVersion(deps.records)
      await parts.live?.onVersion(version)
      return version
    },
    missing: async () => ((await database.ping()) ? [] : ['the database']),
    now: () => Date.parse(now()),
    ...givenOptions(parts),
  })
  const visitor = (c: Asking): Reader => {
    const { lang } = c.var
    return { lang, chain: chainOf(lang, c.req.header('accept-language'), languages), audience: ['public'] }
  }
  const accountDeps = accountDepsOf(parts, languages, async (lang) => {
    const chain = [lang, ...languages]
    return (await introduce({ lang, chain, audience: ['public'] })).name.value
  })
  const adminEmail = adminEmailOf(config)
  const wiring = { http, deps, accountDeps, languages, origin: config.HUB_ORIGIN, adminEmail, visitor }
  const identify = async (c: Asking & { readonly req: { readonly raw: Request } }) => {
    const visit = await findVisit(accountDeps, c.req.raw)
    const actor = visit?.actor ?? null
    return { visit, actor, reader: { ...visitor(c), audience: audienceOf(actor) } }
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
    c.set('page', await contexts(reader, c.req.path, actor))
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

function givenOptions({ live, cacheBytes, ticks, views }: HubParts) {
  return {
    onPage: views.count,
    bodyLimitOf: (path: string) =>
      adminBodyLimit(path) ??
      translationBodyLimit(path) ??
      uploadBodyLimit(path) ??
      deskBodyLimit(path) ??
      libraryBodyLimit(path),
    ...(live ? { successor: live.successor } : {}),
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
    ...(ticks ? { ticks } : {}),
  }
}

function accountDepsOf(parts: HubParts, languages: Languages, hubName: AccountDeps['hubName']): AccountDeps {
  return createAccounts({
    accounts: parts.database.kysely.$pickTables<keyof AccountTables>(),
    now: parts.now,
    origin: parts.config.HUB_ORIGIN,
    secret: parts.secret,
    languages,
    sayIn: parts.catalogues.translator,
    hubName,
    mailQueued: parts.mailQueued ?? (() => undefined),
    signOn: signOnOf(parts.config),
    moreOf: async (userId) => ({ history: await listDeeds(parts.database.kysely.$pickTables(), userId) }),
    onFault: (message) => parts.log.error(message),
  })
}

/** The address that the hub's mail comes from; without one, the usual one of its host. */
function adminEmailOf({ MAIL_FROM, HUB_ORIGIN }: Config): string {
  return readSender(MAIL_FROM ?? '')?.address ?? `webmaster@${new URL(HUB_ORIGIN).hostname}`
}

/** The sign-on of the settings, or null. */
function signOnOf(config: Config): SignOn | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_NEW_PEOPLE } = config
  if (issuer === undefined || clientId === undefined) return null
  const name = OIDC_NAME ?? new URL(issuer).host
  return { issuer, clientId, clientSecret: OIDC_CLIENT_SECRET ?? null, name, newPeople: OIDC_NEW_PEOPLE }
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

/** Files of the hub. Who may have one follows from who may see what refers to it, so none goes through the page cache. */
function mountFiles(wiring: Wiring, parts: HubParts, viewerOf: (c: Context<HubEnv>) => Promise<FileViewer>): void {
  const { http, deps } = wiring
  const desk = deskDeps(wiring, parts)
  const sources: FileSource[] = [
    async ({ reader }, sha256) => listMaterialFileNames(deps, reader, sha256),
    async ({ reader }, sha256) => listPublicationFileNames(deps, reader, sha256),
    async ({ actor }, sha256) => listDeskFileNames(desk, actor, sha256),
  ]
  http.app.route('/files', fileRoutes({ files: desk.files, store: parts.files, sources }, viewerOf))
}

/** The names of the query that pages of a path differ by. */
function queryOf(path: string): readonly string[] {
  return path.split('/', 3)[2] === 'library' ? libraryQuery : ['page', 'series', 'theme']
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
  app.use(`${below}/calendar.ics`, openToAll)
  app.route(below, seminarRoutes(deps, parts.pdf))
  app.route(below, libraryRoutes(deps))
  app.route(below, seriesRoutes(deps, [seminarDates(deps), publicationDates(deps)]))
  app.route(below, hubRoutes(deps))
  app.route(
    below,
    translationRoutes({
      ...createTranslationDeps(parts.database.kysely, parts.now, languages),
      hasMachine: parts.config.TRANSLATE_URL !== undefined,
      changed: http.forgetVersion,
    }),
  )
  const desk = deskDeps(wiring, parts)
  const { files, store, now } = desk
  app.route(`${below}/desk/uploads`, uploadRoutes({ files, store, now, spool: parts.spool }))
  app.route(below, deskRoutes(desk, [agendaRoutes(desk), contributorRoutes(desk), editionRoutes(desk)]))
  app.route(`${below}/admin`, adminRoutes(adminDeps(wiring, parts)))
}

function adminDeps(
  { http, accountDeps, languages, origin }: Wiring,
  { config, database, catalogues, now, jobs }: HubParts,
): AdminDeps {
  return {
    accounts: accountDeps,
    db: database.kysely,
    now,
    origin,
    languages,
    interfaceLanguages: catalogues.languages,
    changed: http.forgetVersion,
    jobs: jobs ?? (() => null),
    readHealth: async () => readHealth({ config, database, cache: http.cache }),
  }
}

/** Leads from an address of a former site to where its content is now, when the hub has no page there itself. */
function followRedirects({ database, hits }: HubParts): MiddlewareHandler<HubEnv> {
  const db = database.kysely.$pickTables<'redirect'>()
  const findFormer = async ({ req }: Context<HubEnv>) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return null
    const { pathname, search } = new URL(req.raw.url)
    const address = readAddress(pathname + search)
    return address === null ? null : findRedirect(db, address)
  }
  return async function redirects(c, next) {
    let missing: NotFoundError | undefined
    try {
      await next()
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error
      missing = error
    }
    if (!missing && c.res.status !== 404) return
    const redirect = await findFormer(c)
    if (!redirect) {
      if (missing) throw missing
      return
    }
    hits.count(redirect.path)
    // Replaced, not merged: Hono would carry headers of the page that is not there over.
    c.res = undefined
    // Browsers ask again each time: an address may lead elsewhere tomorrow.
    c.res = new Response(null, { status: 301, headers: { location: redirect.target, 'cache-control': 'no-cache' } })
  }
}

/** The desk, and what each feature declares of its kinds of records. */
function deskDeps({ deps, accountDeps, languages, http }: Wiring, parts: HubParts): DeskDeps {
  const kinds: readonly DeskKind[] = [
    ...seminarKinds(deps),
    ...seriesKinds,
    ...libraryKinds(deps),
    ...directoryKinds,
    ...taxonomyKinds,
    hubKind,
  ]
  return {
    records: deps.records,
    desk: parts.database.kysely.$pickTables<keyof DeskTables>(),
    files: handlesOf(parts.database.kysely).files,
    store: parts.files,
    kinds: new Map(kinds.map((kind) => [kind.kind, kind])),
    languages,
    zone: parts.settings.zone,
    now: deps.now,
    onChange: http.forgetVersion,
    nameActors: async (ids) => readAccountNames(accountDeps.accounts, ids),
  }
}
