import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { insertEvents, moveChangeMark, moveHubVersion, setStatus } from '#features/records/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { deed } from '#testing/makers.ts'
import { openHub } from '#testing/hub.ts'
import { aPublication } from '#testing/publications.ts'

const isOnServer = process.env['HUB_TEST_ENGINE'] === 'server'

// The embedded database has one session: nobody writes beside a transaction.
test.runIf(isOnServer)(
  'what was written early and committed late is listed, however much came in between',
  async () => {
    await using hub = await openHub()
    const late = await aPublication(hub, { title: 'Committed late', status: 'draft' })
    const other = await aPublication(hub, { title: 'Another', status: 'draft' })
    const list = async () => (await hub.get('/en/library')).text()
    await list()
    const { records } = handlesOf(hub.kysely)
    const [written, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = hub.kysely.transaction().execute(async (tx) => {
      const own = handlesOf(tx).records
      await insertEvents(own, [{ record_id: late, verb: 'publish' }], deed)
      await sql`update record set status = 'published', published_at = ${deed.at} where id = ${late}`.execute(tx)
      written.resolve()
      await finish.promise
      await moveHubVersion(own)
    })
    await written.promise
    for (let count = 0; count < 3; count += 1) {
      const lines = Array.from({ length: 200 }, () => ({ record_id: other, verb: 'edit' as const }))
      await insertEvents(records, lines, deed)
      const at = `2026-11-2${count + 5}T09:00:00.000Z`
      await setStatus(records, other, count % 2 === 0 ? 'published' : 'withdrawn', { ...deed, at })
      expect((await list()).includes('Another')).toBe(count % 2 === 0)
    }
    finish.resolve()
    await slow
    expect(await list()).toContain('Committed late')
  },
)

const at = (event: number, updatedAt: string) => ({ event, updatedAt })

test('a mark stays where it is while somebody writes, and the first one lies back', () => {
  const [before, now] = [at(10, '2026-01-01T00:00:00.000Z'), at(50_000, '2026-01-02T12:00:00.000Z')]
  expect(moveChangeMark({ ...now, isSettled: true }, before)).toEqual(now)
  expect(moveChangeMark({ ...now, isSettled: false }, before)).toEqual(before)
  expect(moveChangeMark({ ...now, isSettled: true }, undefined)).toEqual(now)
  expect(moveChangeMark({ ...now, isSettled: false }, undefined)).toEqual(at(40_000, '2026-01-02T11:00:00.000Z'))
})
