import { expect, test, vi } from 'vitest'
import { interfaceLanguages, openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { moveTask, putTask, queryIn, readDestination, tidyLine, writeTask, type Task } from './domain.ts'

const task = (id: string): Task => ({ id, query: 'q=a', texts: [{ lang: 'en', label: id, words: '' }] })
const ids = (tasks: readonly Task[] | null) => tasks?.map(({ id }) => id)

test('a task moves one step among the others, and not beyond', () => {
  const all = ['a', 'b', 'c'].map(task)
  expect(ids(moveTask(all, 'b', 'up'))).toEqual(['b', 'a', 'c'])
  expect(ids(moveTask(all, 'b', 'down'))).toEqual(['a', 'c', 'b'])
  expect([moveTask(all, 'a', 'up'), moveTask(all, 'c', 'down'), moveTask(all, 'x', 'down')]).toEqual([null, null, null])
})

test('a task is changed in its place, a new one comes last', () => {
  const all = ['a', 'b'].map(task)
  expect(putTask(all, { ...task('a'), query: 'q=z' }).map(({ query }) => query)).toEqual(['q=z', 'q=a'])
  expect(ids(putTask(all, task('c')))).toEqual(['a', 'b', 'c'])
})

test('a search is named by its words or by its address, and has other words in a language', () => {
  expect(readDestination(' two \u202E words ').toString()).toBe('q=two+words')
  const address = 'https://hub.example/fr/search?q=a&role=donor#results'
  expect(readDestination(address).toString()).toBe('q=a&role=donor')
  expect(queryIn('q=a&role=donor', '')).toBe('q=a&role=donor')
  expect(queryIn('q=a&role=donor', 'é & b')).toBe('q=%C3%A9+%26+b&role=donor')
  expect(tidyLine('\ta\u0000b \n c ')).toBe('a b c')
})

test('a task is told in a line', () => {
  const texts = [
    { lang: 'en', label: 'I report', words: '' },
    { lang: 'fr', label: 'Je rends compte', words: 'évaluation' },
  ]
  expect(writeTask({ id: 'a', query: 'q=a', texts })).toBe('en: I report · fr: Je rends compte (évaluation) · q=a')
})

const address = '/en/desk/search/tasks'
const donor = {
  search: '/en/search?q=evaluation&role=donor',
  'label.en': 'I report to a donor',
  'label.ar': 'أرفع تقريرًا',
}

/** The tasks of the first page: what they are called, with what marks them, and where they lead. */
async function offered(hub: TestHub, lang = 'en') {
  const page = await (await hub.get(`/${lang}`)).text()
  const heading = { en: 'Start from a task', fr: 'Partir d’une tâche', ar: 'ابدأ من مهمة' }[lang] ?? 'Start'
  const [, section = ''] = new RegExp(`<h2>${heading}</h2>(.*?)</section>`, 's').exec(page) ?? []
  return [...section.matchAll(/<a href="([^"]*)">(.*?)<\/a>/gs)].map(([, href = '', label = '']) => [
    label,
    href.replaceAll('&amp;', '&'),
  ])
}

/** What a form of the desk holds as it is drawn. */
async function formAt(person: SignedIn, path: string): Promise<Record<string, string>> {
  const page = await (await person.get(path)).text()
  const inputs = [...page.matchAll(/<input[^>]*\bname="([^"]+)"[^>]*>/g)]
  return Object.fromEntries(
    inputs.map(([whole, name = '']) => [name, (/value="([^"]*)"/.exec(whole)?.[1] ?? '').replaceAll('&amp;', '&')]),
  )
}

async function idsOf(hub: TestHub): Promise<string[]> {
  const rows = await hub.kysely.selectFrom('search_task').select('id').orderBy('position').execute()
  return rows.map(({ id }) => id)
}

test('what an editor adds stands on the first page at once, in the reader’s language or marked as another', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  await hub.kysely.deleteFrom('search_task').execute()
  hub.forget()
  expect(await (await hub.get('/en')).text()).not.toContain('Start from a task')
  const editor = await hub.as(['editor'])

  const saved = await editor.post(`${address}/new`, donor)

  expect([saved.status, saved.headers.get('location')]).toEqual([303, `${address}?done=saved`])
  expect(await offered(hub)).toEqual([['I report to a donor', '/en/search?q=evaluation&role=donor']])
  expect(await offered(hub, 'ar')).toEqual([['أرفع تقريرًا', '/ar/search?q=evaluation&role=donor']])
  expect(await offered(hub, 'fr')).toEqual([
    ['<span lang="en" dir="ltr">I report to a donor</span>', '/fr/search?q=evaluation&role=donor'],
  ])
  const list = await (await editor.get(address)).text()
  expect(list).toContain('Has no name in: French, Spanish, and Portuguese')
  expect(list).toMatch(/Came in.*I report to a donor/s)
})

test('tasks change, get other words in a language, move and go, and the history tells of it', async () => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'], { name: 'Ada' })
  const [first = '', second = ''] = await idsOf(hub)
  const form = await formAt(editor, `${address}/${first}`)
  expect(form['search']).toBe('/en/search?q=counselling&role=case-manager&stage=pre-departure')

  await editor.post(`${address}/${first}`, { ...form, 'label.fr': 'Je conseille', 'words.fr': 'conseiller' })
  expect((await offered(hub, 'fr'))[0]).toEqual([
    'Je conseille',
    '/fr/search?q=conseiller&role=case-manager&stage=pre-departure',
  ])

  expect((await editor.post(address, { move: `down:${first}` })).status).toBe(303)
  expect((await idsOf(hub)).slice(0, 2)).toEqual([second, first])
  expect(await (await editor.get(address)).text()).toMatch(/<bdi>Ada<\/bdi>.*Only the order changed/s)

  const now = await formAt(editor, `${address}/${second}`)
  await editor.post(`${address}/${second}`, { ...now, do: 'remove' })
  expect((await idsOf(hub)).includes(second)).toBe(false)
  expect(await (await editor.get(address)).text()).toMatch(/Went out.*I design a community project/s)
  expect((await editor.get(`${address}/${second}`)).status).toBe(404)
})

test('nothing is lost when two change the list at once', async () => {
  await using hub = await openHub({ seeded: true })
  const [ada, ben] = [await hub.as(['editor']), await hub.as(['admin'])]
  const [first = '', second = ''] = await idsOf(hub)
  const [forAda, forBen] = [await formAt(ada, `${address}/${first}`), await formAt(ben, `${address}/${first}`)]
  await ada.post(`${address}/${first}`, { ...forAda, 'label.en': 'Ada was here' })

  const late = await ben.post(`${address}/${first}`, { ...forBen, 'label.en': 'Ben was here' })

  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toMatch(/<pre[^>]*>[^<]*en: Ada was here/)
  expect(page).toContain('value="Ben was here"')
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
  expect((await ben.post(`${address}/${first}`, { ...forBen, 'label.en': 'Both', version })).status).toBe(303)
  expect((await offered(hub))[0]?.[0]).toBe('Both')

  // What somebody took out comes back only when whoever was writing says so.
  const [open, gone] = [await formAt(ben, `${address}/${second}`), await formAt(ada, `${address}/${second}`)]
  await ada.post(`${address}/${second}`, { ...gone, do: 'remove' })
  const lost = await ben.post(`${address}/${second}`, open)
  expect(lost.status).toBe(409)
  const told = await lost.text()
  expect(told).toContain('Somebody else took this task out')
  const last = /name="version" value="(\d+)"/.exec(told)?.[1] ?? ''
  expect((await ben.post(`${address}/${second}`, { ...open, version: last })).status).toBe(303)
  expect((await idsOf(hub)).at(-1)).toBe(second)

  // Ten who add at once are all there, and no eleventh is.
  const added = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => ada.post(`${address}/new`, { ...donor, 'label.en': `New ${at}` })),
  )
  expect(Map.groupBy(added, ({ status }) => status).get(303)?.length).toBe(4)
  expect(added.filter(({ status }) => status === 422).length).toBe(4)
  expect((await idsOf(hub)).length).toBe(10)
}, 60_000)

test.each([
  ['nothing', {}, ['f-search', 'f-label-en']],
  ['words alone', { search: 'words', 'label.en': 'a' }, []],
  ['no words', { ...donor, search: '/en/search?role=donor' }, ['f-search']],
  ['only words to leave out', { ...donor, search: '-words' }, ['f-search']],
  ['a role that there is not', { ...donor, search: '/en/search?q=a&role=king' }, ['f-search']],
  ['an address of 3000 characters', { ...donor, search: `/en/search?q=${'a'.repeat(3000)}` }, ['f-search']],
  ['a long name', { ...donor, 'label.fr': 'x'.repeat(121) }, ['f-label-fr']],
  ['words without a name', { ...donor, 'words.fr': 'mot' }, ['f-label-fr']],
  ['marks for words', { ...donor, 'words.en': '***' }, ['f-words-en']],
  ['too many words', { ...donor, 'words.en': 'x'.repeat(301) }, ['f-words-en']],
  ['names of spaces', { ...donor, 'label.en': ' \u200B ', 'label.ar': '\t' }, ['f-label-en']],
  ['script', { search: '<script>alert(1)</script>', 'label.en': '<script>alert(1)</script>' }, []],
  ['a language that the hub has not', { ...donor, 'label.tlh': 'x', '__proto__.x': 'y' }, []],
])('%s is answered with what is wrong, the form as it was sent', async (_, form, wrong) => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'])
  const before = await idsOf(hub)

  const sent = await editor.post(`${address}/new`, form)

  expect(sent.status).toBe(wrong.length === 0 ? 303 : 422)
  const page = await (wrong.length === 0 ? await editor.get('/en') : sent).text()
  expect(page).not.toContain('<script>alert')
  expect([...page.matchAll(/<a href="#(f-[\w-]+)">/g)].map(([, id]) => id)).toEqual(wrong)
  expect((await idsOf(hub)).length).toBe(before.length + (wrong.length === 0 ? 1 : 0))
})

test.each([
  ['a step of nobody', { move: 'up:tsk_0' }],
  ['no step', {}],
  ['a step sideways', { move: 'left:tsk_0' }],
])('%s is refused', async (_, form) => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'])
  const before = await idsOf(hub)
  expect((await editor.post(address, form)).status).toBe(400)
  expect(await idsOf(hub)).toEqual(before)
})

test('the screens are for editors, valid, and named on the desk', async () => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'])
  const [first = ''] = await idsOf(hub)
  for (const lang of interfaceLanguages)
    for (const path of [address, `${address}/new`, `${address}/${first}`].map((one) =>
      one.replace('/en', `/${lang}`),
    )) {
      const page = await editor.get(path)
      expect([path, page.status, await findMarkupFaults(await page.text())]).toEqual([path, 200, []])
    }
  for (const role of ['member', 'translator', 'contributor', 'organiser'] as const)
    expect((await (await hub.as([role])).get(address)).status).toBe(404)
  const desk = await (await editor.get('/en/desk')).text()
  expect(desk).toContain('href="/en/desk/search/tasks"')
})

test('every task of the demonstration hub leads to results in every language', async () => {
  await using hub = await openHub({ seeded: true })
  const search = async (href: string) => (await hub.get(href)).text()
  await vi.waitUntil(async () => !(await search('/en/search?q=a')).includes('brought up to date'), { timeout: 30_000 })
  const counts: unknown[] = []
  for (const lang of interfaceLanguages) {
    const home = await search(`/${lang}`)
    const links = [...home.matchAll(/<a href="(\/\w+\/search\?[^"]*)">([^<]*)<\/a>/g)]
    counts.push([lang, links.length])
    for (const [, href = '', label] of links) {
      const page = await search(href.replaceAll('&amp;', '&'))
      expect([lang, label, page.includes('<ol class="results">')]).toEqual([lang, label, true])
    }
  }
  expect(counts).toEqual(interfaceLanguages.map((lang) => [lang, 6]))
}, 60_000)

test('a hub whose editors took every task out is given none by loading the content again', async () => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'])
  for (const id of await idsOf(hub)) {
    const form = await formAt(editor, `${address}/${id}`)
    await editor.post(`${address}/${id}`, { ...form, do: 'remove' })
  }
  const { loadContent } = await import('#features/exchange/index.ts')
  await loadContent({ db: hub.kysely, files: hub.files }, 'seeds', '2026-11-25T09:00:00.000Z')
  expect(await idsOf(hub)).toEqual([])
  expect(await (await editor.get(address)).text()).toContain('There is no task yet')
})
