import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findViolations } from './axe.ts'
import { openBrowser, openPage, phone } from './browser.ts'
import { freePort, startHub, type HubProcess } from './hub-process.ts'

const password = 'four lanterns over the river'

let browser: Browser
let hub: HubProcess
let folder = ''
let origin = ''

beforeAll(async () => {
  browser = await openBrowser()
  folder = await mkdtemp(join(tmpdir(), 'hub-sign-in-'))
  const port = String(await freePort())
  // Passkeys belong to a name, not to a number.
  origin = `http://localhost:${port}`
  hub = await startHub({ HUB_DATA: folder, HUB_SEED: 'none', PORT: port, HOST: '127.0.0.1', HUB_ORIGIN: origin })
})
afterAll(async () => {
  await hub.stop()
  await browser.close()
  await rm(folder, { recursive: true })
})

async function enter(page: Page): Promise<void> {
  await page.goto(`${origin}/en/sign-in`)
  await page.getByLabel('E-mail address').fill('ana@example.org')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  expect(new URL(page.url()).pathname).toBe('/en/account')
}

test('without script: the first start’s link makes an administrator, who signs out and in again', async () => {
  const link = /http:\/\/localhost:\d+\/en\/invitation\/\S+/.exec(hub.output())?.[0] ?? ''
  await using opened = await openPage(browser, { javaScriptEnabled: false })
  const { page } = opened
  await page.goto(link)
  await page.getByLabel('Name', { exact: true }).fill('Ana')
  await page.getByLabel('E-mail address').fill('ana@example.org')
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Open the account' }).click()
  expect(await page.locator('h1').textContent()).toBe('Your account')
  expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(1)

  await page.getByRole('button', { name: 'Sign out' }).click()
  expect(await page.getByText('You are signed out.').count()).toBe(1)
  await enter(page)
  expect((await page.goto(link))?.status()).toBe(410)
})

test('with script: a passkey is made and signs in by itself', async () => {
  await using opened = await openPage(browser)
  const { page, context } = opened
  const devices = await context.newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await enter(page)
  await page.goto(`${origin}/en/account/passkeys`)
  await page.getByLabel('Its name').fill('Laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Laptop').waitFor()

  await page.goto(`${origin}/en/account`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto(`${origin}/en/sign-in?to=/fr/seminars`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(`${origin}/fr/seminars`)
  expect(await page.getByRole('link', { name: /Compte.*Ana/ }).count()).toBe(1)
})

test.each(['en', 'ar'])(
  'axe finds nothing on the pages of signing in and of an account in %s',
  { timeout: 120_000 },
  async (lang) => {
    await using opened = await openPage(browser, { viewport: phone })
    const { page } = opened
    const found: string[] = []
    const look = async (path: string) => {
      await page.goto(`${origin}/${lang}/${path}`, { waitUntil: 'domcontentloaded' })
      found.push(...(await findViolations(page)).map((fault) => `${path}: ${fault}`))
    }
    for (const path of ['', '/link', '/link?token=a', '/forgot', '/reset?token=a', '/second'])
      await look(`sign-in${path}`)
    await enter(page)
    const parts = ['', '/email', '/password', '/second-factor', '/passkeys', '/visits', '/privacy', '/erase']
    for (const path of parts) await look(`account${path}`)
    await page.goto(`${origin}/${lang}/account/second-factor`)
    await page.locator('[name="current"]').fill(password)
    await page.locator('[value="begin"]').click()
    expect([await page.locator('img[src^="data:image/svg"]').count(), await findViolations(page)]).toEqual([1, []])
    expect(found).toEqual([])
  },
)
