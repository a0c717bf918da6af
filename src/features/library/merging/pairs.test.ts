import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertRecords, newId } from '#features/records/index.ts'
import { openHub, sayIn, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, deed } from '#testing/makers.ts'
import { merge } from '#testing/merging.ts'
import { aPublication } from '#testing/publications.ts'

const t = sayIn('en')
const list = '/en/desk/duplicates'

const pairOf = (one: string, other: string) => [one, other].toSorted().join(' ')

const pairsOn = (page: string) =>
  [...page.matchAll(/\/duplicates\/(pub_\w+)\/(pub_\w+)"/g)].map(([, one = '', other = '']) => pairOf(one, other))

const proposed = async (editor: SignedIn) => new Set(pairsOn(await (await editor.get(list)).text()))

async function addDoi(hub: TestHub, id: string) {
  const row = { publication_id: id, position: 0, edition_id: null, scheme: 'doi' as const, value: '10.5281/z.1' }
  await handlesOf(hub.kysely).library.insertInto('publication_identifier').values(row).execute()
}

/** Published works of one title, each of a year of its own or all of one; made at once. */
async function someOf(hub: TestHub, title: string, years: readonly string[]): Promise<string[]> {
  const { records, library } = handlesOf(hub.kysely)
  const drafts = years.map(() => ({
    id: newId('publication', deed.at),
    kind: 'publication' as const,
    sourceLang: 'en',
    status: 'published' as const,
    texts: [{ field: 'title', lang: 'en', body: title }],
  }))
  await insertRecords(records, drafts, deed)
  const rows = drafts.map(({ id }, index) => ({ id, types: [], issued: years[index] ?? null }))
  await library.insertInto('publication').values(rows).execute()
  return drafts.map(({ id }) => id)
}

test('pairs are proposed by DOI, ISBN and title with year and author, until somebody decides', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const hall = await aRecord(hub.kysely, 'organisation', { name: { en: 'Samuel Hall' } })
  const other = await aRecord(hub.kysely, 'organisation', { name: { en: 'Another' } })
  const make = async (title: string, issued: string, author: string) =>
    aPublication(hub, { title, issued, authors: [author] })
  const [a, b] = [await make('The same title', '2021', hall), await make('The Same Title', '2021-03', hall)]
  await make('The same title', '2019', hall)
  await make('Volume', '2021', hall)
  await make('Volume 2', '2021', hall)
  const [c, d] = [await make('With a DOI', '2021', hall), await make('Named otherwise', '2021', other)]
  await addDoi(hub, c)
  await addDoi(hub, d)
  expect(await proposed(editor)).toEqual(new Set([pairOf(a, b), pairOf(c, d)]))

  const distinct = await editor.post(`${list}/${d}/${c}`, { do: 'distinct' })
  expect(distinct.headers.get('location')).toBe(`${list}?done=distinct`)
  expect(await proposed(editor)).toEqual(new Set([pairOf(a, b)]))
  await merge(editor, [a, b])
  expect(await proposed(editor)).toEqual(new Set())
  expect(await (await editor.get(list)).text()).toContain(t('merge.none'))
})

test('works of one title and many years do not hide the two that are one', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const works = await someOf(
    hub,
    'Annual report',
    Array.from({ length: 520 }, (_, index) => String(1500 + index)),
  )
  const [one = '', other = ''] = works.slice(-2)
  await hub.kysely.updateTable('publication').set({ issued: '2021-05' }).where('id', 'in', [one, other]).execute()
  expect(await proposed(editor)).toEqual(new Set([pairOf(one, other)]))
  await hub.kysely.updateTable('record').set({ status: 'withdrawn' }).where('id', '=', one).execute()
  expect(await proposed(editor)).toEqual(new Set())
})

test('of a work without a year or an author, the title alone is held against others', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const hall = await aRecord(hub.kysely, 'organisation', { name: { en: 'Samuel Hall' } })
  const title = 'Coming back'
  const old = await aPublication(hub, { title, issued: '2019', authors: [hall] })
  const undated = await aPublication(hub, { title, authors: [hall] })
  const recent = await aPublication(hub, { title, issued: '2021-03' })
  const expected = [pairOf(old, undated), pairOf(undated, recent)]
  expect(await proposed(editor)).toEqual(new Set(expected))
})

test('a long list of pairs goes on page by page, and begins again', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const works = await someOf(
    hub,
    'The same',
    Array.from({ length: 12 }, () => '2021'),
  )
  const all = works.flatMap((one, index) => works.slice(index + 1).map((other) => pairOf(one, other)))
  const first = await (await editor.get(list)).text()
  expect(first).toContain(t('merge.count', { count: 66 }))
  expect(first).not.toContain(t('merge.first'))
  const next = /<a href="([^"]+)" rel="next">/.exec(first)?.[1] ?? ''
  const second = await (await editor.get(next)).text()
  expect([pairsOn(first).length, pairsOn(second).length]).toEqual([50, 16])
  expect([...pairsOn(first), ...pairsOn(second)]).toEqual(all.toSorted())
  expect(second).not.toContain(t('merge.next'))
  expect(second).toContain(t('merge.first'))
  for (const bad of ['', 'pub_1', 'pub_1.pub_2.pub_3', "pub_1.' or"])
    expect([bad, (await editor.get(`${list}?after=${encodeURIComponent(bad)}`)).status]).toEqual([bad, 404])
})

test('titles are nearly the same without accents and marks, or where only one goes on after a colon', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const hall = await aRecord(hub.kysely, 'organisation', { name: { en: 'Samuel Hall' } })
  const make = async (title: string, lang = 'en') =>
    aPublication(hub, { title: { [lang]: title }, issued: '2021', authors: [hall] })
  const alike = [
    [await make('Going home'), await make('Going home: findings from Mali')],
    [await make('L’ÉTUDE du retour', 'fr'), await make("L'etude du  retour !", 'fr')],
    [await make('دراسة العودة', 'ar'), await make('دِراسة العودة؟', 'ar')],
  ] as const
  await make('Study: Mali')
  await make('Study: Niger')
  await make('Going on')
  await make('Going home', 'fr')
  await make('؟', 'ar')
  await make('!', 'ar')
  expect(await (await editor.get(list)).text()).not.toContain('class="pages"')
  expect(await proposed(editor)).toEqual(new Set(alike.map(([one, other]) => pairOf(one, other))))
})
