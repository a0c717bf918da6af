import type { BrowserContext, Page } from 'playwright-core'
import { at } from './browser.ts'

/** What is wrong with one page of the hub, in words. */
type Look = (page: Page, path: string) => Promise<readonly string[]>

/** Looks at every path of a browser, two at a time; what was found, each with its path in front. */
export async function lookAtEach(context: BrowserContext, paths: readonly string[], look: Look): Promise<string[]> {
  const found: string[] = []
  const waiting = [...paths]
  const takeTurns = async () => {
    const page = await context.newPage()
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const faults = await look(page, path)
      found.push(...faults.map((fault) => `${path}: ${fault}`))
    }
    await page.close()
  }
  await Promise.all([takeTurns(), takeTurns()])
  return found
}

/**
 * Puts a page of the hub into a tab. The tab's first is opened; the next are written into the window that is there, as `document.write`
 * does, which keeps what was loaded into it: axe is larger than all pages together. What a page's script does as it begins is
 * not seen so.
 */
export async function turnTo(page: Page, path: string): Promise<void> {
  if (page.url() === 'about:blank') {
    await page.goto(at(path), { waitUntil: 'load' })
    return
  }
  await page.evaluate(`(async (path) => {
    const html = await (await fetch(path)).text()
    history.replaceState(null, '', path)
    document.open()
    const loaded = new Promise((done) => addEventListener('load', done, { once: true }))
    document.write(html)
    document.close()
    await loaded
  })(${JSON.stringify(path)})`)
}
