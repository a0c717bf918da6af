import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openHub, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ seeded: true })
  await vi.waitUntil(async () => !(await search('q=return')).includes('being brought up to date'), { timeout: 30_000 })
}, 60_000)
afterAll(async () => hub[Symbol.asyncDispose]())

const search = async (query: string, lang = 'en') => (await hub.get(`/${lang}/search?${query}`)).text()

/** The links of the block that stands where results would be. */
const waysOut = (page: string) => {
  const [, block = ''] = /<div class="empty">(.*?)<\/div>/s.exec(page) ?? []
  return [...block.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
}

test('a search that finds nothing says what was tried, and every way out leads on', async () => {
  const page = await search('q=counselling+zeppelin&role=case-manager&lang=fr&exact=1')

  expect(page).toContain('Nothing was found for “counselling zeppelin”.')
  expect(page).toMatch(/Only this was looked through:.*Language <bdi>French<\/bdi> · Role <bdi>Case manager<\/bdi>/s)
  expect(waysOut(page)).toEqual([
    '/en/search?q=counselling+zeppelin&role=case-manager&exact=1',
    '/en/search?q=counselling+zeppelin&lang=fr&exact=1',
    '/en/search?q=counselling+zeppelin&exact=1',
    '/en/search?q=counselling+zeppelin&lang=fr&role=case-manager',
    '/en/search?q=zeppelin&lang=fr&role=case-manager&exact=1',
    '/en/search?q=counselling&lang=fr&role=case-manager&exact=1',
    '/en/themes',
    '/en/library',
    '/en/seminars',
  ])
  for (const href of waysOut(page)) expect([href, (await hub.get(href)).status]).toEqual([href, 200])
})

test('other words that were searched for are told', async () => {
  const page = await search('q=monitoring+zeppelin&year=1999')
  expect(page).toMatch(/Also searched without success: .*Suivi/)
  expect(page).not.toContain('Search only what I typed')
})

test('what has no word in it is told so, and is no page of results', async () => {
  const page = await search('q=%22+-+%26')
  expect(page).toContain('There is no word in this that can be looked for.')
  expect(waysOut(page)).toEqual(['/en/themes', '/en/library', '/en/seminars'])
})

test.each(['en', 'fr', 'es', 'pt', 'ar'])('an empty result is valid HTML in %s, whatever was asked', async (lang) => {
  const hostile = encodeURIComponent('<script>alert(1)</script> "')
  for (const q of ['zeppelin', hostile, 'x'.repeat(10_000), 'a+'.repeat(40), '%E2%80%AEzeppelin'])
    expect([q, await findMarkupFaults(await search(`q=${q}&lang=fr&place=ET`, lang))]).toEqual([q, []])
})

test('a search that finds something has no ways out, and keeps its switch', async () => {
  const page = await search('q=monitoring')
  expect(waysOut(page)).toEqual([])
  expect(page).toContain('Search only what I typed')
})
