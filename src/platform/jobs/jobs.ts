import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss'
import type { z } from 'zod'
import { describeError, type Log } from '#platform/log.ts'
import { listJobs } from './list.ts'
import { createProgress } from './progress.ts'
import { createQueues, type Queue, type Queues } from './queues.ts'

export type CreateJobs = {
  pool: Pool
  log: Log
  /** Of PostgreSQL, for the tables of pg-boss. */
  schema?: string
  /** How often workers look for jobs that another process has sent, in seconds; those of this process start at once. */
  pollSeconds?: number
  onEnd?: (name: string, outcome: 'done' | 'failed') => void
}

export type JobCall = {
  id: string
  attempt: number
  signal: AbortSignal
  /** Tells how far a long job is; written down at most once a second. */
  progress: (done: number, total: number) => Promise<void>
}

export type JobDefinition<T extends object> = {
  /** `seminars.index`: feature, then deed. */
  name: string
  payload: z.ZodType<T>
  /** May be run twice for one job: after a crash nobody knows how far it came. Told by `signal` when its time is over. */
  run: (payload: T, call: JobCall) => Promise<void>
  /** Tries after the first, each waiting longer; 5 when not said. */
  retries?: number
  /** Seconds before the first retry; 10 when not said. */
  retrySeconds?: number
  /** Seconds a run may take; 600 when not said. */
  limitSeconds?: number
}

export type SendOptions = {
  /** While one with this key waits, no second is taken in. */
  singletonKey?: string
  /** Not before this instant, UTC ISO. */
  after?: string
}

export type Job<T extends object> = {
  readonly name: string
  /** Resolves with the job's id, or nothing when one with its key waits already. */
  send: (payload: T, options?: SendOptions) => Promise<string | undefined>
  /** Sends it at the times of a cron expression, in UTC. Said again, the last one counts. */
  schedule: (cron: string, payload: T) => Promise<void>
}

export type JobState = {
  id: string
  name: string
  state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed'
  attempts: number
  createdAt: string
  endedAt: string | null
  /** Why it failed the last time. */
  error: string | null
  progress: { done: number; total: number } | null
}

export type Jobs = {
  define: <T extends object>(definition: JobDefinition<T>) => Job<T>
  /** Takes jobs of every name defined so far, one at a time each. */
  work: () => Promise<void>
  /** The newest jobs of each name, newest first. */
  list: () => Promise<JobState[]>
  /** Runs a job that has failed once more; false when it has not, or another of its kind waits already. */
  retry: (name: string, id: string) => Promise<boolean>
  /** Takes back a job that waits or runs; false when it has ended. What runs is told by its signal, where it listens. */
  cancel: (name: string, id: string) => Promise<boolean>
  /** Lets running jobs end when `graceful`, for at most so many seconds; those cut off are run again later. */
  stop: (options?: { graceful?: boolean; seconds?: number }) => Promise<void>
}

/** Seconds. */
const POLL = 15

/** What PostgreSQL says of a second row with one key. */
const UNIQUE = '23505'

type Entry = Queue & { run: (job: JobWithMetadata<unknown>) => Promise<JobResult> }

/** Jobs as rows of the database (pg-boss). Nothing is loaded or asked of the database before the first is sent or worked on. */
export function createJobs(options: CreateJobs): Jobs {
  const { pollSeconds = POLL } = options
  const entries = new Map<string, Entry>()
  const workers = new Map<string, string>()
  const queues = createQueues(options)

  async function send(entry: Entry, payload: object, { singletonKey, after }: SendOptions) {
    const boss = await queues.open(entry)
    // The queue takes in one waiting job per key; without a key each has its own.
    const key = singletonKey ?? randomUUID()
    const id = await boss.send(entry.name, payload, { singletonKey: key, ...(after ? { startAfter: after } : {}) })
    const worker = workers.get(entry.name)
    if (worker !== undefined) boss.notifyWorker(worker)
    return id ?? undefined
  }

  async function beginWork(entry: Entry): Promise<void> {
    const boss = await queues.open(entry)
    const how = {
      pollingIntervalSeconds: pollSeconds,
      batchSize: 1,
      includeMetadata: true,
      perJobResults: true,
    } as const
    workers.set(entry.name, await boss.work(entry.name, how, async (batch) => Promise.all(batch.map(entry.run))))
  }

  return {
    define: (definition) => {
      if (entries.has(definition.name)) throw new Error(`The job ${definition.name} is defined twice`)
      const entry = toEntry(definition, options)
      entries.set(definition.name, entry)
      return {
        name: definition.name,
        send: async (payload, sendOptions = {}) => send(entry, payload, sendOptions),
        schedule: async (cron, payload) =>
          (await queues.open(entry)).schedule(entry.name, cron, payload, { tz: 'UTC' }),
      }
    },
    work: async () => {
      for (const entry of entries.values()) if (!workers.has(entry.name)) await beginWork(entry)
    },
    list: async () => {
      const [first] = entries.values()
      if (!first) return []
      await queues.open(first)
      return listJobs(options, [...entries.keys()])
    },
    retry: async (name, id) => change(queues, entries.get(name), async (boss) => boss.retry(name, id)),
    cancel: async (name, id) => change(queues, entries.get(name), async (boss) => boss.cancel(name, id)),
    stop: async ({ graceful = true, seconds = 10 } = {}) => {
      workers.clear()
      await queues.close(graceful, seconds)
    },
  }
}

/** Does something to one job; whether there was anything to do. */
async function change(
  queues: Queues,
  entry: Entry | undefined,
  deed: (boss: PgBoss) => Promise<{ affected?: number }>,
): Promise<boolean> {
  if (!entry) return false
  try {
    return ((await deed(await queues.open(entry))).affected ?? 0) > 0
  } catch (error) {
    // One of its key waits already, so there is nothing to do.
    if (error instanceof Error && 'code' in error && error.code === UNIQUE) return false
    throw error
  }
}

function toEntry<T extends object>(definition: JobDefinition<T>, { pool, log, onEnd }: CreateJobs): Entry {
  const { name, payload, retries = 5, retrySeconds = 10, limitSeconds = 600 } = definition
  return {
    name,
    retries,
    retrySeconds,
    limitSeconds,
    run: async ({ id, data, retryCount, signal }) => {
      const startedAt = performance.now()
      const progress = createProgress(pool, id)
      const about = { job: name, id, attempt: retryCount + 1 }
      const parsed = payload.safeParse(data)
      if (!parsed.success) {
        log.error(
          { ...about, problem: parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) },
          'job unreadable',
        )
        onEnd?.(name, 'failed')
        // Trying again would read the same.
        return { id, status: 'deadletter' }
      }
      try {
        await definition.run(parsed.data, { id, attempt: retryCount + 1, signal, progress: progress.tell })
        log.info({ ...about, ms: Math.round(performance.now() - startedAt) }, 'job done')
        onEnd?.(name, 'done')
        return { id, status: 'completed' }
      } catch (error) {
        const described = describeError(error)
        log.error({ ...about, again: retryCount < retries, error: described }, 'job failed')
        onEnd?.(name, 'failed')
        return { id, status: 'failed', output: { name: described.name, message: described.message } }
      } finally {
        await progress.forget()
      }
    },
  }
}
