import { hash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findViolations } from './axe.ts'
import { at, openBrowser, openPage, phone } from './browser.ts'
import { aDraft, restore } from './desk-pages.ts'
import { beginVisit, sharedHub, signIn, tabTo, type Visit } from './people.ts'
import { wordsOf } from './words.ts'

const en = wordsOf('en')
const email = 'uma@example.org'
let browser: Browser
let visit: Visit
let folder = ''
let seminar = ''
/** A file on the disk: chosen again, it is known again. */
let paper = ''
let sha256 = ''

beforeAll(async () => {
  browser = await openBrowser()
  visit = await beginVisit(browser, sharedHub(), { email, role: 'editor' })
  await using opened = await openPage(browser, { storageState: visit })
  seminar = await aDraft(opened.context, 'With materials')
  folder = await mkdtemp(join(tmpdir(), 'hub-upload-'))
  ;({ path: paper, sha256 } = await aFile('étude.pdf', 2_500_000))
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function aFile(name: string, bytes: number, head = '%PDF-1.7\n\0'): Promise<{ path: string; sha256: string }> {
  const content = Buffer.concat([Buffer.from(head), randomBytes(bytes)])
  const path = join(folder, name)
  await writeFile(path, content)
  return { path, sha256: hash('sha256', content, 'hex') }
}

const newMaterial = (lang = 'en') => at(`/${lang}/desk/records/new/material?of=${seminar}`)
const chooser = (page: Page) => page.locator('input[type=file]')
const told = (page: Page) => page.locator('.upload [role=status]')
const send = (page: Page, words = wordsOf('en')) => page.getByRole('button', { name: words('desk.saveDraft') }).first()
/** A small machine that does other things as well may take its time. */
const within = { timeout: 45_000 }
const isolated = (name: string) => `\u2068${name}\u2069`

/** What somebody is told of the file, once it says so. */
async function waitToBeTold(page: Page, words: string): Promise<void> {
  await expect.poll(async () => told(page).textContent(), within).toBe(words)
}

async function fillIn(page: Page): Promise<void> {
  await page.locator('[name="text.label"]').fill('Slides')
  await page.locator('[name="fact.kind"]').selectOption('slides')
  await page.locator('[name="fact.lang"]').selectOption('en')
}

/** The file of the record that a page shows, as the hub gives it. */
async function savedHash(page: Page, context: BrowserContext): Promise<string> {
  await page.getByText(en('desk.saved'), { exact: true }).waitFor()
  const href = await page.locator('.file a').getAttribute('href')
  return hash('sha256', await (await context.request.get(at(href ?? ''))).body(), 'hex')
}

type Deed = 'go' | 'break' | 'hang' | 'offline'

/** Deals with the parts of a file one after the other as told; those after the last go. Returns where each began. */
async function onParts(page: Page, context: BrowserContext, deeds: Deed[]): Promise<number[]> {
  const offsets: number[] = []
  await page.route('**/desk/uploads/*', async (route: Route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    offsets.push(Number(await route.request().headerValue('upload-offset')))
    const deed = deeds.shift() ?? 'go'
    if (deed === 'offline') await context.setOffline(true)
    if (deed === 'hang') return
    return deed === 'go' ? route.continue() : route.abort('connectionreset')
  })
  return offsets
}

test('over a line that breaks three times and a page loaded anew, a file goes on where it stopped and arrives whole', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page, context } = opened
  const deeds: Deed[] = ['go', 'break', 'go', 'break', 'go', 'hang']
  const offsets = await onParts(page, context, deeds)
  await page.goto(newMaterial())
  await chooser(page).setInputFiles(paper)
  await fillIn(page)
  await expect.poll(() => deeds.length, within).toBe(0)
  await page.reload()

  await waitToBeTold(page, en('form.upload.begun', { name: isolated('étude.pdf') }))
  await restore(page)
  expect(await page.locator('[name="text.label"]').inputValue()).toBe('Slides')
  const before = offsets.length
  deeds.push('go', 'offline')
  await chooser(page).setInputFiles(paper)
  await expect.poll(async () => told(page).textContent(), within).toMatch(/^The connection broke off at \d+%/)
  await send(page).click()
  expect(await page.getByText(en('form.upload.held')).count()).toBe(1)
  await context.setOffline(false)
  expect(await savedHash(page, context)).toBe(sha256)
  expect([offsets[0], (offsets[before] ?? 0) >= 320_000]).toEqual([0, true])
  expect(offsets).toEqual(offsets.toSorted((one, other) => one - other))

  // All of it is there: chosen once more, nothing is sent again.
  const count = offsets.length
  await page.goto(newMaterial())
  expect(await told(page).count()).toBe(0)
  await chooser(page).setInputFiles(paper)
  await waitToBeTold(page, en('form.upload.there', { name: isolated('étude.pdf') }))
  expect(offsets.length).toBe(count)
})

test('a file that is taken back before the hub has answered leaves nothing there', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page, context } = opened
  const begun = Promise.withResolvers<string>()
  const answered = Promise.withResolvers<void>()
  await page.route('**/desk/uploads', async (route: Route) => {
    const response = await route.fetch()
    begun.resolve(response.headers()['location'] ?? '')
    await answered.promise
    await route.fulfill({ response })
  })
  const deleted: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'DELETE') deleted.push(new URL(request.url()).pathname)
  })
  await page.goto(newMaterial())
  await chooser(page).setInputFiles((await aFile('early.pdf', 1000)).path)
  const address = await begun.promise
  await page.getByRole('button', { name: en('form.upload.cancel') }).click()
  answered.resolve()
  await expect.poll(() => deleted, within).toEqual([address])
  const look = async () => (await context.request.head(at(address), { headers: { 'tus-resumable': '1.0.0' } })).status()
  await expect.poll(look, within).toBe(404)
})

test('the keyboard alone chooses a file, takes it back, chooses again and sends the form', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page, context } = opened
  const small = await aFile('small.pdf', 300_000)
  const name = isolated('small.pdf')
  // The dialog is the browser's own: it is answered for whoever presses the key.
  page.on('filechooser', (dialog) => void dialog.setFiles(small.path))
  await page.goto(newMaterial())
  await fillIn(page)
  const choose = async () => {
    await page.keyboard.press('Enter')
    await waitToBeTold(page, en('form.upload.there', { name }))
  }
  await tabTo(page, 'fact.file')
  await choose()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await waitToBeTold(page, en('form.upload.removed', { name }))
  // The focus is where the next choice is made.
  expect(await page.evaluate('[document.activeElement.type, document.activeElement.value]')).toEqual(['file', ''])
  await choose()
  await tabTo(page, 'fact.url')
  await page.keyboard.press('Enter')
  expect(await savedHash(page, context)).toBe(small.sha256)
})

test('without script the same form carries the file itself', async () => {
  await using opened = await openPage(browser, { storageState: visit, javaScriptEnabled: false })
  const { page, context } = opened
  const plain = await aFile('plain.pdf', 300_000)
  await page.goto(newMaterial())
  await fillIn(page)
  await chooser(page).setInputFiles(plain.path)
  await tabTo(page, 'fact.url')
  await page.keyboard.press('Enter')
  expect(await savedHash(page, context)).toBe(plain.sha256)
})

test('whoever was signed out meanwhile is told, loses nothing, signs in beside and goes on', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page, context } = opened
  const other = await aFile('other.pdf', 900_000)
  const offsets = await onParts(page, context, ['go', 'break'])
  await page.goto(newMaterial())
  await fillIn(page)
  await chooser(page).setInputFiles(other.path)
  await expect.poll(() => offsets.length, within).toBe(2)
  await context.clearCookies()
  await page.locator('.upload').getByRole('link').waitFor()
  expect(await told(page).textContent()).toBe(`${en('form.upload.signedOut')} ${en('form.upload.signIn')}`)
  await send(page).click()
  expect(await page.getByRole('alert').textContent()).toBe(en('form.upload.stopped'))
  expect(await page.evaluate('document.activeElement.textContent')).toBe(en('form.upload.again'))
  const [beside] = await Promise.all([context.waitForEvent('page'), page.locator('.upload').getByRole('link').click()])
  await signIn(beside, email)
  await beside.waitForURL(/\/account$/)
  await page.bringToFront()
  await page.evaluate('window.dispatchEvent(new Event("focus"))')
  await waitToBeTold(page, en('form.upload.there', { name: isolated('other.pdf') }))
  expect(await page.locator('[name="text.label"]').inputValue()).toBe('Slides')
  await send(page).click()
  expect(await savedHash(page, context)).toBe(other.sha256)
})

test('a file that is refused is told at its field and holds the form until it is taken back', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page } = opened
  const wrong = await aFile('wrong.pdf', 10, '<!doctype html><script>alert(1)</script>')
  await page.goto(newMaterial())
  await fillIn(page)
  await page.route('**/desk/uploads', async (route) => route.fulfill({ status: 413 }), { times: 1 })
  await chooser(page).setInputFiles(paper)
  await waitToBeTold(page, en('form.upload.tooLarge', { name: isolated('étude.pdf') }))
  await chooser(page).setInputFiles(wrong.path)
  await waitToBeTold(page, en('desk.problem.fileType'))
  await send(page).click()
  expect(await page.getByRole('alert').textContent()).toBe(en('form.upload.stopped'))
  await page.keyboard.press('Enter')
  await waitToBeTold(page, en('form.upload.removed', { name: isolated('wrong.pdf') }))
  expect(await page.getByRole('alert').count()).toBe(0)
  await send(page).click()
  await page.getByText('Give a link or a file.').first().waitFor()
})

/** Answers of the hub, or of something before it, and what is said of them. */
const answers = [
  [429, { 'tus-resumable': '1.0.0' }, 'form.upload.tooMany'],
  [507, {}, 'form.upload.full'],
  [403, {}, 'form.upload.failed'],
] as const

test('what the hub cannot take now is told in words, and can be tried again', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page } = opened
  await page.goto(newMaterial())
  const { path } = await aFile('again.pdf', 1000)
  const again = page.getByRole('button', { name: en('form.upload.again') })
  for (const [index, [status, headers, words]] of answers.entries()) {
    await page.route('**/desk/uploads', async (route) => route.fulfill({ status, headers }), { times: 1 })
    await (index === 0 ? chooser(page).setInputFiles(path) : again.click())
    await waitToBeTold(page, en(words, { name: isolated('again.pdf') }))
  }
  await again.click()
  await waitToBeTold(page, en('form.upload.there', { name: isolated('again.pdf') }))
  expect(await again.isVisible()).toBe(false)
})

test('a proxy that takes little at once is given little, and an upload that the hub has forgotten is begun anew', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page, context } = opened
  const fresh = await aFile('fresh.pdf', 500_000)
  const refused: number[] = []
  let forgotten = false
  await page.route('**/desk/uploads/*', async (route) => {
    const request = route.request()
    const bytes = request.postDataBuffer()?.length ?? 0
    if (request.method() === 'PATCH' && bytes > 100_000) {
      refused.push(bytes)
      return route.fulfill({ status: 413, body: '<h1>413 Request Entity Too Large</h1>' })
    }
    if (request.method() === 'PATCH' && !forgotten) {
      forgotten = true
      return route.fulfill({ status: 404 })
    }
    return route.continue()
  })
  await page.goto(newMaterial())
  await chooser(page).setInputFiles(fresh.path)
  await fillIn(page)
  await waitToBeTold(page, en('form.upload.there', { name: isolated('fresh.pdf') }))
  expect([refused, forgotten]).toEqual([[256_000, 128_000], true])
  await send(page).click()
  expect(await savedHash(page, context)).toBe(fresh.sha256)
})

test('axe finds nothing on a form in progress, broken and refused, in Arabic on a phone', async () => {
  await using opened = await openPage(browser, { storageState: visit, viewport: phone })
  const { page, context } = opened
  const t = wordsOf('ar')
  await onParts(page, context, ['go', 'hang'])
  await page.goto(newMaterial('ar'))
  const look = async () => {
    const width = await page.evaluate('document.documentElement.scrollWidth')
    return [...(await findViolations(page)), ...(Number(width) > phone.width ? [`${Number(width)} pixels wide`] : [])]
  }
  await chooser(page).setInputFiles(paper)
  await expect
    .poll(async () => page.evaluate('document.querySelector(".upload progress").value > 0'), within)
    .toBe(true)
  const found = [await look()]
  await send(page, t).click()
  await context.setOffline(true)
  await page.unroute('**/desk/uploads/*')
  await page.route('**/desk/uploads/*', async (route) => route.abort())
  await page
    .locator('.upload')
    .getByRole('button', { name: t('form.upload.cancel') })
    .click()
  await waitToBeTold(page, t('form.upload.removed', { name: isolated('étude.pdf') }))
  await context.setOffline(false)
  await chooser(page).setInputFiles(paper)
  await page
    .locator('.upload')
    .getByRole('button', { name: t('form.upload.again') })
    .waitFor()
  found.push(await look())
  await page.unroute('**/desk/uploads/*')
  await chooser(page).setInputFiles((await aFile('wrong.pdf', 10, '<!doctype html><script>1</script>')).path)
  await waitToBeTold(page, t('desk.problem.fileType'))
  found.push(await look())
  expect(found).toEqual([[], [], []])
})
