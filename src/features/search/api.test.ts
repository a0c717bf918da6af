import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'

let hub: TestHub
let seminar = ''
beforeAll(async () => {
  hub = await openHub()
  seminar = await aSeminar(hub.kysely, {
    title: { en: 'Quixotic zebra', fr: 'Zèbre quixotique' },
    sessions: ['09:00–10:00'],
  })
  for (const number of [1, 2, 3])
    await aRecord(hub.kysely, 'programme', { name: { en: `Heron of quixotic ${number}` } })
  await aRecord(hub.kysely, 'programme', { name: { en: 'Quixotic draft' } }, { status: 'draft' })
  const members = await aRecord(hub.kysely, 'programme', { name: { en: 'Quixotic club' } })
  await hub.kysely.updateTable('record').set({ visibility: 'members' }).where('id', '=', members).execute()
  // The first who ask find an index that is being made.
  await vi.waitUntil(async () => (await ask('q=quixotic')).complete, { timeout: 30_000 })
}, 60_000)
afterAll(async () => hub[Symbol.asyncDispose]())

const ask = async (query: string, headers: Record<string, string> = {}) =>
  Object(await (await hub.get(`/api/v1/search?${query}`, headers)).json())
const idsOf = (answer: { items: { id: string }[] }) => answer.items.map(({ id }) => id)

test('a program finds what a visitor finds, with counts of what narrows it', async () => {
  const answer = await ask('q=quixotic')

  expect([answer.total, answer.complete, answer.next]).toEqual([4, true, null])
  expect(answer.facets.kind).toEqual([
    { value: 'programme', count: 3 },
    { value: 'seminar', count: 1 },
  ])
  expect(answer.facets.lang).toContainEqual({ value: 'en', label: 'English', count: 4 })
  const item = Object((await ask('q=quixotic&kind=seminar')).items[0])
  expect([item.id, item.kind, item.lang]).toEqual([seminar, 'seminar', 'en'])
  expect(item.title).toEqual({ lang: 'en', state: 'source', value: 'Quixotic zebra' })
  expect(item.url).toMatch(/^https:\/\/hub\.example\/en\/seminars\//)
  expect(item.passages[0]).toMatchObject({
    text: 'Quixotic zebra',
    lang: 'en',
    url: item.url,
    anchor: { section: 'title' },
  })
})

test('a language narrows, and titles come in it', async () => {
  const answer = await ask('q=quixotique&lang=FR')

  expect(answer.items.map((item: { lang: string; title: { value: string } }) => [item.lang, item.title.value])).toEqual(
    [['fr', 'Zèbre quixotique']],
  )
})

test('pages follow each other without gaps until there is no next', async () => {
  const seen: string[] = []
  let next: string | null = `${hub.origin}/api/v1/search?q=quixotic&limit=3`
  while (next !== null) {
    const answer = await ask(next.split('?')[1] ?? '')
    seen.push(...idsOf(answer))
    next = answer.next
  }
  expect(seen).toEqual(idsOf(await ask('q=quixotic')))
  expect(new Set(seen).size).toBe(4)
})

test('drafts and what is for members are told to no program, whoever asks', async () => {
  const editor = await hub.as(['editor'])
  const answers = [await ask('q=quixotic'), await ask('q=quixotic', { cookie: editor.cookie })]

  expect(answers.map(({ total }) => total)).toEqual([4, 4])
  expect(JSON.stringify(answers)).not.toMatch(/draft|club/)
})

test('nothing asked is nothing found, and hostile words are words', async () => {
  for (const query of ['', 'q=', `q=${encodeURIComponent('"((&|!:* <script>\u202E')}`, 'q=the+of+and', 'q=-quixotic'])
    expect([query, idsOf(await ask(query))]).toEqual([query, []])
})
