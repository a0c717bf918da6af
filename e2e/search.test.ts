import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findViolations } from './axe.ts'
import { at, desktop, openBrowser, openPage, phone } from './browser.ts'
import { tabTo } from './people.ts'
import { wordsOf } from './words.ts'

/** Said at second 44 of the recording of the demonstration. */
const spoken = '"simple referral list"'
/** On the third page of a file of the demonstration. */
const printed = '"what a single figure hides"'

const languages = ['en', 'fr', 'es', 'pt', 'ar'] as const
const en = wordsOf('en')
let browser: Browser

/** Whether the captions and the file of the demonstration have been read, and are in the index. */
async function isReady(words: string): Promise<boolean> {
  const answer = await fetch(at(`/api/v1/search?q=${encodeURIComponent(words)}`))
  return Object(await answer.json()).total > 0
}

beforeAll(async () => {
  browser = await openBrowser()
  for (const words of [spoken, printed])
    await vi.waitUntil(async () => isReady(words), { timeout: 90_000, interval: 500 })
}, 180_000)
afterAll(async () => browser.close())

const openSearch = async (page: Page, words: string, lang = 'en') =>
  page.goto(at(`/${lang}/search?q=${encodeURIComponent(words)}`))

describe.each([true, false])('with script: %s', (javaScriptEnabled) => {
  test('a phrase that was spoken leads to its second', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const { page } = opened
    await openSearch(page, spoken)
    await page.locator('.results a[href*="t=44"]').first().click()
    await page.waitForURL(/\/sessions\/1\?.*\bt=44\b/)
    const line = page.locator('.spoken [aria-current]')
    await expect.poll(async () => line.textContent()).toContain('A simple referral list')
    expect(await page.locator('audio source').first().getAttribute('src')).toMatch(/#t=44$/)
  })

  test('a phrase that is printed leads to its page', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const { page } = opened
    await openSearch(page, printed)
    const link = page.locator('.results a[href*="page=3"]').first()
    expect(await link.textContent()).toBe(en('search.page', { number: 3 }))
    await link.click()
    await page.waitForURL(/\/library\/[^/]+\/read\/en\?.*\bpage=3\b/)
    expect(await page.locator('main').textContent()).toContain('what a single figure hides')
    expect(await page.locator('main').textContent()).not.toContain('What a reader can do')
  })
})

test('from the box of the first page to the second of a recording, by keyboard alone', async () => {
  await using opened = await openPage(browser)
  const { page } = opened
  await page.goto(at('/en'))
  await tabTo(page, 'q')
  await page.keyboard.type(spoken)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/en\/search\?q=/)
  const focused = async () => String(await page.evaluate('document.activeElement.getAttribute("href")'))
  for (let step = 0; step < 100 && !(await focused()).includes('t=44'); step += 1) await page.keyboard.press('Tab')
  expect(await focused()).toContain('t=44')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\bt=44\b/)
  await expect.poll(async () => page.locator('.spoken [aria-current]').textContent()).toContain('referral list')
})

/** Words that are found in many records of the demonstration, with all that a page can show, and words that nobody wrote. */
const searches: Readonly<Record<(typeof languages)[number], readonly string[]>> = {
  en: ['reintegration', 'zzyzx'],
  fr: ['réintégration', 'zzyzx'],
  es: ['reintegración', 'zzyzx'],
  pt: ['reintegração', 'zzyzx'],
  ar: ['إعادة الإدماج', 'zzyzx'],
}

test.each(languages)(
  'axe finds nothing on the search in %s, with results and without, dark on a phone and light on a desktop',
  { timeout: 300_000 },
  async (lang) => {
    const looks = [
      { viewport: phone, colorScheme: 'dark' },
      { viewport: desktop, colorScheme: 'light' },
    ] as const
    for (const { viewport, colorScheme } of looks) {
      await using opened = await openPage(browser, { viewport, colorScheme })
      const { page } = opened
      for (const words of ['', ...searches[lang]]) {
        await openSearch(page, words, lang)
        await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
        expect([words, await findViolations(page)]).toEqual([words, []])
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width)
      }
    }
  },
)

test('from right to left, results begin at the right, and a text of another language keeps its own direction', async () => {
  await using opened = await openPage(browser, { viewport: phone })
  const { page } = opened
  await openSearch(page, spoken, 'ar')
  expect(await page.evaluate('getComputedStyle(document.querySelector(".results")).direction')).toBe('rtl')
  const passage = page
    .locator('.results span[lang="en"]')
    .filter({ has: page.locator('mark') })
    .first()
  expect(await passage.getAttribute('dir')).toBe('ltr')
  const [start, edge] = [
    await page.locator('.results h3 a').first().boundingBox(),
    await page.locator('main').boundingBox(),
  ]
  expect((start?.x ?? 0) + (start?.width ?? 0)).toBeGreaterThan((edge?.x ?? 0) + (edge?.width ?? 0) / 2)
})
