import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findViolations } from './axe.ts'
import { at, openBrowser, openPage, phone } from './browser.ts'
import { beginVisit, sharedHub, tabTo, type Visit } from './people.ts'
import { lastSessions, recordTracks, silence } from './recordings.ts'
import { wordsOf } from './words.ts'

const en = wordsOf('en')
const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23)
const captions = Array.from({ length: 60 }, (_, line) => {
  return `${clock(line * 2)} --> ${clock(line * 2 + 2)}\nLine ${line + 1} of it`
})
let browser: Browser
let visit: Visit
let path = ''

beforeAll(async () => {
  browser = await openBrowser()
  visit = await beginVisit(browser, sharedHub(), { email: 'typist@example.org', role: 'editor' })
  await using opened = await openPage(browser, { storageState: visit })
  const { request } = opened.context
  // The last two are those of the test of recordings.
  const [session = { id: '', seminar: '' }] = await lastSessions(3)
  const { ids } = await recordTracks(request, session, [
    { kind: 'audio', lang: 'en', name: 'typed.wav', content: silence(120, 'typed') },
    { kind: 'captions', lang: 'en', name: 'typed.vtt', content: Buffer.from(`WEBVTT\n\n${captions.join('\n\n')}\n`) },
  ])
  path = `/en/desk/records/${ids[1]}/transcript`
  const isRead = async () => (await (await request.get(at(path))).text()).includes('name="line.1.text"')
  // A job reads what is new once a minute.
  await vi.waitUntil(isRead, { timeout: 100_000, interval: 250 })
})
afterAll(async () => browser.close())

const field = (page: Page, name: string) => page.locator(`[name="${name}"]`)
const valueOf = async (page: Page, name: string) => field(page, name).inputValue()
const focused = async (page: Page) => page.evaluate('document.activeElement.name')
const heard = async (page: Page, what: string) => page.evaluate(`document.querySelector('audio').${what}`)
const told = (page: Page) => page.locator('.bar [role="status"]')
async function saved(page: Page): Promise<void> {
  await expect.poll(async () => told(page).textContent()).toBe(en('desk.saved'))
}

/** Opens the page, and waits until its script and its sound are there. */
async function open(page: Page): Promise<void> {
  await page.goto(at(path))
  await page.locator('transcript-editor[ready]').waitFor()
  await expect.poll(async () => heard(page, 'readyState')).toBeGreaterThan(0)
}

/** Presses a key of the editor, and waits until what it does is saved. */
async function press(page: Page, keys: string): Promise<void> {
  await told(page).evaluate((status) => status.replaceChildren())
  await page.keyboard.press(keys)
  await saved(page)
}

test('by keyboard alone one plays, splits, names, times, saves and undoes, on one page', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page } = opened
  const loads: string[] = []
  page.on('framenavigated', (frame) => loads.push(frame.url()))
  await open(page)
  const visited = loads.length
  await tabTo(page, 'line.1.text')

  await page.keyboard.press('Alt+v')
  expect(await focused(page)).toBe('line.2.text')
  await page.keyboard.press('Alt+Enter')
  await expect.poll(async () => heard(page, 'currentTime')).toBeGreaterThan(2)
  await expect.poll(async () => page.locator('fieldset[aria-current]').count()).toBe(1)
  await page.keyboard.press('Alt+k')
  expect(await heard(page, 'paused')).toBe(true)
  await page.keyboard.press('Alt+g')
  expect(await heard(page, 'playbackRate')).toBe(0.9)
  await page.keyboard.press('Alt+j')
  await page.keyboard.press('Alt+j')
  expect(await heard(page, 'currentTime')).toBe(0)
  await page.keyboard.press('Alt+l')
  expect(await heard(page, 'currentTime')).toBe(3)

  await page.keyboard.press('Alt+y')
  expect(await valueOf(page, 'line.2.end')).toBe('0:00:03')
  await page.keyboard.press('Control+Home')
  for (let step = 0; step < 'Line 2'.length; step += 1) await page.keyboard.press('ArrowRight')
  await press(page, 'Alt+s')
  expect([await valueOf(page, 'line.2.text'), await valueOf(page, 'line.3.text')]).toEqual(['Line 2', 'of it'])
  expect(await valueOf(page, 'line.3.end')).toBe('0:00:03')
  expect(await focused(page)).toBe('line.3.text')

  await page.keyboard.press('Alt+w')
  expect(await focused(page)).toBe('line.3.speaker')
  await page.keyboard.type('Amina')
  await press(page, 'Control+Enter')
  expect([await focused(page), await valueOf(page, 'line.3.speaker')]).toEqual(['line.3.speaker', 'Amina'])
  expect(await heard(page, 'currentTime')).toBe(3)

  await press(page, 'Alt+z')
  expect(await valueOf(page, 'line.3.speaker')).toBe('')
  await press(page, 'Alt+z')
  expect([await valueOf(page, 'line.2.text'), await valueOf(page, 'line.3.text')]).toEqual([
    'Line 2 of it',
    'Line 3 of it',
  ])
  expect(await valueOf(page, 'line.2.end')).toBe('0:00:04')
  expect(loads.slice(visited).filter((url) => new URL(url).pathname !== path)).toEqual([])
  expect(await page.evaluate(`performance.getEntriesByType('navigation').length`)).toBe(1)
})

test('lines are joined, added and taken away by their keys, and what is wrong is told at its field', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page } = opened
  await open(page)
  await field(page, 'line.1.text').focus()
  await press(page, 'Alt+m')
  expect(await valueOf(page, 'line.1.text')).toBe('Line 1 of it Line 2 of it')
  await press(page, 'Alt+b')
  expect(await focused(page)).toBe('line.2.text')
  await page.keyboard.type('Said in between')
  await press(page, 'Control+Enter')
  expect(await valueOf(page, 'line.2.text')).toBe('Said in between')
  await press(page, 'Alt+x')
  expect(await valueOf(page, 'line.2.text')).toBe('Line 3 of it')

  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  // What is typed and not saved is not left behind by another deed.
  await page.keyboard.press('Alt+z')
  expect(await told(page).textContent()).toBe(en('desk.transcript.unsaved'))
  await page.keyboard.press('Control+Enter')
  await page.locator('#problems').waitFor()
  expect(await field(page, 'line.2.text').getAttribute('aria-invalid')).toBe('true')
  await page.getByRole('link', { name: en('form.required') }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Line 3 of it')
  await press(page, 'Control+Enter')
  // Join, insert, the words of it, delete.
  for (let undone = 0; undone < 4; undone += 1) await press(page, 'Alt+z')
  expect(await valueOf(page, 'line.2.text')).toBe('Line 2 of it')
})

test('the lines that are spoken come along, and what cannot be sent stays where it was typed', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page, context } = opened
  await open(page)
  await page.evaluate(`document.querySelector('audio').currentTime = 101`)
  await page.keyboard.press('Alt+p')
  await expect.poll(async () => focused(page)).toBe('line.51.text')
  expect(await page.locator('fieldset[aria-current]').innerText()).toContain('51')
  await page.keyboard.press('Alt+r')
  await expect.poll(async () => focused(page)).toBe('line.50.text')

  await context.setOffline(true)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Typed on the way')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => told(page).textContent()).toBe(en('desk.transcript.failed'))
  await context.setOffline(false)
  await press(page, 'Control+Enter')
  expect(await valueOf(page, 'line.50.text')).toBe('Typed on the way')
  await press(page, 'Alt+z')
})

test('keys can be switched off, and the page with its keys has no fault that axe finds, from right to left too', async () => {
  await using opened = await openPage(browser, { storageState: visit, viewport: phone })
  const { page } = opened
  await page.goto(at(path.replace('/en/', '/ar/')))
  await page.locator('transcript-editor[ready]').waitFor()
  await page.locator('.keys summary').click()
  expect(await page.locator('.keys [aria-keyshortcuts]').count()).toBe(18)
  await page.locator('#transcript-keys').uncheck()
  await field(page, 'line.1.text').focus()
  await page.keyboard.press('Alt+v')
  expect(await focused(page)).toBe('line.1.text')
  await page.reload()
  expect(await page.locator('#transcript-keys').isChecked()).toBe(false)
  await page.locator('.keys summary').click()
  expect(await findViolations(page)).toEqual([])
})

test('without script the same page has no keys, and all its buttons', async () => {
  await using opened = await openPage(browser, { storageState: visit, javaScriptEnabled: false })
  const { page } = opened
  await page.goto(at(path))
  expect(await page.locator('.keys').isVisible()).toBe(false)
  await field(page, 'line.1.text').fill('Line 1 | of it')
  await page.getByRole('button', { name: en('desk.transcript.splitOne', { number: 1 }), exact: true }).click()
  expect(await valueOf(page, 'line.2.text')).toBe('of it')
  await page.getByRole('button', { name: en('desk.transcript.undoLast') }).click()
  expect(await valueOf(page, 'line.1.text')).toBe('Line 1 of it')
})
