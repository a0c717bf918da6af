import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createJobs } from '#platform/jobs/index.ts'
import { createLog } from '#platform/log.ts'
import { testDatabase } from '#testing/database.ts'
import { interfaceLanguages, openHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'

const schema = 'jobs_of_admin'
afterAll(async () => (await testDatabase()).pool.query(`drop schema if exists ${schema} cascade`))

test('how the hub is stands on a page, valid in every language, and what is not well is counted', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  for (const lang of interfaceLanguages) {
    for (const path of ['health', 'jobs']) {
      const html = await (await admin.get(`/${lang}/admin/${path}`)).text()
      expect([lang, path, await findMarkupFaults(html)]).toEqual([lang, path, []])
    }
  }
  const html = await (await admin.get('/en/admin/health')).text()
  expect(html).toMatch(/PostgreSQL \d+[.\d]*, (inside the hub|on a server)/)
  expect(await (await admin.get('/fr/admin/health')).text()).toMatch(
    /PostgreSQL \d+[.\d]*, (dans le pôle|sur un serveur)/,
  )
  expect(html).toContain(process.versions.node)
  expect(html).toContain('None: mail is put into the folder outbox')
  expect(html).toContain('Translation service')
  expect(html).not.toContain('secret')
})

test('jobs are shown with their state and error; what has failed is run again, what waits is cancelled, and both are noted', async () => {
  const { pool } = await testDatabase()
  const jobs = createJobs({ pool, schema, log: createLog({ level: 'silent' }), pollSeconds: 0.5 })
  await using hub = await openHub({ jobs })
  const admin = await hub.as(['admin'])
  let isAway = true
  const index = jobs.define({
    name: 'seminars.index',
    payload: z.object({}),
    retries: 0,
    run: async () => {
      if (isAway) throw new Error('The <index> is away')
    },
  })
  await jobs.work()
  const id = (await index.send({})) ?? ''
  const page = async () => (await admin.get('/en/admin/jobs')).text()
  await expect.poll(page).toContain('The &lt;index> is away')
  expect(await findMarkupFaults(await page())).toEqual([])
  expect(await (await admin.get('/en/admin')).text()).toContain('1 failed')

  isAway = false
  expect((await admin.post('/en/admin/jobs/retry', { name: 'seminars.index', id })).status).toBe(303)
  const waiting = (await index.send({}, { after: '2999-01-01T00:00:00.000Z' })) ?? ''
  expect((await admin.post('/en/admin/jobs/cancel', { name: 'seminars.index', id: waiting })).status).toBe(303)
  expect((await admin.post('/en/admin/jobs/cancel', { name: 'seminars.index', id: waiting })).status).toBe(404)
  expect((await admin.post('/en/admin/jobs/retry', { name: "x'; drop", id })).status).toBe(400)
  expect((await admin.post('/en/admin/jobs/retry', { name: 'seminars.index', id: '1' })).status).toBe(400)

  const told = await hub.kysely.selectFrom('audit_event').select(['deed', 'subject']).orderBy('id').execute()
  expect(told).toEqual([
    { deed: 'job.retry', subject: id },
    { deed: 'job.cancel', subject: waiting },
  ])
  await jobs.stop({ graceful: false })
})
