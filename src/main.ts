import { join } from 'node:path'
import { createHitCounter, type HitCounter } from '#features/admin/index.ts'
import { hasAdmin, inviteFirstAdmin, type AccountTables } from '#features/accounts/index.ts'
import { loadContent } from '#features/exchange/index.ts'
import { bareIntroduction, readHubSettings } from '#features/hub/index.ts'
import { createViewCounter, type ViewCounter } from '#features/records/index.ts'
import { createQuestionCounter, type QuestionCounter } from '#features/search/index.ts'
import { migrations } from '#migrations/index.ts'
import { migrate, openDatabase, type Database } from '#platform/db/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import { createHttp, loadAssets, serve, type Assets } from '#platform/http/index.ts'
import { loadCatalogues, type Catalogues } from '#platform/i18n/index.ts'
import { createLog, describeError, type Log } from '#platform/log.ts'
import { createMetrics, type Metrics } from '#platform/metrics.ts'
import { createPdfCompiler, documentFontFiles } from '#platform/pdf/index.ts'
import { packageRoot } from '#platform/root.ts'
import { readSecret } from '#platform/secret.ts'
import { orderLanguages } from './wiring.ts'
import type { Config } from './config.ts'
import { openFileStore, openSpool } from './file-store.ts'
import { createLiveHub } from './live-hub.ts'
import { createErrorDrawer } from './page-context.tsx'
import type { HubTables } from './schema.ts'
import { mailOf, startUpkeep, type Upkeep } from './upkeep.ts'

/** A hub that runs. */
export interface Hub {
  readonly url: string
  /** Finishes running requests, ends the jobs, closes the database; safe to call twice. */
  stop(): Promise<void>
}

/** What runs, as far as it was begun. */
interface Opened {
  database?: Database<HubTables>
  hits?: HitCounter
  views?: ViewCounter
  questions?: QuestionCounter
  upkeep?: Upkeep
}

const now = () => new Date().toISOString()

/**
 * Starts a hub: it listens at once and answers 503 until its database is there. `tell` gets what a person at the terminal
 * should know; `signal` ends the waiting for a database that does not come. Throws when it cannot start.
 */
export async function startHub(config: Config, tell: (line: string) => void, signal: AbortSignal): Promise<Hub> {
  const log = createLog({ level: config.HUB_LOG, buffered: true })
  const metrics = createMetrics()
  const catalogues = loadCatalogues(join(packageRoot(), 'locales'))
  const assets = await loadAssets(join(packageRoot(), 'dist', 'assets'))
  const frame = { config, log, metrics, catalogues, assets }
  const files = openFileStore(config)
  const pdf = createPdfCompiler({ fonts: documentFontFiles() })
  const running = await serve({ config, http: createWaitingRoom(frame), log })
  const opened: Opened = {}
  const stop = async () => {
    await running.stop()
    pdf.stop()
    await opened.upkeep?.stop()
    await opened.hits?.flush()
    await opened.views?.flush()
    await opened.questions?.flush()
    await opened.database?.close()
    log.flush()
  }
  try {
    opened.database = await open(frame, tell, signal)
    await prepare(config, opened.database, files, tell)
    const secret = readSecret(config.HUB_DATA, config.HUB_SECRET)
    const { database } = opened
    opened.hits = countHits(database, log)
    opened.views = countViews(database, log)
    opened.questions = countQuestions(database, config, log)
    const parts = {
      ...frame,
      database,
      files,
      spool: openSpool(config),
      hits: opened.hits,
      views: opened.views,
      questions: opened.questions,
      pdf,
      now,
      secret,
      mailQueued: () => opened.upkeep?.mailQueued(),
      catalogueQueued: () => opened.upkeep?.catalogueQueued(),
      cutsQueued: () => opened.upkeep?.cutsQueued(),
      filesQueued: () => opened.upkeep?.filesQueued(),
      jobs: () => opened.upkeep?.jobs ?? null,
    }
    const live = await createLiveHub(parts, ({ http }) => running.swap(http))
    running.swap(live.current().http)
    opened.upkeep = startUpkeep({ config, database, log, metrics, now, ...mailOf(config) })
    await offerFirstAdmin(config, database, tell)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: running.url, stop }
}

/** A hub that nobody administers gives whoever can read its terminal a link to change that; it is never in the log. */
async function offerFirstAdmin(
  { HUB_ORIGIN: origin }: Config,
  { kysely }: Database<HubTables>,
  tell: (line: string) => void,
): Promise<void> {
  const accounts = kysely.$pickTables<keyof AccountTables>()
  if (await hasAdmin(accounts)) return
  const { languages } = await readHubSettings(kysely.$pickTables())
  const link = await inviteFirstAdmin({ accounts, now, origin }, languages[0] ?? 'en')
  tell(`Nobody administers this hub yet. Whoever opens this link does, until the next start:\n${link}`)
}

function countHits({ kysely }: Database<HubTables>, log: Log): HitCounter {
  return createHitCounter(kysely.$pickTables(), now, (error) => {
    log.warn({ error: describeError(error) }, 'hits of redirects could not be written yet')
  })
}

function countViews({ kysely }: Database<HubTables>, log: Log): ViewCounter {
  return createViewCounter(kysely.$pickTables(), now, (error) => {
    log.warn({ error: describeError(error) }, 'page views could not be written yet')
  })
}

function countQuestions({ kysely }: Database<HubTables>, { HUB_ORIGIN: origin }: Config, log: Log): QuestionCounter {
  const onFault = (error: unknown) =>
    log.warn({ error: describeError(error) }, 'counts of questions could not be written yet')
  return createQuestionCounter({ db: kysely.$pickTables(), now, origin, onFault })
}

interface Frame {
  readonly config: Config
  readonly log: Log
  readonly metrics: Metrics
  readonly catalogues: Catalogues
  readonly assets: Assets
}

const introduceBarely = async () => bareIntroduction

/** What answers before the database is there: health, and pages that say to come back. */
function createWaitingRoom({ config, log, catalogues, assets }: Frame) {
  const languages = orderLanguages(catalogues, [])
  return createHttp({
    config,
    log,
    metrics: createMetrics(),
    assets,
    languages,
    drawError: createErrorDrawer({
      catalogues,
      languages,
      origin: config.HUB_ORIGIN,
      zone: 'UTC',
      assets,
      now,
      introduce: introduceBarely,
    }),
    readVersion: async () => 0,
    missing: async () => ['the database'],
    waitingFor: () => 'the database',
  })
}

async function open(
  { config, log, metrics }: Frame,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<Database<HubTables>> {
  return openDatabase<HubTables>({
    dataFolder: config.HUB_DATA,
    databaseUrl: config.DATABASE_URL,
    mode: 'own',
    signal,
    onWait: tell,
    onQuery: ({ milliseconds }) => metrics.queried(milliseconds),
    onFault: (message) => log.error(message),
  })
}

/** Brings the database to this release, and an empty hub to its first content. */
async function prepare(
  config: Config,
  { kysely }: Database<HubTables>,
  files: FileStore,
  tell: (line: string) => void,
): Promise<void> {
  const done = await migrate(kysely, migrations)
  if (done.length > 0) tell(`The database was brought to this release: ${done.join(', ')}.`)
  if (config.HUB_SEED === 'none') return
  const any = await kysely.selectFrom('record').select('id').limit(1).executeTakeFirst()
  if (any) return
  await loadContent({ db: kysely, files }, join(packageRoot(), 'seeds'), now())
  tell('The hub was empty: it now holds the demonstration content. HUB_SEED=none starts without.')
}
