import { expect, test } from 'vitest'
import { serve } from '#platform/http/index.ts'
import { createLog } from '#platform/log.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { createViewCounter, readPageAddress } from './view-counter.ts'

const viewsOf = async (hub: TestHub) =>
  hub.kysely
    .selectFrom('record_view')
    .select(['record_id', 'day', 'count'])
    .orderBy('record_id')
    .orderBy('day')
    .execute()

test('pages of records are told from lists, files, feeds and the desk', () => {
  expect(readPageAddress('/fr/seminars/retour?t=3')).toEqual({ kind: 'seminar', slug: 'retour' })
  expect(readPageAddress('/ar/seminars/%D8%A3/sessions/2')).toEqual({ kind: 'seminar', slug: 'أ' })
  expect(readPageAddress('/en/about')).toEqual({ kind: 'hub', slug: 'hub_main' })
  const others =
    '/ /en /en/seminars /en/seminars/a.ics /en/seminars/a/schedule.xml /en/desk/x /en/about/us /api/v1/seminars /en/seminars/%E0 /files/a/b'
  expect(others.split(' ').map(readPageAddress)).toEqual(others.split(' ').map(() => null))
})

test('views are counted by record and day, whatever the language, and only of what is published', async () => {
  await using hub = await openHub({ now: '2026-11-24T09:00:00.000Z' })
  const seen = await aSeminar(hub.kysely, { title: { en: 'Seen', fr: 'Vu' }, sessions: ['09:00–10:00'] })
  const draft = await aSeminar(hub.kysely, { title: { en: 'Draft' }, status: 'draft' })
  await aRecord(hub.kysely, 'hub', { name: { en: 'Hub' } }, { id: 'hub_main' })
  for (const path of [
    '/en/seminars/seen',
    '/fr/seminars/vu',
    '/en/seminars/seen/sessions/1',
    '/en/seminars/draft',
    '/en/seminars',
    '/en/about',
  ]) {
    await hub.get(path)
  }
  await hub.flush()
  hub.setNow('2026-11-25T09:00:00.000Z')
  await hub.get('/en/seminars/seen')
  await hub.flush()
  await hub.get('/en/seminars/seen')
  await hub.flush()
  await hub.flush()

  expect(await viewsOf(hub)).toEqual([
    { record_id: 'hub_main', day: '2026-11-24', count: 1 },
    { record_id: seen, day: '2026-11-24', count: 3 },
    { record_id: seen, day: '2026-11-25', count: 2 },
  ])
  expect((await viewsOf(hub)).some((view) => view.record_id === draft)).toBe(false)
})

test('what is answered from memory counts too', async () => {
  await using hub = await openHub({ cache: true })
  const id = await aSeminar(hub.kysely, { title: { en: 'Seen' } })
  const running = await serve({
    config: { HOST: '127.0.0.1', PORT: 0 },
    http: hub.http,
    log: createLog({ level: 'silent' }),
  })
  try {
    for (const method of ['GET', 'GET', 'GET', 'HEAD']) await fetch(`${running.url}/en/seminars/seen`, { method })
  } finally {
    await running.stop()
  }
  await hub.flush()
  expect((await viewsOf(hub)).map(({ record_id, count }) => [record_id, count])).toEqual([[id, 3]])
})

test('views that could not be written are counted again later', async () => {
  await using hub = await openHub()
  const id = await aSeminar(hub.kysely, { title: { en: 'Seen' } })
  const faults: unknown[] = []
  let day = 'no day'
  const views = createViewCounter(
    hub.kysely.$pickTables(),
    () => day,
    (error) => faults.push(error),
  )
  views.count('/en/seminars/seen')
  await views.flush()
  day = '2026-11-24'
  views.count('/en/seminars/seen')
  await views.flush()
  expect(faults.length).toBe(1)
  expect(await viewsOf(hub)).toEqual([{ record_id: id, day: '2026-11-24', count: 2 }])
})
