import { z } from 'zod'
import { isVacuumDue, readTableWear, vacuum, type Database } from '#platform/db/index.ts'
import { createJobs, type Jobs } from '#platform/jobs/index.ts'
import { describeError, type Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import type { Instant } from '#platform/time.ts'
import type { HubTables } from './schema.ts'

export interface Upkeep {
  /** Lets the running job end, for at most ten seconds. */
  stop(): Promise<void>
}

export interface UpkeepOptions {
  readonly database: Database<HubTables>
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => Instant
  /** Seconds until the first look at the jobs: the first readers of a hub that has just started go before them. */
  readonly delay?: number
}

/** Every job of the hub, by what it does; `docs/operating.md` tells of each. */
export const jobNames = { sweep: 'database.vacuum' } as const

/** When the embedded database is looked at: a cron expression, in UTC. */
const SWEEPING = '17 * * * *'

/** Seconds. */
const DELAY = 10
const AGAIN = 60

/** Starts the jobs in the background; when they cannot be started, says so in the log and tries again every minute. */
export function startUpkeep(options: UpkeepOptions): Upkeep {
  const { database, log, metrics, delay = DELAY } = options
  const jobs = createJobs({ pool: database.pool, log, onEnd: metrics.jobEnded })
  const begin = defineJobs(jobs, options)
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

  wait(delay)
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await beginning
      await jobs.stop()
    },
  }
}

/** Defines every job; what it gives back schedules them and begins to work on them. */
function defineJobs(jobs: Jobs, { database, now }: UpkeepOptions): () => Promise<void> {
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
  return async () => {
    await jobs.work()
    await sweep.schedule(SWEEPING, {})
    await sweep.send({}, { singletonKey: 'start' })
  }
}
