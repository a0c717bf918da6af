import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findViolations } from './axe.ts'
import { at, desktop, openBrowser, openPage, phone } from './browser.ts'

let browser: Browser

const isComplete = async () =>
  Object(await (await fetch(at('/api/v1/search?q=reintegration'))).json()).complete === true

beforeAll(async () => {
  browser = await openBrowser()
  // The first who ask find an index that is being made.
  for (let tries = 0; tries < 60 && !(await isComplete()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
}, 60_000)
afterAll(async () => browser.close())

const boxOf = (page: Page) => page.locator('search-suggest input')
const marked = (page: Page) => page.locator('[role=option][aria-selected=true]')

describe.each([
  ['en', '/en/library', 'reinteg', desktop],
  ['ar', '/ar/seminars', 'ادماج', phone],
] as const)('in %s at %s', (_, path, typed, viewport) => {
  test('the keyboard alone goes through suggestions, takes one, and searches for it', async () => {
    await using opened = await openPage(browser, { viewport })
    const { page } = opened
    await page.goto(at(path))
    const box = boxOf(page)
    expect(await box.getAttribute('role')).toBe('combobox')
    await box.focus()
    await page.keyboard.type(typed)
    await page.locator('[role=option]').first().waitFor()
    const options = await page.locator('[role=option]').allTextContents()
    expect(options.length).toBeGreaterThan(1)
    expect(await box.getAttribute('aria-expanded')).toBe('true')
    expect(await page.locator('search-suggest [role=status]').textContent()).toContain(String(options.length))
    expect(await findViolations(page)).toEqual([])
    const list = await page.locator('[role=listbox]').boundingBox()
    expect(list !== null && list.x >= 0 && list.x + list.width <= viewport.width).toBe(true)

    await page.keyboard.press('ArrowUp')
    expect(await marked(page).textContent()).toBe(options.at(-1))
    await page.keyboard.press('ArrowDown')
    expect([await marked(page).count(), await box.getAttribute('aria-activedescendant')]).toEqual([0, null])
    await page.keyboard.press('ArrowDown')
    expect(await marked(page).textContent()).toBe(options[0])
    expect(await box.getAttribute('aria-activedescendant')).toBe(await marked(page).getAttribute('id'))
    // What was typed stays until something is chosen.
    expect(await box.inputValue()).toBe(typed)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?/)
    expect(new URL(page.url()).searchParams.get('q')).toBe(options[0])
    expect(await page.locator('.results > li').count()).toBeGreaterThan(0)
  })
})

test('Escape puts the list away and keeps the words; Enter then searches for them as they are', async () => {
  await using opened = await openPage(browser)
  const { page } = opened
  await page.goto(at('/en/about'))
  await boxOf(page).pressSequentially('reinteg')
  await page.locator('[role=option]').first().waitFor()
  await page.keyboard.press('Escape')
  expect(await page.locator('[role=listbox]').isVisible()).toBe(false)
  expect([await boxOf(page).inputValue(), await boxOf(page).getAttribute('aria-expanded')]).toEqual([
    'reinteg',
    'false',
  ])
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/en\/search\?q=reinteg$/)
})

test('a press on a suggestion takes it', async () => {
  await using opened = await openPage(browser)
  const { page } = opened
  await page.goto(at('/fr'))
  await boxOf(page).pressSequentially('réinteg')
  const first = page.locator('[role=option]').first()
  const text = await first.textContent()
  await first.click()
  await page.waitForURL(/\/fr\/search\?/)
  expect(new URL(page.url()).searchParams.get('q')).toBe(text)
})

test('a slow or a lost answer holds nobody up, and what comes late for other words is not shown', async () => {
  await using opened = await openPage(browser)
  const { page } = opened
  const late: (() => Promise<void>)[] = []
  await page.route('**/search/suggest?*', async (route) => {
    const typed = new URL(route.request().url()).searchParams.get('q') ?? ''
    if (typed === 'slow') late.push(async () => route.fulfill({ json: ['slow', ['Too late']] }).catch(() => undefined))
    else if (typed === 'lost') await route.abort()
    else await route.fulfill({ json: [typed, [`Now ${typed}`]] })
  })
  await page.goto(at('/en/about'))
  const box = boxOf(page)
  await box.fill('slow')
  await expect.poll(() => late.length).toBe(1)
  await box.fill('quick')
  await page.locator('[role=option]').first().waitFor()
  await late[0]?.()
  await box.fill('quicker')
  await page.getByRole('option', { name: 'Now quicker' }).waitFor()
  expect(await page.locator('[role=option]').allTextContents()).toEqual(['Now quicker'])
  await box.fill('lost')
  await page.locator('[role=listbox]').waitFor({ state: 'hidden' })
  await box.press('Enter')
  await page.waitForURL(/\/en\/search\?q=lost$/)
})

test('without script the box of every page searches, and there is one of it', async () => {
  await using opened = await openPage(browser, { javaScriptEnabled: false, viewport: phone })
  const { page } = opened
  for (const path of ['/en', '/en/search', '/en/library', '/en/no-such-page', '/en/themes']) {
    await page.goto(at(path))
    expect([path, await page.locator('form[role=search] [name=q]').count()]).toEqual([path, 1])
  }
  await page.getByRole('searchbox').fill('reintegration')
  await page.getByRole('banner').getByRole('button').click()
  expect(new URL(page.url()).search).toBe('?q=reintegration')
  expect(await page.locator('.results > li').count()).toBeGreaterThan(0)
})

test('the box is not printed', async () => {
  await using opened = await openPage(browser)
  const { page } = opened
  await page.goto(at('/en/library'))
  expect(await boxOf(page).isVisible()).toBe(true)
  await page.emulateMedia({ media: 'print' })
  expect(await boxOf(page).isVisible()).toBe(false)
})
