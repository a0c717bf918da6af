import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, openBrowser, openPage, phone } from './browser.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => browser.close())

describe.each([
  ['with script', true],
  ['without script', false],
])('%s', (_name, javaScriptEnabled) => {
  test('a reader comes from the front page to a session of December 2021, in French, on a phone', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled, viewport: phone, locale: 'fr-FR' })
    const { page } = opened
    await page.goto(at('/'))
    expect(new URL(page.url()).pathname).toBe('/fr')

    await page.getByRole('banner').getByRole('link', { name: 'Séminaires', exact: true }).click()
    await page.getByRole('link', { name: /renforcer les liens/ }).click()
    expect(decodeURI(new URL(page.url()).pathname)).toBe('/fr/seminars/developpement-durable-et-reintegration-2021')
    expect(await page.locator('h1').count()).toBe(1)

    await page.locator('a[href$="/sessions/2"]').first().click()
    expect(new URL(page.url()).pathname).toMatch(/\/sessions\/2$/)
    expect(await page.locator('h1').textContent()).toMatch(/politiques/i)
  })

  test('the language switch keeps the page, and Arabic reads from the right', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const { page } = opened
    await page.goto(at('/en/seminars/sustainable-development-and-reintegration-2021'))
    await page.locator('a[hreflang="ar"], a[lang="ar"]').first().click()
    expect(decodeURI(new URL(page.url()).pathname)).toBe('/ar/seminars/التنمية-المستدامة-وإعادة-الإدماج-2021')
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  })

  test('the keyboard alone skips to the content', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const { page } = opened
    await page.goto(at('/en/seminars'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#main')
  })

  test('an unknown address answers in the reader’s language', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const response = await opened.page.goto(at('/es/seminars/no-existe'))
    expect(response?.status()).toBe(404)
    expect(await opened.page.locator('html').getAttribute('lang')).toBe('es')
  })
})

test('no page runs into the content security policy or an error of script', async () => {
  await using opened = await openPage(browser)
  const problems: string[] = []
  opened.page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  opened.page.on('pageerror', (error) => problems.push(error.message))
  for (const path of ['/fr', '/fr/seminars', '/fr/seminars/developpement-durable-et-reintegration-2021', '/fr/about']) {
    await opened.page.goto(at(path), { waitUntil: 'networkidle' })
  }
  expect(problems).toEqual([])
})
