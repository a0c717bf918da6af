import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '#testing/database.ts'
import { jobsDatabase } from './database.ts'
import { createJobs, type Jobs } from './index.ts'

const Index = z.object({ recordId: z.string() })
const opened: { jobs: Jobs; schema: string }[] = []

/** Jobs in a schema of their own, with their log as text. */
async function openJobs(schema = `jobs_${opened.length + 1}`) {
  const { pool } = await testDatabase()
  const lines: string[] = []
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString())
      done()
    },
  })
  const ended: string[] = []
  const jobs = createJobs({
    pool,
    log: pino({ base: null }, sink),
    schema,
    pollSeconds: 0.5,
    onEnd: (name, outcome) => ended.push(`${name} ${outcome}`),
  })
  opened.push({ jobs, schema })
  return { jobs, lines, ended, pool }
}

afterEach(async () => {
  const { pool } = await testDatabase()
  for (const { jobs, schema } of opened) {
    await jobs.stop({ graceful: false })
    await pool.query(`drop schema if exists ${schema} cascade`)
  }
})

test('a job that was sent is run once, with what was sent', async () => {
  const { jobs, ended } = await openJobs()
  const seen: string[] = []
  const index = jobs.define({
    name: 'seminars.index',
    payload: Index,
    run: async ({ recordId }) => void seen.push(recordId),
  })
  await jobs.work()

  const id = await index.send({ recordId: 'sem_1' })
  await expect.poll(() => ended).toEqual(['seminars.index done'])

  expect(seen).toEqual(['sem_1'])
  await expect
    .poll(async () => (await jobs.list()).map(({ id, state, attempts }) => ({ id, state, attempts })))
    .toEqual([{ id, state: 'completed', attempts: 1 }])
})

test('one that is sent while no worker runs waits for one', async () => {
  const { jobs, ended } = await openJobs()
  const index = jobs.define({ name: 'seminars.index', payload: Index, run: async () => undefined })
  await index.send({ recordId: 'sem_1' })
  expect((await jobs.list()).map(({ state }) => state)).toEqual(['created'])

  await jobs.work()

  await expect.poll(() => ended).toEqual(['seminars.index done'])
})

test('a job that fails is tried again, and the log says why', async () => {
  const { jobs, lines, ended } = await openJobs()
  const attempts: number[] = []
  const index = jobs.define({
    name: 'seminars.index',
    payload: Index,
    retries: 2,
    retrySeconds: 1,
    run: async (_, { attempt }) => {
      attempts.push(attempt)
      if (attempt < 2) throw new Error('The index is away')
    },
  })
  await jobs.work()
  await index.send({ recordId: 'sem_1' })

  await expect.poll(() => ended, { timeout: 15_000 }).toEqual(['seminars.index failed', 'seminars.index done'])

  expect(attempts).toEqual([1, 2])
  expect(lines.find((line) => line.includes('job failed'))).toContain('"message":"The index is away"')
})

test('a payload that nobody can read is given up at once', async () => {
  const { jobs, ended } = await openJobs()
  const seen: unknown[] = []
  const old = jobs.define({ name: 'seminars.index', payload: z.object({}).loose(), run: async () => undefined })
  await old.send({ record: 7 })
  const { jobs: newer, lines } = await openJobs(opened.at(-1)?.schema)
  newer.define({ name: 'seminars.index', payload: Index, run: async (payload) => void seen.push(payload) })

  await newer.work()

  await expect.poll(async () => (await newer.list()).map(({ state }) => state)).toEqual(['failed'])
  expect(lines.find((line) => line.includes('job unreadable'))).toContain('recordId: invalid_type')
  expect([seen, ended]).toEqual([[], []])
})

test('with a key, one waits and no second is taken in; without, all are', async () => {
  const { jobs } = await openJobs()
  const index = jobs.define({ name: 'seminars.index', payload: Index, run: async () => undefined })

  const first = await index.send({ recordId: 'sem_1' }, { singletonKey: 'sem_1' })
  const second = await index.send({ recordId: 'sem_1' }, { singletonKey: 'sem_1' })
  await index.send({ recordId: 'sem_2' }, { singletonKey: 'sem_2' })
  await index.send({ recordId: 'sem_3' })
  await index.send({ recordId: 'sem_3' })

  expect([typeof first, second]).toEqual(['string', undefined])
  expect((await jobs.list()).length).toBe(4)
})

test('stopping lets a running job end', async () => {
  const { jobs, ended } = await openJobs()
  const begun = Promise.withResolvers<void>()
  const index = jobs.define({
    name: 'seminars.index',
    payload: Index,
    run: async () => {
      begun.resolve()
      await new Promise((resolve) => setTimeout(resolve, 300))
    },
  })
  await jobs.work()
  await index.send({ recordId: 'sem_1' })
  await begun.promise

  await jobs.stop()

  expect(ended).toEqual(['seminars.index done'])
})

test('a cron expression that is none is refused', async () => {
  const { jobs } = await openJobs()
  const index = jobs.define({ name: 'seminars.index', payload: Index, run: async () => undefined })

  await expect(index.schedule('every night', { recordId: 'sem_1' })).rejects.toThrow('Validation error')
  await index.schedule('0 3 * * *', { recordId: 'sem_1' })
})

test('a statement that fails halfway leaves the shared connection as it was', async () => {
  const { pool } = await testDatabase()
  const database = jobsDatabase(pool)

  await expect(database.executeSql('begin; create table half_made (id int); select 1 / 0; commit;')).rejects.toThrow(
    'division by zero',
  )

  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map(async () => database.executeSql(`select to_regclass('half_made') as made`)),
  )
  expect(answers.flatMap(({ rows }) => rows)).toEqual(answers.map(() => ({ made: null })))
})

test('a name belongs to one job', async () => {
  const { jobs } = await openJobs()
  jobs.define({ name: 'seminars.index', payload: Index, run: async () => undefined })

  expect(() => jobs.define({ name: 'seminars.index', payload: Index, run: async () => undefined })).toThrow(
    'The job seminars.index is defined twice',
  )
})

test('a long job tells how far it is while it runs, and nothing is left of that after', async () => {
  const { jobs, ended, pool } = await openJobs()
  const halfway = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const index = jobs.define({
    name: 'seminars.index',
    payload: Index,
    run: async (_, { progress }) => {
      await progress(3, 10)
      halfway.resolve()
      await goOn.promise
      await progress(10, 10)
    },
  })
  await jobs.work()
  await index.send({ recordId: 'sem_1' })
  await halfway.promise

  expect((await jobs.list()).map(({ state, progress }) => ({ state, progress }))).toEqual([
    { state: 'active', progress: { done: 3, total: 10 } },
  ])
  goOn.resolve()
  await expect.poll(() => ended).toEqual(['seminars.index done'])
  expect((await pool.query('select * from job_progress')).rows).toEqual([])
})

test('one that has failed is run again when asked, one that waits is taken back, and neither twice', async () => {
  const { jobs, ended } = await openJobs()
  let isAway = true
  const index = jobs.define({
    name: 'seminars.index',
    payload: Index,
    retries: 0,
    run: async () => {
      if (isAway) throw new Error('The index is away')
    },
  })
  await jobs.work()
  const id = (await index.send({ recordId: 'sem_1' })) ?? ''
  await expect.poll(() => ended).toEqual(['seminars.index failed'])
  await expect
    .poll(async () => (await jobs.list()).map(({ state, error }) => [state, error]))
    .toEqual([['failed', 'The index is away']])
  expect(await jobs.cancel('seminars.index', id)).toBe(false)

  isAway = false
  expect(await jobs.retry('seminars.index', id)).toBe(true)
  await expect
    .poll(async () => (await jobs.list()).map(({ state }) => state), { timeout: 15_000 })
    .toEqual(['completed'])
  expect(await jobs.retry('seminars.index', id)).toBe(false)

  const later = (await index.send({ recordId: 'sem_2' }, { after: '2999-01-01T00:00:00.000Z' })) ?? ''
  expect([await jobs.cancel('seminars.index', later), await jobs.cancel('seminars.index', later)]).toEqual([
    true,
    false,
  ])
  expect([await jobs.retry('nobody.knows', later), await jobs.cancel('nobody.knows', later)]).toEqual([false, false])
})
