import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, openBrowser, openPage } from './browser.ts'
import { listPages } from './sitemap.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => browser.close())

/** One initial TCP window of ten segments: what a first answer can hold without waiting for the reader. */
const window = 14_600
const scriptBudget = 6_000

async function compressedSize(path: string): Promise<number> {
  const response = await fetch(at(path), { headers: { 'accept-encoding': 'br' } })
  return Number(response.headers.get('content-length'))
}

test.each(['en', 'fr', 'es', 'ar', 'pt'])('every page in %s fits the first window with its style', async (lang) => {
  const home = await (await fetch(at(`/${lang}`))).text()
  const css = /<link rel="stylesheet" href="([^"]+)"/.exec(home)?.[1] ?? ''
  const style = await compressedSize(css)
  expect(style).toBeGreaterThan(0)
  const heavy: string[] = []
  for (const path of await listPages(lang)) {
    const size = (await compressedSize(path)) + style
    if (!(size <= window)) heavy.push(`${path}: ${size}`)
  }
  expect(heavy).toEqual([])
})

test('the December 2021 page makes at most four requests, all to the hub, and little script', async () => {
  await using opened = await openPage(browser)
  const asked: string[] = []
  opened.page.on('request', (request) => asked.push(request.url()))
  await opened.page.goto(at('/fr/seminars/developpement-durable-et-reintegration-2021'), { waitUntil: 'networkidle' })

  expect(asked.length).toBeLessThanOrEqual(4)
  expect(asked.filter((address) => !address.startsWith(at('/')) && !address.startsWith('data:'))).toEqual([])
  const scripts = asked.filter((address) => address.endsWith('.js'))
  for (const script of scripts) expect(await compressedSize(new URL(script).pathname)).toBeLessThanOrEqual(scriptBudget)
})
