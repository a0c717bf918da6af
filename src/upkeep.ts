import { join } from 'node:path'
import { z } from 'zod'
import { forgetOldAccounts } from '#features/accounts/index.ts'
import type { JobDesk } from '#features/admin/index.ts'
import { readHubSettings } from '#features/hub/index.ts'
import { forgetQuestions } from '#features/search/index.ts'
import { deleteAuditBefore } from '#platform/audit/index.ts'
import { isVacuumDue, readTableWear, vacuum, type Database } from '#platform/db/index.ts'
import { createJobs, type Jobs } from '#platform/jobs/index.ts'
import { describeError, type Log } from '#platform/log.ts'
import { createSender, deliverDue, emptyOutbox, forgetMessages, type SendMessage } from '#platform/mail/index.ts'
import type { Metrics } from '#platform/metrics.ts'
import type { Instant } from '#platform/time.ts'
import type { Config } from './config.ts'
import { defineDocumentJobs, documentJobNames } from './document-jobs.ts'
import { defineFileJobs, fileJobNames } from './file-jobs.ts'
import { openFileStore, openSpool } from './file-store.ts'
import { defineImportJobs, importJobNames } from './import-jobs.ts'
import type { HubTables } from './schema.ts'
import { defineMediaJobs, mediaJobNames } from './media-jobs.ts'
import { defineSearchJobs, searchJobNames } from './search.ts'
import { defineTranslationJobs, translationJobNames } from './translation-jobs.ts'

export interface Upkeep {
  /** There is mail to send: it goes now rather than with the next minute. */
  mailQueued(): void
  /** There is a catalogue to compare or to write: it is begun now. */
  catalogueQueued(): void
  /** Something was taken down or offered again: copies of films and sounds are begun now. */
  cutsQueued(): void
  /** Something was saved at the desk: new files are read now. */
  filesQueued(): void
  /** What administration sees and does with the jobs. */
  readonly jobs: JobDesk
  /** Lets the running job end, for at most ten seconds. */
  stop(): Promise<void>
}

export interface UpkeepOptions {
  readonly config: Config
  readonly database: Database<HubTables>
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => Instant
  readonly sendMessage: SendMessage
  /** Folder for the messages of a hub without a mail server. */
  readonly outbox: string
  /** Seconds until the first look at the jobs: the first readers of a hub that has just started go before them. */
  readonly delay?: number
}

/** Every job of the hub, by what it does; `docs/operating.md` tells of each. */
export const jobNames = {
  sweep: 'database.vacuum',
  mail: 'mail.send',
  prune: 'audit.prune',
  forget: 'accounts.retention',
  ...translationJobNames,
  ...fileJobNames,
  ...documentJobNames,
  ...mediaJobNames,
  ...importJobNames,
  ...searchJobNames,
} as const

/** When the embedded database is looked at: a cron expression, in UTC. */
const SWEEPING = '17 * * * *'

/** Each look takes a statement when nothing is due. */
const MAILING = '* * * * *'

/** When old lines of the audit log are forgotten, where the hub says so. */
const PRUNING = '41 3 * * *'

/** When what nobody needs any more of people is forgotten. */
const FORGETTING = '23 * * * *'

/** Seconds. */
const DELAY = 10
const AGAIN = 60

const YEAR = 365

/** Forgets what has served its purpose: what people used to sign in, old invitations, the words of old messages, what was searched for. */
async function forgetOld({ kysely }: Database<HubTables>, outbox: string, now: Instant): Promise<void> {
  const before = (days: number) => new Date(Date.parse(now) - days * 24 * 3600 * 1000).toISOString()
  const { retention } = await readHubSettings(kysely.$pickTables())
  await forgetOldAccounts(kysely.$pickTables(), now, { invitationDays: retention.invitations })
  await forgetQuestions(kysely.$pickTables(), now)
  if (retention.mail === 0) return
  const bodies = before(retention.mail)
  await forgetMessages(kysely.$pickTables(), bodies, before(Math.max(YEAR, retention.mail)))
  await emptyOutbox(outbox, bodies)
}

/** How this hub sends its mail. */
export function mailOf(config: Config): Pick<UpkeepOptions, 'sendMessage' | 'outbox'> {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, HUB_ORIGIN: origin } = config
  const outbox = join(config.HUB_DATA, 'outbox')
  return { sendMessage: createSender({ smtpUrl, from, origin, outbox }), outbox }
}

/** Starts the jobs in the background; when they cannot be started, says so in the log and tries again every minute. */
export function startUpkeep(options: UpkeepOptions): Upkeep {
  const { database, log, metrics, delay = DELAY } = options
  const jobs = createJobs({ pool: database.pool, log, onEnd: metrics.jobEnded })
  const { begin, mailQueued, catalogueQueued, cutsQueued, filesQueued, giveUp } = defineJobs(jobs, options)
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let beginning = Promise.resolve()

  function wait(seconds: number): void {
    timer = setTimeout(() => {
      beginning = begin().catch((error: unknown) => {
        log.error({ error: describeError(error) }, 'jobs could not be started')
        if (!isStopped) wait(AGAIN)
      })
    }, seconds * 1000)
  }

  function hurry(send: () => Promise<unknown>, otherwise: string): void {
    if (isStopped) return
    send().catch((error: unknown) => log.warn({ error: describeError(error) }, otherwise))
  }

  wait(delay)
  return {
    jobs,
    mailQueued: () => hurry(mailQueued, 'mail waits for the next minute'),
    catalogueQueued: () => hurry(catalogueQueued, 'a catalogue waits for the next minute'),
    cutsQueued: () => hurry(cutsQueued, 'copies wait for the next minute'),
    filesQueued: () => hurry(filesQueued, 'files wait for the next minute'),
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await beginning
      giveUp()
      await jobs.stop()
    },
  }
}

interface DefinedJobs {
  /** Schedules the jobs and begins to work on them. */
  readonly begin: () => Promise<void>
  readonly mailQueued: () => Promise<unknown>
  readonly catalogueQueued: () => Promise<unknown>
  readonly cutsQueued: () => Promise<unknown>
  readonly filesQueued: () => Promise<unknown>
  /** Breaks off what takes longer than a stop may: it is begun anew with the next start. */
  readonly giveUp: () => void
}

/** The jobs that read what the hub holds: files and captions, then everything into the index of the search. */
function defineReading(
  jobs: Jobs,
  parts: Parameters<typeof defineDocumentJobs>[1],
): ReturnType<typeof defineDocumentJobs> {
  const documents = defineDocumentJobs(jobs, parts)
  const beginSearching = defineSearchJobs(jobs, parts.db)
  return {
    begin: async () => {
      await documents.begin()
      await beginSearching()
    },
    queued: documents.queued,
  }
}

/** Defines every job. */
function defineJobs(jobs: Jobs, { config, database, now, sendMessage, outbox }: UpkeepOptions): DefinedJobs {
  let sweptAt: Instant | undefined
  const sweep = jobs.define({
    name: jobNames.sweep,
    payload: z.object({}),
    run: async () => {
      if (!isVacuumDue(now(), sweptAt, await readTableWear(database))) return
      await vacuum(database)
      sweptAt = now()
    },
  })
  const beginTranslating = defineTranslationJobs(jobs, { db: database.kysely, config, now })
  const [db, store] = [database.kysely, openFileStore(config)]
  const beginSweeping = defineFileJobs(jobs, { db, store, spool: openSpool(config), now })
  const reading = defineReading(jobs, { db, store, now })
  const media = defineMediaJobs(jobs, { db, store, now, config })
  const imports = defineImportJobs(jobs, { db, store, now, origin: config.HUB_ORIGIN, isBusy: database.isBusy })
  const mail = jobs.define({
    name: jobNames.mail,
    payload: z.object({}),
    // What could not be sent waits in the outbox, not here.
    retries: 0,
    run: async () => void (await deliverDue({ db: db.$pickTables<'mail'>(), send: sendMessage, now })),
  })
  const prune = jobs.define({
    name: jobNames.prune,
    payload: z.object({}),
    run: async () => {
      const { retention } = await readHubSettings(db.$pickTables())
      if (retention.audit === 0) return
      const before = Date.parse(now()) - retention.audit * 24 * 3600 * 1000
      await deleteAuditBefore(db.$pickTables(), new Date(before).toISOString())
    },
  })
  const forget = jobs.define({
    name: jobNames.forget,
    payload: z.object({}),
    run: async () => forgetOld(database, outbox, now()),
  })
  return {
    begin: async () => {
      await jobs.work()
      await sweep.schedule(SWEEPING, {})
      await mail.schedule(MAILING, {})
      await prune.schedule(PRUNING, {})
      await forget.schedule(FORGETTING, {})
      await sweep.send({}, { singletonKey: 'start' })
      await mail.send({}, { singletonKey: 'due' })
      await beginTranslating()
      await beginSweeping()
      await reading.begin()
      await media.begin()
      await imports.begin()
    },
    mailQueued: async () => mail.send({}, { singletonKey: 'due' }),
    catalogueQueued: imports.queued,
    cutsQueued: media.cutsQueued,
    filesQueued: async () => Promise.all([reading.queued(), media.queued()]),
    giveUp: media.giveUp,
  }
}
