import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findViolations } from './axe.ts'
import { at, openBrowser, openPage, phone } from './browser.ts'
import { beginVisit, sharedHub } from './people.ts'
import { lastSessions, recordSession, silence } from './recordings.ts'
import { wordsOf } from './words.ts'

const real = '../shared/data/captions'
const length = 500

const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23)

/** Captions as the real ones are made: lines of some seconds, pauses between them, slides. */
function written(say: (line: number) => string): Buffer {
  const cues = Array.from({ length: 119 }, (_, index) => {
    const slide = index % 15 === 0 ? `slide-${index / 15 + 1}\n` : ''
    return `${slide}${clock(index * 4.2)} --> ${clock(index * 4.2 + 3.5)}\n${say(index + 1)}`
  })
  return Buffer.from(`WEBVTT\n\n${cues.join('\n\n')}\n`)
}

interface Captions {
  readonly name: string
  readonly other: string
  readonly texts: readonly [Buffer, Buffer]
  /** Lines begin so at second 102, in both languages. */
  readonly at102: readonly [RegExp, RegExp]
}

const made: Captions = {
  name: 'synthetic captions',
  other: 'fr',
  texts: [written((line) => `Line ${line} is spoken`), written((line) => `Ligne ${line} parlée`)],
  at102: [/Line 25 is/, /Ligne 25 parlée/],
}

function realCaptions(): Captions[] {
  if (!existsSync(real)) return []
  const [english, chinese] = ['zc_expression', 'zc_expression-zh'].map((name) =>
    readFileSync(join(real, `${name}.vtt`)),
  )
  if (!english || !chinese) return []
  const at102 = [english, chinese].map((text) => {
    const [, line = ''] = /01:38\.420 --> [\d:.]+\n(.{4})/.exec(text.toString()) ?? []
    return new RegExp(line)
  })
  return [
    { name: 'real captions', other: 'zh', texts: [english, chinese], at102: [at102[0] ?? /^$/, at102[1] ?? /^$/] },
  ]
}

const en = wordsOf('en')
const sets = [made, ...realCaptions()]
const paths: string[] = []
let browser: Browser

/** Whether the captions of all have been read, which a job does. */
const areRead = async () =>
  (await Promise.all(paths.map(async (path) => (await fetch(at(path))).text()))).every(
    (html) => html.includes('class="cues') && html.includes('hreflang="'),
  )

beforeAll(async () => {
  browser = await openBrowser()
  const visit = await beginVisit(browser, sharedHub(), { email: 'rec@example.org', role: 'editor' })
  await using opened = await openPage(browser, { storageState: visit })
  const sessions = await lastSessions(sets.length)
  for (const [index, { other, texts, name }] of sets.entries()) {
    const tracks = ['en', other].flatMap((lang, at) => [
      { kind: 'audio' as const, lang, name: `${lang}.wav`, content: silence(length, `${name} ${lang}`) },
      { kind: 'captions' as const, lang, name: `${lang}.vtt`, content: texts[at] ?? Buffer.alloc(0) },
    ])
    const session = sessions[index] ?? { id: '', seminar: '' }
    paths.push(await recordSession(opened.context.request, session, tracks))
  }
  await vi.waitUntil(areRead, { timeout: 60_000, interval: 250 })
})
afterAll(async () => browser.close())

const spoken = (page: Page) => page.locator('.spoken [aria-current]')
const media = async (page: Page, expression: string) =>
  page.evaluate(`(() => { const media = document.querySelector('audio'); return ${expression} })()`)

describe.each(sets.map((set, index) => ({ ...set, index })))('$name', ({ index, other, at102 }) => {
  test('a link to a second lands on the line spoken then, in either language, without script', async () => {
    await using opened = await openPage(browser, { javaScriptEnabled: false })
    const { page } = opened
    await page.goto(at(`${paths[index]}?t=102`))
    expect(await spoken(page).textContent()).toMatch(at102[0])
    expect(await page.locator('audio source').getAttribute('src')).toMatch(/#t=102$/)
    await page.locator(`.transcript a[hreflang="${other}"]`).click()
    expect(await spoken(page).textContent()).toMatch(at102[1])
    await page.locator(`.player a[hreflang="${other}"]`).click()
    expect(await page.locator('audio').getAttribute('lang')).toBe(other)
    expect(await page.locator('audio source').getAttribute('src')).toMatch(/#t=102$/)
  })

  test('with script it plays from there, marks what is spoken, and goes on at the same second in the other language', async () => {
    await using opened = await openPage(browser)
    const { page } = opened
    const loads: string[] = []
    page.on('framenavigated', (frame) => loads.push(frame.url()))
    await page.goto(at(`${paths[index]}?t=102`))
    await expect.poll(async () => spoken(page).textContent()).toMatch(at102[0])
    await media(page, '(media.muted = true, media.playbackRate = 4, media.play())')
    const first = await spoken(page).getAttribute('id')
    await expect.poll(async () => spoken(page).getAttribute('id')).not.toBe(first)
    await page.locator(`.player a[hreflang="${other}"]`).click()
    await expect.poll(async () => page.locator('audio').getAttribute('lang')).toBe(other)
    await expect
      .poll(async () => media(page, 'media.readyState > 1 && !media.paused && media.currentTime'))
      .toBeGreaterThan(102)
    expect(await media(page, 'media.currentTime')).toBeLessThan(200)
    expect(await media(page, 'media.playbackRate')).toBe(4)
    await media(page, 'media.pause()')
    await page.locator(`.transcript a[hreflang="${other}"]`).click()
    await expect.poll(async () => page.locator('.spoken').getAttribute('lang')).toBe(other)
    expect(await media(page, 'Math.round(media.duration)')).toBe(length)

    // Beyond the lines that are shown, the next ones come.
    const last = await page.locator('.spoken li').last().getAttribute('id')
    await media(page, `media.currentTime = ${length - 20}`)
    await expect.poll(async () => page.locator('.spoken li').last().getAttribute('id')).not.toBe(last)
    await expect.poll(async () => spoken(page).count()).toBe(1)
    expect(loads).toHaveLength(1)
  })
})

test('a click on a time jumps, words are found in the whole transcript, and all of it by keyboard', async () => {
  await using opened = await openPage(browser)
  const { page } = opened
  const told: string[] = []
  page.on('console', (message) => message.type() === 'error' && told.push(message.text()))
  await page.goto(at(paths[0] ?? ''))
  await page.locator('.spoken li').nth(4).getByRole('link').focus()
  await page.keyboard.press('Enter')
  expect(await media(page, 'media.currentTime')).toBeCloseTo(16.8, 1)
  expect(await spoken(page).textContent()).toContain('Line 5 is')

  await page.getByRole('searchbox', { name: en('recording.find') }).focus()
  await page.keyboard.type('LINE 11')
  await page.keyboard.press('Enter')
  const status = page.locator('.count')
  await expect.poll(async () => status.textContent()).toBe(en('recording.found', { count: 11 }))
  expect(await page.locator('.found mark').count()).toBe(11)
  const next = page.getByRole('button', { name: en('recording.nextFound') })
  await next.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect.poll(async () => status.textContent()).toMatch(/^2 \/ 11: .*Line 110 is/)
  await expect.poll(async () => spoken(page).textContent()).toContain('Line 110 is')

  await page.getByLabel(en('recording.speed')).selectOption('1.5')
  expect(await media(page, 'media.playbackRate')).toBe(1.5)
  expect(told).toEqual([])
})

test('lines that are selected can be cited, and are shown on other sites', async () => {
  await using opened = await openPage(browser, { viewport: phone })
  const { page } = opened
  await page.goto(at(paths[0] ?? ''))
  await page.evaluate(`(() => {
    const lines = document.querySelectorAll('.spoken li')
    getSelection().setBaseAndExtent(lines[5].lastChild, 2, lines[3].lastChild, 1)
  })()`)
  await page.locator('a.citing').click()
  await page.waitForURL(/\/moment\?t=12\.6&to=24\.5&text=en$/)
  expect(await page.locator('blockquote li').count()).toBe(3)
  expect(await findViolations(page)).toEqual([])
  const code = await page.locator('#embed').inputValue()
  const frame = /src="([^"]+)"/.exec(code)?.[1]?.replaceAll('&amp;', '&') ?? ''
  await page.goto(frame)
  expect(await page.locator('blockquote li').count()).toBe(3)
  expect(await findViolations(page)).toEqual([])
})

test('the page of a recording has no fault that axe finds, from right to left too', async () => {
  await using opened = await openPage(browser, { viewport: phone })
  const { page } = opened
  await page.goto(at(`${paths[0]?.replace('/en/', '/ar/')}?t=102&find=line+1`))
  await page.locator('recording-player[ready]').waitFor()
  expect(await findViolations(page)).toEqual([])
})
