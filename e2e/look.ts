import type { BrowserContext, Page } from 'playwright-core'

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
