import { afterAll, beforeAll, expect, test } from 'vitest'
import { kinds } from '#features/records/index.ts'
import { interfaceLanguages, openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecordedSession } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'

let hub: TestHub
let editor: SignedIn
let ids: Map<string, string>
beforeAll(async () => {
  hub = await openHub({ seeded: true })
  editor = await hub.as(['editor'])
  const session = await hub.kysely.selectFrom('session').select('seminar_id').executeTakeFirstOrThrow()
  await aRecordedSession(hub.kysely, session.seminar_id)
  const rows = await hub.kysely.selectFrom('record').select(['id', 'kind']).orderBy('id').execute()
  ids = new Map(rows.map((row) => [row.kind, row.id]))
})
afterAll(async () => hub[Symbol.asyncDispose]())

const faultsOf = async (path: string) => {
  const page = await editor.get(path)
  return [path, page.status, await findMarkupFaults(await page.text())]
}

test.each(interfaceLanguages)('the desk, its list and the screens of a seminar are valid HTML in %s', async (lang) => {
  const seminar = `/${lang}/desk/records/${ids.get('seminar')}`
  const paths = [
    `/${lang}/desk`,
    `/${lang}/desk/records`,
    `/${lang}/desk/records?kind=person&status=published&q=a`,
    `${seminar}?lang=ar&saved=2`,
    `${seminar}/history`,
    `${seminar}/publish?done=published`,
    `${seminar}/preview`,
  ]
  for (const path of paths) expect(await faultsOf(path)).toEqual([path, 200, []])
})

test('the form of each kind is valid HTML, new and filled in', async () => {
  const fresh = kinds.map(({ kind }) => kind).filter((kind) => kind !== 'session' && kind !== 'hub')
  const paths = [
    ...kinds.flatMap(({ kind }) => (ids.has(kind) ? [`/en/desk/records/${ids.get(kind)}`] : [])),
    ...fresh.map((kind) => `/en/desk/records/new/${kind}`),
  ]
  for (const path of paths) expect(await faultsOf(path)).toEqual([path, 200, []])
})
