import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { switches } from './chromium.ts'

/** A browser for a test file; ended with it. */
export async function openBrowser(): Promise<Browser> {
  // Without a locale of UTF-8 Chromium cannot open a file whose name has an accent.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  return chromium.launch({ executablePath: inject('chromium'), args: switches, env })
}

/** The address of a path of the hub under test. */
export const at = (path: string): string => `${inject('hub')}${path}`

/** A page in a context of its own, closed with `await using`. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext } & AsyncDisposable> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  return { page, context, [Symbol.asyncDispose]: async () => context.close() }
}

export const phone = { width: 360, height: 740 }
export const desktop = { width: 1280, height: 900 }
