import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findViolations } from './axe.ts'
import { at, desktop, openBrowser, openPage, phone } from './browser.ts'
import { lookAtEach, turnTo } from './look.ts'
import { listPages } from './sitemap.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => browser.close())

/** Pages of one making: the path without what names the record. */
const making = (path: string): string =>
  path
    .split('/')
    .slice(2, 4)
    .join('/')
    .replace(/(?<=^(?!themes)[a-z]+\/).*/, '*')

/**
 * What need not be looked for on a page, because pages before it told: contrast follows the style sheet, so one page of each
 * making tells, and the size of links and buttons does save where words are long, so three do.
 */
function alikeOn(path: string, paths: readonly string[]): string[] {
  const place = paths.filter((other) => making(other) === making(path)).indexOf(path)
  return [...(place > 0 ? ['color-contrast'] : []), ...(place > 2 ? ['target-size'] : [])]
}

test.each(['en', 'ar'])('axe finds nothing on any public page in %s', { timeout: 600_000 }, async (lang) => {
  await using opened = await openPage(browser, { viewport: desktop })
  const paths = [...(await listPages(lang)), `/${lang}/nowhere`]
  expect(paths.length).toBeGreaterThan(30)
  const found = await lookAtEach(opened.context, paths, async (page, path) => {
    await turnTo(page, path)
    return findViolations(page, { without: alikeOn(path, paths) })
  })
  expect(found).toEqual([])
})

const seminars: Readonly<Record<string, string>> = {
  en: '/en/seminars/sustainable-development-and-reintegration-2021',
  fr: '/fr/seminars/developpement-durable-et-reintegration-2021',
  es: '/es/seminars/desarrollo-sostenible-y-reintegracion-2021',
  pt: '/pt/seminars/desenvolvimento-sustentavel-e-reintegracao-2021',
  ar: `/ar/seminars/${encodeURIComponent('التنمية-المستدامة-وإعادة-الإدماج-2021')}`,
}

test.each(Object.entries(seminars))(
  'the December 2021 page in %s holds in light and dark, on a phone and wide',
  { timeout: 300_000 },
  async (_lang, path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of [phone, desktop]) {
        await using opened = await openPage(browser, { viewport, colorScheme })
        await opened.page.goto(at(path))
        expect(await findViolations(opened.page)).toEqual([])
      }
    }
  },
)

test.each(['en', 'fr', 'es', 'pt', 'ar'])('no page in %s is wider than a phone', { timeout: 600_000 }, async (lang) => {
  await using opened = await openPage(browser, { viewport: phone, javaScriptEnabled: true })
  // Terms are many and drawn alike: every fifth of them stands for the rest.
  const paths = (await listPages(lang)).filter((path, index) => path.split('/')[2] !== 'themes' || index % 5 === 0)
  const wide = await lookAtEach(opened.context, paths, async (page, path) => {
    await page.goto(at(path), { waitUntil: 'domcontentloaded' })
    const width = await page.evaluate('document.documentElement.scrollWidth')
    return width === phone.width ? [] : [String(width)]
  })
  expect(wide).toEqual([])
})
