import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { moveHubVersion } from '#features/records/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { makeHidden, openThings, type HiddenWords } from './hidden-words.ts'

/** Every door that something can be found through, with what can be asked there. A new one belongs in here. */
const doors: Readonly<Record<string, (words: string) => readonly string[]>> = {
  '/{l}/search': (words) => [
    `/en/search?q=${words}`,
    `/fr/search?q=${words}&exact=1&sort=newest`,
    // A letter that is wrong: what may have been meant is offered.
    `/en/search?q=${WRONG}${words}`,
  ],
  '/{l}/search/suggest': (words) => [`/en/search/suggest?q=${words}`, `/fr/search/suggest?q=${words}`],
  '/{l}/search.atom': (words) => [`/en/search.atom?q=${words}`],
  '/{l}/opensearch.xml': () => ['/en/opensearch.xml'],
  '/api/v1/search': (words) => [`/api/v1/search?q=${words}&limit=100`, `/api/v1/search?q=${WRONG}${words}`],
}

/** The letter before a word that is misspelt. */
const WRONG = 'x'

/** A word that every text has, those that are hidden and those that are not. */
const SHARED = 'kestrel'
/** A word that nobody wrote. */
const NOBODYS = 'zqnobodys'

type Asker = Pick<SignedIn, 'get'>

let hub: TestHub
let editor: SignedIn
let member: SignedIn
let facilitator: SignedIn
let hidden: HiddenWords
/** What is told of the word that all have, before there is anything to hide. */
let before: readonly Told[]

beforeAll(async () => {
  hub = await openHub({ environment: { HUB_TRUST_PROXY: '1' } })
  editor = await hub.as(['editor'])
  member = await hub.as(['member'])
  facilitator = await hub.as([{ role: 'facilitator', scope: 'grp_1' }])
  const open = await openThings(hub)
  await follow()
  before = await tell(hub, SHARED)
  hidden = await makeHidden(hub, editor, open)
}, 120_000)
afterAll(async () => hub[Symbol.asyncDispose]())

let asked = 0
/** Asks each time from elsewhere: whoever asks so often is told to wait. */
async function get(who: Asker, path: string): Promise<string> {
  asked += 1
  const response = await who.get(path, { 'x-forwarded-for': `198.51.${Math.floor(asked / 250)}.${(asked % 250) + 1}` })
  expect([path, response.status < 500 && response.status !== 429]).toEqual([path, true])
  // An error tells the number of the request.
  return (await response.text()).replaceAll(response.headers.get('x-request-id') ?? '-', '')
}

const isComplete = async () => (await get(hub, `/api/v1/search?q=${SHARED}`)).includes('"complete":true')

/** Waits until the index is as the hub is. */
async function follow(): Promise<void> {
  await vi.waitUntil(isComplete, { timeout: 30_000 })
}

interface Told {
  readonly door: string
  readonly text: string
}

/** What is told of some words, without the words themselves: whoever asked knows them. Scores are of one index, not of the words. */
async function tell(who: Asker, words: string, more = ''): Promise<Told[]> {
  const told: Told[] = []
  for (const door of Object.values(doors).flatMap((of) => of(words + more))) {
    const text = (await get(who, door))
      .replaceAll(new RegExp(words, 'gi'), '')
      .replaceAll(/urn:uuid:[\da-f-]+|"requestId":"[^"]*"|"score":[\d.e-]+/g, '')
    told.push({ door: door.replace(words, ''), text })
  }
  return told
}

const tellsOf = ({ text }: Told) => /zq/i.test(text)

/** The words by which somebody is told more than of a word that nobody wrote, and at which doors. */
async function findable(who: Asker, words: readonly string[]): Promise<Map<string, string[]>> {
  const nothing = await tell(who, NOBODYS)
  const found = new Map<string, string[]>()
  for (const word of words) {
    const told = await tell(who, word)
    const telling = told.filter((one, index) => one.text !== nothing[index]?.text || tellsOf(one))
    if (telling.length > 0) found.set(word, [...new Set(telling.map(({ door }) => door))])
  }
  return found
}

const allWords = () => hidden.words.map(([word]) => word)

const change = async (to: { visibility?: string; status?: 'published' | 'draft' | 'withdrawn' }) => {
  const ids = [...hidden.ids]
  await hub.kysely
    .updateTable('record')
    .set({ status: 'published', visibility: 'public', ...to })
    .where('id', 'in', ids)
    .execute()
  await moveHubVersion(hub.kysely.$pickTables())
  await follow()
}

/** A route of the app as it is written here: `/:lang{en|fr}/search` → `/{l}/search`. */
const written = (path: string): string => path.replace(/^\/:lang\{[^}]*\}/, '/{l}').replace(/:(\w+)/g, '{$1}')

test('every public address of the search is in the list: a new one is tried too', () => {
  const routes = hub.http.app.routes.filter(({ method, path }) => method === 'GET' && /search/.test(path))
  const open = routes.map(({ path }) => written(path)).filter((path) => !/^\/\{l\}\/(desk|admin|account)\//.test(path))
  expect([...new Set(open)].toSorted()).toEqual(Object.keys(doors).toSorted())
})

/** The doors at which words are asked for, as they are told of. */
const asking = (words: string) =>
  Object.values(doors).flatMap((of) => (of('x').join() === of('y').join() ? [] : of(words)))

test('what is for everybody is found by each of its words, at every door: what follows would find it', async () => {
  await change({})
  const found = await findable(hub, allWords())
  expect(allWords().length).toBeGreaterThan(30)
  expect([...found]).toEqual(allWords().map((word) => [word, asking('')]))
  for (const [word, id] of hidden.words) {
    const { items, total } = JSON.parse(await get(hub, `/api/v1/search?q=${word}`))
    const found = items.map((item: { id: string }) => item.id)
    // What is in a series is found by the name of it too.
    const isNamed = found.every((one: string) => [id, ...hidden.ids].includes(one))
    expect([word, found[0], isNamed, total]).toEqual([word, id, true, word.startsWith('zqseriesname') ? 3 : 1])
  }
  // Beside what both have: totals, counts, other names, titles, and what stands around the word.
  const told = await tell(hub, SHARED)
  const withoutSpelling = asking('').filter((door) => !door.includes(`q=${WRONG}`))
  expect(told.filter(tellsOf).map(({ door }) => door)).toEqual(withoutSpelling)
  const { total, facets, alsoSearched } = JSON.parse(await get(hub, `/api/v1/search?q=${SHARED}`))
  expect([total > 9, facets.theme[0].count > 3, facets.place[0].count > 3]).toEqual([true, true, true])
  expect(alsoSearched).toEqual(
    expect.arrayContaining(['Faucon', ...['conceptlabel', 'programmename'].map((of) => `Crécerelle zq${of}fr`)]),
  )
})

/** What results may be narrowed to says nothing either of what is hidden. */
async function expectNoFacet(): Promise<void> {
  for (const facet of hidden.facets) {
    const [name = '', value = ''] = facet.split('=')
    const unknown = (await tell(hub, SHARED, `&${name}=${NOBODYS}`)).map(({ text }) => text.replaceAll(NOBODYS, ''))
    const told = (await tell(hub, SHARED, `&${facet}`)).map(({ text }) =>
      text.replaceAll(value.replaceAll(SHARED, ''), ''),
    )
    expect([facet, told]).toEqual([facet, unknown])
  }
}

test.each([
  ['a draft', { status: 'draft' }],
  ['withdrawn', { status: 'withdrawn' }],
  ['for members', { visibility: 'members' }],
  ['of a group', { visibility: 'grp_1' }],
] as const)('what is %s is told to no visitor: not in results, totals, counts, names or feeds', async (_, to) => {
  await change(to)
  expect([...(await findable(hub, allWords()))]).toEqual([])
  expect(await tell(hub, SHARED)).toEqual(before)
  await expectNoFacet()
})

test('what is for members a member finds on the page, and nobody through what programs read', async () => {
  await change({ visibility: 'members' })
  const page = asking('').filter((door) => /^\/..\/search(\/suggest)?\?/.test(door))
  expect([...(await findable(member, allWords()))]).toEqual(allWords().map((word) => [word, page]))
})

test('what is of a group is found by those of the group alone, whatever else they are', async () => {
  await change({ visibility: 'grp_1' })
  const page = asking('').filter((door) => /^\/..\/search(\/suggest)?\?/.test(door))
  expect([...(await findable(facilitator, allWords()))]).toEqual(allWords().map((word) => [word, page]))
  for (const who of [member, editor]) expect([...(await findable(who, allWords()))]).toEqual([])
})

test('drafts and what was withdrawn are found by no editor either: they are at the desk', async () => {
  for (const status of ['draft', 'withdrawn'] as const) {
    await change({ status })
    expect([...(await findable(editor, allWords()))]).toEqual([])
  }
})

test('what was said under the Chatham House Rule is found by nobody', async () => {
  await change({})
  const rule = async (is: boolean) => {
    await hub.kysely.updateTable('session').set({ chatham_house: is }).where('id', '=', hidden.session).execute()
    await moveHubVersion(hub.kysely.$pickTables())
    await follow()
  }
  expect([...(await findable(hub, [hidden.spoken])).keys()]).toEqual([hidden.spoken])
  await rule(true)
  for (const who of [hub, member, editor]) expect([...(await findable(who, [hidden.spoken]))]).toEqual([])
  await rule(false)
  expect([...(await findable(hub, [hidden.spoken])).keys()]).toEqual([hidden.spoken])
})

test('a span that was taken down is found by nobody, from the moment on', async () => {
  await change({})
  expect([...(await findable(hub, [hidden.spoken])).keys()]).toEqual([hidden.spoken])
  const span = { from: '0:00', to: '0:04', reason: 'law' }
  expect((await editor.post(`/en/desk/records/${hidden.recording}/takedowns`, span)).status).toBe(303)
  for (const who of [hub, member, editor]) expect([...(await findable(who, [hidden.spoken]))]).toEqual([])
})
