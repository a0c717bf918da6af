import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findViolations } from './axe.ts'
import { at, desktop, openBrowser, phone } from './browser.ts'
import { aDraft } from './desk-pages.ts'
import { lookAtEach } from './look.ts'
import { addVisitor, beginVisit, sharedHub } from './people.ts'
import { addressOf, findWorkingPages, listWorkingAddresses } from './working-pages.ts'

let browser: Browser
let context: BrowserContext
let pages: string[]

beforeAll(async () => {
  browser = await openBrowser()
  const place = sharedHub()
  const visit = await beginVisit(browser, place, { email: 'wanda@example.org', role: 'admin' })
  context = await browser.newContext({ storageState: visit, viewport: desktop })
  pages = await findWorkingPages(context, await prepare(context))
}, 180_000)
afterAll(async () => browser.close())

/** Makes what no link leads to: a mail, an invitation, a preview, a file that came back from an agency. */
async function prepare({ request }: BrowserContext): Promise<string[]> {
  const headers = { origin: new URL(at('/')).origin }
  const id = await aDraft(context, 'A draft to look at')
  const of = `/en/desk/records/${id}`
  await request.post(at('/en/admin/people/invite'), { headers, form: { email: 'guest@example.org', lang: 'en' } })
  const preview = await (await request.post(at(`${of}/preview`), { headers, form: { days: '7' } })).text()
  const file = await (await request.get(at('/en/desk/translation/export.xlf?into=ar&kind=series&what=all'))).body()
  const multipart = { file: { name: 'series.xlf', mimeType: 'application/xliff+xml', buffer: file } }
  const imported = await request.post(at('/en/desk/translation/exchange'), { headers, multipart })
  const { pathname: invitation } = new URL(
    await addVisitor(sharedHub(), { email: 'later@example.org', role: 'member' }),
  )
  return [
    of,
    new URL(imported.url()).pathname,
    await aComparedCatalogue(request),
    await twoSideBySide(request),
    /\/en\/preview\/[\w-]+/.exec(preview)?.[0] ?? '',
    invitation,
    '/en/sign-in/link',
    '/en/sign-in/reset?token=of-nobody',
    '/en/sign-in/second',
    '/en/account/email/confirm?token=of-nobody',
  ]
}

/** Sends a catalogue with good rows and bad ones, and waits until it was compared with the library. */
async function aComparedCatalogue(request: APIRequestContext): Promise<string> {
  const rows = 'title,date,authors\nA paper to compare,2024,"Sample, Ana"\n,2024,\nAnother,31/02/2021,Samuel Hall\n'
  const file = { name: 'papers.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) }
  const headers = { origin: new URL(at('/')).origin }
  const sent = await request.post(at('/en/desk/import/publications'), { headers, multipart: { file } })
  const isCompared = async () => !(await (await request.get(sent.url())).text()).includes('<job-progress')
  await vi.waitUntil(isCompared, { timeout: 90_000, interval: 500 })
  return new URL(sent.url()).pathname
}

/** The page on which two publications are compared before one is merged into the other. */
async function twoSideBySide(request: APIRequestContext): Promise<string> {
  const list = await (await request.get(at('/en/desk/records?kind=publication'))).text()
  const [one, other] = new Set([...list.matchAll(/pub_\w+/g)].map(([id]) => id))
  return `/en/desk/duplicates/${one ?? ''}/${other ?? ''}`
}

test('there is a page of every address in the table', () => {
  const addresses = listWorkingAddresses()
  const found = new Set(pages.map((path) => addressOf(path.replace(/\?.*$/, ''), addresses)))
  expect(addresses.filter((address) => !found.has(address))).toEqual([])
  expect(addresses.length).toBeGreaterThan(30)
})

test.each([
  { lang: 'en', viewport: desktop, colorScheme: 'light' },
  { lang: 'ar', viewport: phone, colorScheme: 'dark' },
] as const)(
  'axe finds nothing on any working page in $lang, $colorScheme, and none is wider than a phone',
  { timeout: 600_000 },
  async ({ lang, viewport, colorScheme }) => {
    const problems: string[] = []
    context.on('page', (page) => watch(page, problems))
    const paths = pages.map((one) => one.replace(/^\/en/, `/${lang}`))
    const found = await lookAtEach(context, paths, async (page, path) => {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const response = await page.goto(at(path), { waitUntil: 'load' })
      const faults = response?.status() === 200 ? [] : [String(response?.status() ?? 'no answer')]
      faults.push(...(await findViolations(page)))
      await page.setViewportSize(phone)
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
      return width > phone.width ? [...faults, `is ${width} wide on a phone`] : faults
    })
    context.removeAllListeners('page')
    expect([...found, ...problems]).toEqual([])
  },
)

/** Notes everything that a page's policy forbids or its script trips over. */
function watch(page: Page, problems: string[]): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
}
