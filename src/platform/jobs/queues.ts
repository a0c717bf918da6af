import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { describeError, type Log } from '#platform/log.ts'
import { jobsDatabase } from './database.ts'

export type Queue = { name: string; retries: number; retrySeconds: number; limitSeconds: number }

export type QueueOptions = { pool: Pool; log: Log; schema?: string }

export type Queues = {
  /** pg-boss, started, with this queue in it. */
  open: (queue: Queue) => Promise<PgBoss>
  close: (graceful: boolean, seconds: number) => Promise<void>
}

/** What pg-boss does on its own is kept rare: on a hub at rest jobs are a few short statements a minute. */
const CRON_SECONDS = 45

/** Starts pg-boss with the first queue that is needed, and makes each queue once. */
export function createQueues(options: QueueOptions): Queues {
  const made = new Map<string, Promise<void>>()
  let starting: Promise<PgBoss> | undefined

  async function boss(): Promise<PgBoss> {
    const mine = (starting ??= startBoss(options))
    return mine.catch((error: unknown) => {
      // The next call tries anew: the database may be back by then.
      if (starting === mine) starting = undefined
      throw error
    })
  }

  return {
    open: async (queue) => {
      const running = await boss()
      const making = made.get(queue.name) ?? ensureQueue(running, queue)
      made.set(queue.name, making)
      await making.catch((error: unknown) => {
        made.delete(queue.name)
        throw error
      })
      return running
    },
    close: async (graceful, seconds) => {
      const running = await starting?.catch(() => undefined)
      starting = undefined
      made.clear()
      await running?.stop({ graceful, timeout: seconds * 1000, close: false })
    },
  }
}

async function startBoss({ pool, log, schema = 'jobs' }: QueueOptions): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    db: jobsDatabase(pool),
    schema,
    cronMonitorIntervalSeconds: CRON_SECONDS,
    cronWorkerIntervalSeconds: CRON_SECONDS,
    superviseIntervalSeconds: 300,
    monitorIntervalSeconds: 300,
    queueCacheIntervalSeconds: 600,
    bamIntervalSeconds: 600,
    flowIntervalSeconds: 600,
    // The hub has its own VACUUM for the embedded database; a server has autovacuum. Neither needs pg-boss to rebuild or warn.
    monitorVacuum: false,
    reindex: false,
    registerInstance: false,
  })
  boss.on('error', (error) => log.error({ error: describeError(error) }, 'jobs have a fault'))
  boss.on('warning', ({ message }) => log.warn({ warning: message }, 'jobs warn'))
  return boss.start()
}

async function ensureQueue(boss: PgBoss, { name, retries, retrySeconds, limitSeconds }: Queue): Promise<void> {
  const settings = {
    retryLimit: retries,
    retryDelay: retrySeconds,
    retryBackoff: true,
    expireInSeconds: limitSeconds,
  }
  if (await boss.getQueue(name)) await boss.updateQueue(name, settings)
  else await boss.createQueue(name, { policy: 'short', ...settings })
}
