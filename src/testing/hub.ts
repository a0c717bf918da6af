import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { readConfig } from '../config.ts'
import { createLiveHub } from '../live-hub.ts'
import type { HubTables } from '../schema.ts'
import {
  insertUser,
  insertVisit,
  replaceGrants,
  signVisitToken,
  visitCookie,
  type AccountDeps,
  type AccountTables,
  type Actor,
  type Grant,
  type Role,
} from '#features/accounts/index.ts'
import { createHitCounter, type JobDesk } from '#features/admin/index.ts'
import { loadContent } from '#features/exchange/index.ts'
import { createLocalFileStore, createSpool, type FileStore, type Spool } from '#platform/files/index.ts'
import { createViewCounter } from '#features/records/index.ts'
import { createQuestionCounter } from '#features/search/index.ts'
import { noAssets, type Assets, type Http } from '#platform/http/index.ts'
import { loadCatalogues, type Translate } from '#platform/i18n/index.ts'
import { createLog } from '#platform/log.ts'
import { listMessages, type Message } from '#platform/mail/index.ts'
import { createMetrics } from '#platform/metrics.ts'
import { createPdfCompiler, documentFontFiles } from '#platform/pdf/index.ts'
import type { Instant } from '#platform/time.ts'
import { resetDatabase, testDatabase } from './database.ts'

export interface HubOptions {
  /** With the demonstration content of `seeds/`; else empty. */
  readonly seeded?: boolean
  /** What the clock shows until `setNow`; the content is loaded at this instant too. */
  readonly now?: Instant
  /** Keeps finished pages, as a hub in use does. */
  readonly cache?: boolean
  /** Jobs that the test has begun; else the hub has none. */
  readonly jobs?: JobDesk
  /** File that the log is written to; else nothing is. */
  readonly logTo?: string
  /** Further settings, as the operator gives them. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Fields, a form with files, or bytes as they are. */
export type FormFields = Readonly<Record<string, string | readonly string[]>> | FormData | Uint8Array<ArrayBuffer>

/** Somebody's browser after they signed in. */
export interface SignedIn {
  readonly actor: Actor
  /** What their browser sends along. */
  readonly cookie: string
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  post(path: string, form: FormFields, headers?: Readonly<Record<string, string>>): Promise<Response>
}

/** A whole hub in memory: every route, real words, a clock that stands still. */
export interface TestHub extends AsyncDisposable {
  readonly origin: string
  readonly kysely: Kysely<HubTables>
  /** In a folder of its own, which goes with the hub. */
  readonly files: FileStore
  readonly filesFolder: string
  /** Where files wait that are sent in parts, in a folder of its own too. */
  readonly spool: Spool
  readonly spoolFolder: string
  /** For a server, where a test goes over the wire. */
  readonly http: Http
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  fetch(request: Request): Promise<Response>
  /** Sends a form, as a page of the hub does. */
  post(path: string, form: FormFields, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Signs somebody in who has these roles, everywhere unless a scope is given. */
  as(roles: readonly (Role | Grant)[], more?: { name?: string; lang?: string }): Promise<SignedIn>
  /** What everything about accounts needs, as the hub itself has it. */
  readonly accountDeps: AccountDeps
  /** Every message in the outbox, oldest first. */
  mails(): Promise<Message[]>
  setNow(now: Instant): void
  /** The hub version is looked at again with the next request, as it is after a second. */
  forget(): void
  /** Writes down what was counted in memory, as the hub does after half a minute. */
  flush(): Promise<void>
}

const root = join(import.meta.dirname, '../..')
const origin = 'https://hub.example'
const secret = 'the secret of every hub that the tests open, long enough'
const catalogues = loadCatalogues(join(root, 'locales'))

/** The languages of the interface. */
export const interfaceLanguages = ['en', 'fr', 'es', 'ar', 'pt'] as const

/** The words of the interface: language → key → message. */
export const wordsOf = (lang: string): Readonly<Record<string, string>> => catalogues.messages(lang) ?? {}

/** Says a message of the interface in a language. */
export const sayIn = (lang: string): Translate => catalogues.translator(lang)

/** Pages name a style sheet and a script as a built hub does; nobody fetches them. */
const assets: Assets = {
  ...noAssets(),
  href: (name) => `/assets/${name.replace('.', '.1A2B3C4D.')}`,
  find: (name) => `/assets/${name.replace('.', '.1A2B3C4D.')}`,
}

/** Opens a hub on the emptied database of this test worker. */
export async function openHub(options: HubOptions = {}): Promise<TestHub> {
  const { seeded = false, cache = false } = options
  let { now = '2026-11-24T09:00:00.000Z' } = options
  const database = await testDatabase()
  await resetDatabase()
  const kept = await openFolders()
  const { files } = kept
  if (seeded) await loadContent({ db: database.kysely, files }, join(root, 'seeds'), now)
  const pdf = createPdfCompiler({ fonts: documentFontFiles() })
  const views = createViewCounter(database.kysely.$pickTables(), () => now, fail)
  const questions = createQuestionCounter({ db: database.kysely.$pickTables(), now: () => now, origin, onFault: fail })
  const hits = createHitCounter(database.kysely.$pickTables(), () => now, fail)
  const live = await createLiveHub({
    config: readConfig({ HUB_ORIGIN: origin, HUB_LOG: 'silent', ...options.environment }),
    database,
    files,
    spool: kept.spool,
    hits,
    views,
    questions,
    catalogues,
    assets,
    log: createLog(options.logTo === undefined ? { level: 'silent' } : { level: 'info', to: options.logTo }),
    metrics: createMetrics(),
    now: () => now,
    pdf,
    secret,
    // The clock stands still here too: the hub version is looked at when the test says so.
    ticks: () => Date.parse(now),
    ...(cache ? {} : { cacheBytes: 0 }),
    jobs: () => options.jobs ?? null,
  })
  const fetch = async (request: Request): Promise<Response> => live.current().http.app.fetch(request)
  const get: TestHub['get'] = async (path, headers = {}) => fetch(new Request(origin + path, { headers }))
  const post: TestHub['post'] = async (path, form, headers = {}) => {
    const { type, body } = await encode(form)
    return fetch(new Request(origin + path, { method: 'POST', body, headers: { ...type, origin, ...headers } }))
  }
  return {
    origin,
    kysely: database.kysely,
    ...kept,
    http: live.current().http,
    fetch,
    get,
    post,
    as: createSignIn(database.kysely.$pickTables(), () => now, { get, post }),
    accountDeps: live.current().accountDeps,
    mails: async () => (await listMessages(database.kysely.$pickTables<'mail'>())).items.toReversed(),
    setNow: (instant) => (now = instant),
    forget: () => live.current().http.forgetVersion(),
    flush: async () => {
      for (const counter of [hits, views, questions]) await counter.flush()
    },
    [Symbol.asyncDispose]: async () => {
      pdf.stop()
      await rm(kept.filesFolder, { recursive: true })
      await rm(kept.spoolFolder, { recursive: true, force: true })
    },
  }
}

/** Folders of its own for the files of a hub, and for those that are on their way. */
async function openFolders(): Promise<Pick<TestHub, 'files' | 'filesFolder' | 'spool' | 'spoolFolder'>> {
  const filesFolder = await mkdtemp(join(tmpdir(), 'hub-files-'))
  const spoolFolder = await mkdtemp(join(tmpdir(), 'hub-uploads-'))
  return { files: createLocalFileStore(filesFolder), filesFolder, spool: createSpool(spoolFolder), spoolFolder }
}

/** Signs people in, each with an account and a visit of their own. */
function createSignIn(
  accounts: Kysely<AccountTables>,
  clock: () => Instant,
  { get, post }: Pick<SignedIn, 'get' | 'post'>,
): TestHub['as'] {
  let people = 0
  return async (roles, { name = 'Test Person', lang = 'en' } = {}) => {
    people += 1
    const now = clock()
    const grants = roles.map((role) => (typeof role === 'string' ? { role, scope: '*' } : role))
    const id = await insertUser(accounts, { email: `person${people}@hub.example`, name, lang }, now)
    await replaceGrants(accounts, id, grants, 'test', now)
    // Some doors of a visit look at the true clock.
    const later = Math.max(Date.parse(now), Date.now()) + 30 * 24 * 3600 * 1000
    const token = `token-of-person-${people}`
    const expiresAt = new Date(later).toISOString()
    await insertVisit(accounts, { userId: id, token, method: 'password', expiresAt }, now)
    const actor: Actor = { id, name, lang, grants }
    const cookie = `${visitCookie(origin)}=${signVisitToken(token, secret)}`
    return {
      actor,
      cookie,
      get: async (path, headers = {}) => get(path, { cookie, ...headers }),
      post: async (path, form, headers = {}) => post(path, form, { cookie, ...headers }),
    }
  }
}

function fail(error: unknown): never {
  throw error
}

/**
 * A form as it goes over the wire. A form with files becomes bytes first: the stream that a request makes of one throws, where nobody
 * can catch it, when it is not read to its end.
 */
async function encode(
  form: FormFields,
): Promise<{ type: Record<string, string>; body: Uint8Array<ArrayBuffer> | URLSearchParams }> {
  if (form instanceof Uint8Array) return { type: {}, body: form }
  if (form instanceof FormData) {
    const sent = new Response(form)
    return { type: { 'content-type': sent.headers.get('content-type') ?? '' }, body: await sent.bytes() }
  }
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
  )
  return { type: {}, body: new URLSearchParams(pairs) }
}
