import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, openBrowser, openPage, phone } from './browser.ts'
import { beginVisit, password, sharedHub, signIn, tabTo } from './people.ts'
import { wordsOf } from './words.ts'

const fr = wordsOf('fr')
const email = 'marie@example.org'
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
  await beginVisit(browser, sharedHub(), { email, role: 'editor', lang: 'fr' })
})
afterAll(async () => browser.close())

const pathOf = (page: Page) => new URL(page.url()).pathname

describe.each([
  ['with script', true],
  ['without script', false],
])('%s', (_name, javaScriptEnabled) => {
  test('a password opens the page that was asked for, and signing out closes it', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled, viewport: phone })
    const { page } = opened
    await page.goto(at('/fr/desk/records?kind=seminar'))
    expect(pathOf(page)).toBe('/fr/sign-in')

    await signIn(page, email)
    await page.getByRole('heading', { level: 1, name: fr('seminars.title') }).waitFor()
    expect(page.url()).toBe(at('/fr/desk/records?kind=seminar'))
    await page.getByRole('link', { name: fr('nav.account', { name: 'marie' }) }).click()
    await page.getByRole('button', { name: fr('account.signOut') }).click()
    await page.getByText(fr('signIn.notice.signed-out')).waitFor()

    await page.goto(at('/fr/desk'))
    expect(pathOf(page)).toBe('/fr/sign-in')
  })

  test('a wrong password is told of, keeps the address, and keeps the way on', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const { page } = opened
    await page.goto(at('/fr/sign-in?to=/fr/desk'))
    await page.locator('[name="email"]').fill(email)
    await page.locator('[name="password"]').fill('tout autre chose')
    await page.getByRole('button', { name: fr('signIn.submit'), exact: true }).click()

    await page.getByRole('alert').getByText(fr('signIn.wrong')).waitFor()
    expect(await page.locator('[name="email"]').inputValue()).toBe(email)
    expect(await page.locator('[name="password"]').inputValue()).toBe('')
    await page.locator('[name="password"]').fill(password)
    await page.getByRole('button', { name: fr('signIn.submit'), exact: true }).click()
    await expect.poll(() => pathOf(page), { timeout: 20_000 }).toBe('/fr/desk')
  })

  test('nobody is led to another site', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const { page } = opened
    await page.goto(at(`/fr/sign-in?to=${encodeURIComponent('//elsewhere.example/fr/desk')}`))
    await signIn(page, email)
    await expect.poll(() => pathOf(page), { timeout: 20_000 }).toBe('/fr/account')
  })

  test('the keyboard alone signs in', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled })
    const { page } = opened
    await page.goto(at('/fr/sign-in?to=/fr/desk'))
    await tabTo(page, 'email')
    await page.keyboard.type(email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await expect.poll(() => pathOf(page), { timeout: 20_000 }).toBe('/fr/desk')
  })
})
