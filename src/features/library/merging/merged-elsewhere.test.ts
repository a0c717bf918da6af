import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { merge } from '#testing/merging.ts'
import { aPublication } from '#testing/publications.ts'

const leadsTo = async (hub: TestHub, path: string) => {
  const response = await hub.get(path)
  return [response.status, response.headers.get('location')]
}

async function aSeries(hub: TestHub, name: string): Promise<string> {
  const id = await aRecord(hub.kysely, 'series', { name: { en: name } })
  await insertSeries(handlesOf(hub.kysely).series, [{ id, contains: 'publication', planned: null }])
  return id
}

/** What harvesters are told of a set: each record, and whether it is gone. */
async function harvested(hub: TestHub, set: string): Promise<(readonly [string, boolean])[]> {
  const xml = await (await hub.get(`/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=${set}`)).text()
  return [...xml.matchAll(/<header( status="deleted")?>.*?<identifier>oai:[^:]+:(\w+)<.*?<\/header>/gs)].map(
    ([header, status, id = '']) => {
      expect(header).toContain(`<setSpec>${set}</setSpec>`)
      return [id, status !== undefined] as const
    },
  )
}

test('programs that ask for the one that went are led to the one that stayed, and who could not see it to nothing', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const into = await aPublication(hub, { title: { en: 'A paper' }, langs: ['en'] })
  const from = await aPublication(hub, { title: { en: 'A paper!' }, langs: ['en'] })
  const draft = await aRecord(hub.kysely, 'publication', { title: { en: 'A paper?' } }, { status: 'draft' })
  await merge(editor, [into, from])
  await merge(editor, [into, draft])
  for (const kind of ['publications', 'records']) {
    expect(await leadsTo(hub, `/api/v1/${kind}/${from}?lang=fr`)).toEqual([301, `/api/v1/${kind}/${into}?lang=fr`])
    expect(await leadsTo(hub, `/api/v1/${kind}/${draft}`)).toEqual([404, null])
  }
  expect((await hub.get(`/api/v1/publications/${into}`)).status).toBe(200)
})

test('harvesters of a series or a theme are told there that the one that was merged away is gone', async () => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'])
  const [first, second] = [await aSeries(hub, 'First'), await aSeries(hub, 'Second')]
  const { series, records } = handlesOf(hub.kysely)
  const into = await aPublication(hub, { title: { en: 'A paper' }, langs: ['en'] })
  const from = await aPublication(hub, { title: { en: 'A paper!' }, langs: ['en'] })
  await insertSeriesEntries(series, [
    { series_id: first, number: 1, record_id: from, deduced: false },
    { series_id: second, number: 1, record_id: into, deduced: false },
  ])
  const { concept, notation, scheme } = await hub.kysely
    .selectFrom('concept')
    .innerJoin('scheme', 'scheme.id', 'concept.scheme_id')
    .select(['concept.id as concept', 'concept.notation', 'scheme.notation as scheme'])
    .executeTakeFirstOrThrow()
  await records.insertInto('record_concept').values({ record_id: from, concept_id: concept, position: 0 }).execute()
  expect(await harvested(hub, `series:${first}`)).toEqual([[from, false]])

  await merge(editor, [into, from])

  expect(await harvested(hub, `series:${first}`)).toEqual([[from, true]])
  expect(await harvested(hub, `series:${second}`)).toEqual([[into, false]])
  const themed = new Map(await harvested(hub, `theme:${scheme}:${notation}`))
  expect([themed.get(from), themed.get(into)]).toEqual([true, false])
})
