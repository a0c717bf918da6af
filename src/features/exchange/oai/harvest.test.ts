import { once } from 'node:events'
import { createServer } from 'node:http'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { newId, setStatus, touchRecord } from '#features/records/index.ts'
import { aRecord, deed } from '#testing/makers.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { ensureHarvester, harvest } from '#testing/oai-harvester.ts'
import { handlesOf } from '../handles.ts'

const COUNT = 5000
const idOf = (number: number) => `pub_0${String(number).padStart(10, '0')}`

/** So many published works, written as they lie in the database: what is tested is how they are told. */
async function fillLibrary(hub: TestHub): Promise<void> {
  const numbers = sql`generate_series(1, ${COUNT}::integer) as number, lateral (select 'pub_0' || lpad(number::text, 10, '0') as id) as paper`
  await sql`
    insert into record (id, kind, source_lang, status, visibility, synthetic, published_at, created_at, updated_at)
    select id, 'publication', 'en', 'published', 'public', false, ${deed.at}::timestamptz, ${deed.at}::timestamptz,
      ${deed.at}::timestamptz from ${numbers}`.execute(hub.kysely)
  await sql`
    insert into record_text (record_id, lang, field, body, state, source_hash, updated_at, updated_by)
    select id, 'en', 'title', 'Paper ' || number, 'source', 'hash', ${deed.at}::timestamptz, 'test'
    from ${numbers}`.execute(hub.kysely)
  await sql`insert into publication (id, types, issued) select id, '{paper}', '2021' from ${numbers}`.execute(
    hub.kysely,
  )
}

/** Serves a hub, and does something before the answer to each request. */
async function serveSlowly(hub: TestHub, before: (request: number) => Promise<void>) {
  let requests = 0
  const server = createServer((incoming, outgoing) => {
    const answer = async () => {
      requests += 1
      await before(requests)
      const response = await hub.get(incoming.url ?? '/')
      outgoing.writeHead(response.status, { 'content-type': response.headers.get('content-type') ?? '' })
      outgoing.end(await response.text())
    }
    answer().catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : new Error(String(error))))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/oai`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

beforeAll(ensureHarvester, 240_000)

test('an independent harvester misses nothing and gets nothing twice, though the library changes under it', async () => {
  await using hub = await openHub()
  const { records } = handlesOf(hub.kysely)
  await fillLibrary(hub)
  const draft = await aRecord(
    hub.kysely,
    'publication',
    { title: { en: 'A draft' } },
    { id: 'pub_00', status: 'draft' },
  )
  const [told, untold, gone, goneUntold] = [idOf(10), idOf(4000), idOf(20), idOf(4500)]
  const later = { ...deed, at: '2026-11-24T09:00:05.000Z' }
  const added = newId('publication', later.at)
  await using served = await serveSlowly(hub, async (request) => {
    if (request !== 20) return
    for (const id of [told, untold]) await touchRecord(records, id, later)
    for (const id of [gone, goneUntold]) await setStatus(records, id, 'withdrawn', later)
    // One comes after all others, one before those that were told already.
    await aRecord(hub.kysely, 'publication', { title: { en: 'A new one' } }, { id: added })
    await setStatus(records, draft, 'published', later)
  })

  const all = await harvest(served.url)
  const ids = all.map(({ id }) => id)
  expect(ids.length).toBe(COUNT + 1)
  expect(new Set(ids).size).toBe(COUNT + 1)
  const expected = [...Array.from({ length: COUNT }, (_, index) => idOf(index + 1)), added]
  expect(new Set(ids)).toEqual(new Set(expected))
  // What was withdrawn after it was told is told by the next harvest.
  expect(all.filter(({ isDeleted }) => isDeleted).map(({ id }) => id)).toEqual([goneUntold])
  expect(all.find(({ id }) => id === untold)?.datestamp).toBe('2026-11-24T09:00:05Z')

  const changes = await harvest(served.url, '2026-11-24T09:00:00Z')
  expect(new Map(changes.map(({ id, isDeleted }) => [id, isDeleted]))).toEqual(
    new Map([
      [draft, false],
      [told, false],
      [gone, true],
      [untold, false],
      [goneUntold, true],
    ]),
  )
  expect(changes.length).toBe(5)
}, 120_000)
