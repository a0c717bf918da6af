import { expect, test, vi } from 'vitest'
import { serve } from '#platform/http/index.ts'
import { createLog } from '#platform/log.ts'
import { interfaceLanguages, openHub, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { aSeminar } from '#testing/makers.ts'
import { createQuestionCounter } from './counter.ts'
import { isResultTarget, keepWords, readSearchTarget } from './domain.ts'
import { addQuestions, forgetQuestions, listVain } from './store.ts'

test.each([
  ['  Réintégration  DURABLE ', 'reintegration durable'],
  ['“child protection”', 'child protection'],
  ['décembre 2021', 'decembre 2021'],
  ['إِعَادَةُ الإدمـــاج', 'اعادة الادماج'],
  ['हिन्दी', 'हिन्दी'],
  ['a\u0000b\u202Ec', 'a b c'],
  ['ann@example.org', null],
  ['https://example.org/a', null],
  ['www.example.org', null],
  ['passport 123456', null],
  ['+221 77 123 45 67', null],
  ['12/03/1985', null],
  ['x'.repeat(81), null],
  ['my brother was sent back in march and needs a doctor', null],
  ['-', null],
  ['-without', null],
  ['', null],
])('of “%s” is kept: %s', (typed, kept) => {
  expect(keepWords(typed)).toBe(kept)
})

test('what is typed is told from what is clicked together, and searches from other pages', () => {
  expect(readSearchTarget('/en/search?q=Kettle')).toEqual({ lang: 'en', words: 'kettle', isPlain: true })
  expect(readSearchTarget('/pt-BR/search?q=a&page=&junk=1')).toEqual({ lang: 'pt-BR', words: 'a', isPlain: true })
  for (const more of ['page=2', 'role=donor', 'sort=newest', 'exact=1', 'lang=fr'])
    expect(readSearchTarget(`/en/search?q=a&${more}`)?.isPlain).toBe(false)
  for (const other of ['/en/search', '/en/search?q=', '/en/library?q=a', '/api/v1/search?q=a', '/en/search.atom?q=a'])
    expect([other, readSearchTarget(other)]).toEqual([other, null])
})

test('pages of one thing are results, lists and the desk are none', () => {
  const results = ['/en/library/a', '/fr/seminars/a/sessions/2?t=7', '/ar/themes/theme/a', '/files/1/a.pdf']
  const others = [
    '/en',
    '/en/library',
    '/en/library?page=2',
    '/en/desk/records',
    '/en/search?q=/a/b',
    '/fr/sign-in/link',
  ]
  expect(results.filter((target) => !isResultTarget(target))).toEqual([])
  expect(others.filter(isResultTarget)).toEqual([])
})

const counts = async (hub: TestHub) =>
  (
    await hub.kysely.selectFrom('search_question').selectAll().orderBy('day').orderBy('lang').orderBy('words').execute()
  ).map(({ day, lang, words, asked, empty, opened }) => [day, lang, words, asked, empty, opened])

/** A hub whose index is made, with something to find. */
async function openFilled(cache = false) {
  const hub = await openHub({ cache })
  await aSeminar(hub.kysely, { title: { en: 'Kettle' } })
  hub.forget()
  const isMade = async () => (await (await hub.get('/en/search?q=made&page=2')).text()).includes('brought up to date')
  await vi.waitUntil(async () => !(await isMade()), { timeout: 20_000 })
  return hub
}

const from = (query: string, lang = 'en') => ({ referer: `https://hub.example/${lang}/search?q=${query}` })

test('questions, what found nothing and what was opened are counted by day and language', async () => {
  await using hub = await openFilled()
  for (const path of ['/en/search?q=kettle', '/en/search?q=Kettle', '/fr/search?q=samovar', '/fr/search?q=samovar'])
    await hub.get(path)
  await hub.get('/en/seminars/kettle', from('kettle'))
  await hub.get('/en/seminars/kettle', from('KETTLE&lang=en'))
  await hub.flush()
  hub.setNow('2026-11-25T09:00:00.000Z')
  await hub.get('/fr/search?q=samovar')
  await hub.flush()
  await hub.flush()

  expect(await counts(hub)).toEqual([
    ['2026-11-24', 'en', 'kettle', 2, 0, 2],
    ['2026-11-24', 'fr', 'samovar', 2, 2, 0],
    ['2026-11-25', 'fr', 'samovar', 1, 1, 0],
  ])
}, 60_000)

test('nobody else is counted: robots, browsers that fetch ahead, programs, people who signed in, pages from elsewhere', async () => {
  await using hub = await openFilled()
  const member = await hub.as(['member'])
  const editor = await hub.as(['editor'])
  const asked = '/en/search?q=samovar'
  for (const headers of [
    { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
    { 'user-agent': 'curl/8.5.0' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
    { 'sec-fetch-dest': 'empty' },
  ])
    await hub.get(asked, headers)
  await hub.fetch(new Request(hub.origin + asked, { method: 'HEAD' }))
  await member.get(asked)
  await editor.get(asked)
  await member.get('/en/seminars/kettle', from('kettle'))
  for (const path of ['/api/v1/search?q=samovar', '/en/search.atom?q=samovar', '/en/search?q=samovar&page=2'])
    await hub.get(path)
  await hub.get('/en/seminars/kettle', { referer: 'https://elsewhere.example/en/search?q=kettle' })
  await hub.get('/en/seminars/none', from('kettle'))
  await hub.get('/en/seminars', from('kettle'))
  await hub.get('/en/seminars/kettle', { referer: 'nonsense' })
  for (let time = 0; time < 130; time += 1) await hub.get(`/en/search?q=ann${time}@example.org`)
  expect((await hub.get('/en/search?q=limited')).status).toBe(429)
  await hub.flush()
  expect(await counts(hub)).toEqual([])
}, 60_000)

test('what is answered from memory counts as well, with what it found', async () => {
  await using hub = await openFilled(true)
  const config = { HOST: '127.0.0.1', PORT: 0 }
  const running = await serve({ config, http: hub.http, log: createLog({ level: 'silent' }) })
  const browser = { 'user-agent': 'Mozilla/5.0', 'accept-language': 'en' }
  const get = async (path: string, headers = {}, method = 'GET') =>
    (await fetch(running.url + path, { method, headers: { ...browser, ...headers } })).status
  try {
    for (let time = 0; time < 3; time += 1) {
      await get('/en/search?q=samovar')
      await get('/en/search?q=kettle')
    }
    const { headers } = await fetch(`${running.url}/en/search?q=kettle`, { headers: browser })
    expect(await get('/en/search?q=kettle', { 'if-none-match': headers.get('etag') ?? '' })).toBe(304)
    await get('/en/search?q=kettle', { 'sec-purpose': 'prefetch' })
    await get('/en/search?q=kettle', {}, 'HEAD')
  } finally {
    await running.stop()
  }
  await hub.flush()
  expect(await counts(hub)).toEqual([
    ['2026-11-24', 'en', 'kettle', 5, 0, 0],
    ['2026-11-24', 'en', 'samovar', 3, 3, 0],
  ])
}, 60_000)

const page = (target: string, note = '0') => ({ target, note, isAnonymous: true, header: () => undefined })

test('counts that could not be written are written later, and there are never more at once than it says', async () => {
  await using hub = await openHub()
  const faults: unknown[] = []
  let day = 'no day'
  const counter = createQuestionCounter({
    db: hub.kysely.$pickTables(),
    now: () => day,
    origin: hub.origin,
    onFault: (error) => faults.push(error),
  })
  counter.count(page('/en/search?q=one'))
  await counter.flush()
  expect(faults.length).toBe(1)
  day = '2026-11-24'
  counter.count(page('/en/search?q=one', '5'))
  await counter.flush()
  expect(await counts(hub)).toEqual([[day, 'en', 'one', 2, 1, 0]])

  for (let at = 0; at < 5000; at += 1) counter.count(page(`/en/search?q=made-up-${at.toString(26)}`))
  await counter.flush()
  expect((await counts(hub)).length).toBeLessThanOrEqual(3001)
})

const rows = (start: number, many: number) =>
  Array.from({ length: many }, (_, at) => ({ lang: 'en', words: `w${start + at}`, asked: 1, empty: 1, opened: 0 }))

test('a day holds so many questions and no more; those it has go on being counted', async () => {
  await using hub = await openHub()
  const db = hub.kysely.$pickTables<'search_question'>()
  const search = hub.kysely.$pickTables()
  await addQuestions(search, rows(0, 2990), '2026-11-24')
  await addQuestions(search, rows(2980, 40), '2026-11-24')
  await addQuestions(search, rows(0, 1), '2026-11-24')
  const kept = await db.selectFrom('search_question').select(['words', 'asked']).execute()
  expect(kept.length).toBe(3000)
  expect(kept.find(({ words }) => words === 'w0')?.asked).toBe(2)
  await addQuestions(search, rows(5000, 1), '2026-11-25')
  expect((await counts(hub)).length).toBe(3001)
})

const address = '/en/desk/search/questions'

/** Questions of some days, as if they had been asked. */
async function askOn(
  hub: TestHub,
  words: string,
  days: readonly string[],
  more: { empty?: number; opened?: number } = {},
) {
  const { empty = 1, opened = 0 } = more
  for (const day of days)
    await addQuestions(hub.kysely.$pickTables(), [{ lang: 'fr', words, asked: 2, empty, opened }], day)
}

test('words are told once they came back on another day; what is found by now, and what is opened, is not in vain', async () => {
  await using hub = await openHub()
  const days = ['2026-11-20', '2026-11-21']
  await askOn(hub, 'vain', days)
  await askOn(hub, 'one day', ['2026-11-20'])
  await askOn(hub, 'one day', ['2026-11-20'])
  await askOn(hub, 'mended', ['2026-11-20'])
  await askOn(hub, 'mended', ['2026-11-21'], { empty: 0, opened: 2 })
  await askOn(hub, 'unopened', days, { empty: 0 })
  await askOn(hub, 'opened', days, { empty: 0, opened: 1 })
  const search = hub.kysely.$pickTables()

  expect(await listVain(search, 'empty')).toEqual([
    { lang: 'fr', words: 'vain', asked: 4, opened: 0, lastOn: '2026-11-21' },
  ])
  expect((await listVain(search, 'unopened')).map(({ words }) => words)).toEqual(['unopened'])
  const shown = await (await (await hub.as(['editor'])).get(address)).text()
  expect(shown).toMatch(/Nothing was found<\/h2>.*vain.*Found, but hardly ever opened<\/h2>.*unopened/s)
  for (const other of ['>one day<', '>mended<', '>opened<']) expect(shown).not.toContain(other)
})

test('each question has its ways out one click away, and what was done with it is put away until it comes back', async () => {
  await using hub = await openHub()
  for (const words of ['bouilloire', 'samovar', 'theiere']) await askOn(hub, words, ['2026-11-20', '2026-11-21'])
  const editor = await hub.as(['editor'], { name: 'Ada' })
  const first = await (await editor.get(address)).text()
  expect(first).toContain('href="/en/desk/search/synonyms?add=bouilloire"')
  expect(await (await editor.get('/en/desk/search/synonyms?add=bouilloire')).text()).toContain(
    'bouilloire, </textarea>',
  )

  for (const [deed, words] of [
    ['translation', 'bouilloire'],
    ['content', 'samovar'],
    ['away', 'theiere'],
  ] as const) {
    const done = await editor.post(address, { do: deed, lang: 'fr', words })
    expect([done.status, done.headers.get('location')]).toEqual([303, `${address}?done=${deed}`])
  }

  const after = await (await editor.get(`${address}?done=away`)).text()
  expect(after).toContain('Put away.')
  expect(after).not.toContain('<table')
  expect(after).toMatch(
    /Asked for<\/h2>.*samovar.*Content, searched for in: French.*bouilloire.*Translation into: French/s,
  )
  expect(after).toContain('href="/en/desk/translation?lang=fr&amp;need=missing"')
  // Asked again on the day that it was put away, it stays away; on later days it comes back.
  await askOn(hub, 'theiere', ['2026-11-24'])
  expect(await (await editor.get(address)).text()).not.toContain('theiere')
  await askOn(hub, 'theiere', ['2026-11-25', '2026-11-26'])
  expect(await (await editor.get(address)).text()).toContain('theiere')
})

test('what is wanted has a note and an end, and translators of the language see it', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'], { name: 'Ada' })
  const french = await hub.as([{ role: 'translator', scope: 'fr' }])
  const arabic = await hub.as([{ role: 'translator', scope: 'ar' }])
  for (const deed of ['translation', 'translation', 'content'])
    await editor.post(address, { do: deed, lang: 'fr', words: 'bouilloire' })
  const rows = await hub.kysely.selectFrom('search_wanted').select(['id', 'what']).orderBy('id').execute()
  expect(rows.map(({ what }) => what)).toEqual(['translation', 'content'])
  const id = String(rows[0]?.id)

  await editor.post(address, { do: 'note', id, [`note.w${id}`]: 'The <b>handbook</b>, please' })
  expect(await (await french.get('/en/desk/translation')).text()).toMatch(
    /Readers look for this.*bouilloire.*The &lt;b>handbook&lt;\/b>, please/s,
  )
  expect(await (await arabic.get('/en/desk/translation')).text()).not.toContain('bouilloire')
  expect(await (await editor.get(address)).text()).toContain('value="The &lt;b>handbook&lt;/b>, please"')

  const long = await editor.post(address, { do: 'note', id, [`note.w${id}`]: 'x'.repeat(501) })
  expect(long.status).toBe(422)
  const again = await long.text()
  expect(again).toContain('This is too long.')
  expect(again).toContain('x'.repeat(501))
  expect(await findMarkupFaults(again)).toEqual([])

  await editor.post(address, { do: 'end', id })
  expect(await (await french.get('/en/desk/translation')).text()).not.toContain('bouilloire')
  expect((await editor.post(address, { do: 'end', id })).status).toBe(303)
})

test.each([
  ['nothing', {}],
  ['an unknown deed', { do: 'erase', lang: 'fr', words: 'a' }],
  ['words that are not kept', { do: 'content', lang: 'fr', words: 'ann@example.org' }],
  ['words that are not folded', { do: 'content', lang: 'fr', words: 'Été' }],
  ['no language', { do: 'away', lang: '<script>', words: 'a' }],
  ['no number', { do: 'end', id: '1; drop table record' }],
  ['a huge number', { do: 'end', id: '9'.repeat(30) }],
])('%s is refused', async (_, form) => {
  await using hub = await openHub()
  expect((await (await hub.as(['editor'])).post(address, form)).status).toBe(400)
  expect(await hub.kysely.selectFrom('search_wanted').selectAll().execute()).toEqual([])
})

test('the screen is for those who edit the search, and valid', async () => {
  await using hub = await openHub()
  await askOn(hub, 'vain & <i>', ['2026-11-20', '2026-11-21'])
  await askOn(hub, 'unopened', ['2026-11-20', '2026-11-21'], { empty: 0 })
  const editor = await hub.as(['admin'])
  await editor.post(address, { do: 'content', lang: 'ar', words: 'wanted' })
  await editor.post(address, { do: 'translation', lang: 'ar', words: 'wanted' })
  for (const lang of interfaceLanguages) {
    const shown = await editor.get(address.replace('/en', `/${lang}`))
    expect([lang, shown.status, await findMarkupFaults(await shown.text())]).toEqual([lang, 200, []])
  }
  for (const role of ['member', 'translator', 'contributor', 'organiser'] as const)
    expect((await (await hub.as([role])).get(address)).status).toBe(404)
})

test('counts are forgotten after their time, and sooner what never came back', async () => {
  await using hub = await openHub()
  const search = hub.kysely.$pickTables()
  await askOn(hub, 'old', ['2025-10-19', '2025-10-20'])
  await askOn(hub, 'kept', ['2025-10-20', '2025-10-21'])
  await askOn(hub, 'passing', ['2026-09-24'])
  await askOn(hub, 'recent', ['2026-09-25'])
  await forgetQuestions(search, '2026-11-24T09:00:00.000Z')
  expect((await counts(hub)).map(([day, , words]) => [day, words])).toEqual([
    ['2025-10-20', 'kept'],
    ['2025-10-21', 'kept'],
    ['2026-09-25', 'recent'],
  ])
})

test('a table of counts has no column for whoever asked, nor for the hour', async () => {
  await using hub = await openHub()
  const { rows } = await hub.kysely.executeQuery<{ column_name: string; data_type: string }>(
    (await import('kysely')).sql`
      select column_name, data_type from information_schema.columns
      where table_name in ('search_question', 'search_question_away') order by table_name, ordinal_position`.compile(
      hub.kysely,
    ),
  )
  expect(rows.map(({ column_name: name, data_type: type }) => `${name} ${type}`)).toEqual([
    'lang text',
    'words text',
    'day date',
    'asked integer',
    'empty integer',
    'opened integer',
    'lang text',
    'words text',
    'day date',
  ])
})
