import { expect, test, vi } from 'vitest'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aSeminar } from '#testing/makers.ts'
import { readSynonyms, writeSynonyms } from './domain.ts'

const address = '/en/desk/search/synonyms'

const read = (text: string) => {
  const answer = readSynonyms(text)
  return answer.ok ? writeSynonyms(answer.lines) : answer.problems
}

test('a line is words between the commas of any script, with a language before a word where somebody likes', () => {
  const text = '\n  AVR ,AVRR,  fr:aide au  retour\n\nar: العودة الطوعية، RVA ؛ "moot"\u202E,\n'
  expect(read(text)).toBe('AVR, AVRR, fr: aide au retour\nar: العودة الطوعية, RVA, moot')
})

test.each([
  ['a word alone', 'AVR, AVRR\n\nalone', [{ line: 3, kind: 'alone', word: 'alone' }]],
  ['commas without words', ' , ،', [{ line: 1, kind: 'empty', word: '' }]],
  ['marks for a word', 'a, ***', [{ line: 1, kind: 'empty', word: '***' }]],
  ['a language alone', 'a, fr:', [{ line: 1, kind: 'empty', word: '' }]],
  ['no language', 'a, qqx: b', [{ line: 1, kind: 'language', word: 'qqx' }]],
  ['a word twice on a line', 'Été, ete', [{ line: 1, kind: 'twice', word: 'ete', other: 1 }]],
  ['a word on two lines', 'a, b\nc, A', [{ line: 2, kind: 'twice', word: 'A', other: 1 }]],
  ['a long word', `a, ${'x'.repeat(81)}`, [{ line: 1, kind: 'long', word: `${'x'.repeat(30)}…` }]],
  ['a crowd', Array.from({ length: 13 }, (_, at) => `w${at}`).join(), [{ line: 1, kind: 'crowded', word: '' }]],
])('%s is told with its line', (_, text, problems) => {
  expect(read(text)).toEqual(problems)
})

const lines = (many: number) => Array.from({ length: many }, (_, at) => `a${at}, b${at}`).join('\n')

test('a list has its bounds', () => {
  expect(readSynonyms(lines(500)).ok).toBe(true)
  expect(read(lines(501))).toEqual([{ line: 0, kind: 'lines' }])
})

test('the same word may stand in two languages', () => {
  expect(read('en: actual, real\nfr: actuel, es: actual')).toBe('en: actual, real\nfr: actuel, es: actual')
})

const count = (page: string) => Number(/<h2>(\d+|No) result/.exec(page)?.[1]?.replace('No', '0'))
const search = async (hub: TestHub, words: string, more = '') =>
  (await hub.get(`/en/search?q=${encodeURIComponent(words)}${more}`)).text()

test('what an editor writes is searched for at once, shown beside the words, and left out where somebody wants that', async () => {
  await using hub = await openHub({ cache: true })
  await aSeminar(hub.kysely, { title: { en: 'Zanzibar kettle' } })
  await aSeminar(hub.kysely, { title: { fr: 'Les bouilloires' } })
  hub.forget()
  await vi.waitUntil(async () => !(await search(hub, 'kettle')).includes('brought up to date'), { timeout: 20_000 })
  const editor = await hub.as(['editor'])
  expect(count(await search(hub, 'samovar'))).toBe(0)

  const saved = await editor.post(address, { version: '0', lines: 'samovar, kettle, fr: bouilloire\nen: mug, cup' })

  expect([saved.status, saved.headers.get('location')]).toEqual([303, `${address}?done=saved`])
  const found = await search(hub, 'samovar')
  expect(count(found)).toBe(2)
  expect(found).toMatch(/Also searched:.*<bdi>kettle<\/bdi>.*<bdi>bouilloire<\/bdi>/s)
  expect(count(await search(hub, 'samovar', '&exact=1'))).toBe(0)
  // With its language a word is known in its other forms, without one as it is written.
  expect(count(await search(hub, 'bouilloires'))).toBe(2)
  expect(count(await search(hub, 'SAMOVAR'))).toBe(2)
  expect(count(await search(hub, 'samovars'))).toBe(0)
  expect(await search(hub, 'mugs')).toMatch(/>[^<]*\bcup\b/)
  expect(count(await search(hub, 'samovar zanzibar'))).toBe(1)

  await editor.post(address, { version: '1', lines: '' })
  expect(count(await search(hub, 'samovar'))).toBe(0)
}, 120_000)

test('the list tells who changed what, and nothing is lost when two write at once', async () => {
  await using hub = await openHub()
  const [ada, ben] = [await hub.as(['editor'], { name: 'Ada' }), await hub.as(['admin'], { name: 'Ben' })]
  await ada.post(address, { version: '0', lines: 'a1, a2' })

  const late = await ben.post(address, { version: '0', lines: 'b1, b2' })

  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toContain('Somebody else saved this list')
  expect(page).toMatch(/<pre[^>]*>a1, a2<\/pre>/)
  expect(page).toMatch(/<textarea[^>]*>b1, b2<\/textarea>/)
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
  expect((await ben.post(address, { version, lines: 'a1, a2\nb1, b2' })).status).toBe(303)
  const after = await (await ada.get(address)).text()
  expect(after).toMatch(/<bdi>Ben<\/bdi>.*Came in.*b1, b2.*<bdi>Ada<\/bdi>.*Came in.*a1, a2/s)
  expect(after).not.toContain('Went out')
})

test('a bad list is told line by line, and comes back as it was sent', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  await editor.post(address, { version: '0', lines: 'kept, too' })

  const sent = await editor.post(address, { version: '1', lines: 'a, b\n<b>alone</b>\nb, c' })

  expect(sent.status).toBe(422)
  const page = await sent.text()
  expect(page).toMatch(/Line 2: .*&lt;b>alone&lt;\/b>.*stands alone/)
  expect(page).toMatch(/Line 3: .*b.* is already in line 1/)
  expect(page).toMatch(/<textarea[^>]*>a, b\n&lt;b>alone/)
  expect(await (await editor.get(address)).text()).toMatch(/<textarea[^>]*>kept, too<\/textarea>/)
})

test.each([
  ['no version', { lines: 'a, b' }, 400],
  ['a version of another kind', { version: '-1', lines: 'a, b' }, 400],
  ['no list', { version: '0' }, 303],
  ['a list of a megabyte', { version: '0', lines: 'a, b\n'.repeat(100_000) }, 422],
  ['ten thousand lines', { version: '0', lines: ','.repeat(10_000) }, 422],
  ['the language of databases', { version: '0', lines: `' or drop table synonym --, b\n!c & d:*, c` }, 303],
  ['only stop words', { version: '0', lines: 'en: the, en: of' }, 303],
])('%s is answered and breaks nothing', async (_, form, status) => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  expect((await editor.post(address, form)).status).toBe(status)
  expect((await hub.get('/en/search?q=the')).status).toBe(200)
})

test('a word that an empty search gave comes along', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const page = await (await editor.get(`${address}?add=${encodeURIComponent('<i>kettle')}`)).text()
  expect(page).toMatch(/<textarea[^>]*>&lt;i>kettle, <\/textarea>/)
})
