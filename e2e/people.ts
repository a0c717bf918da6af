import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'

const run = promisify(execFile)

/** A hub and the folder it keeps everything in. */
export interface HubPlace {
  readonly origin: string
  readonly data: string
}

export const password = 'une passerelle de bois clair'

/** Runs a command of the hub as somebody at its terminal would; returns what it printed. */
export async function atTerminal({ origin, data }: HubPlace, ...words: readonly string[]): Promise<string> {
  const env = { ...process.env, HUB_DATA: data, HUB_ORIGIN: origin, HUB_LOG: 'warn' }
  const { stdout } = await run(process.execPath, ['dist/passerelle.js', ...words], { env })
  return stdout
}

/** Follows an invitation, as somebody who has a name and chooses a password. */
export async function acceptInvitation(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.locator('[name="name"]').fill(name)
  await page.locator('[name="password"]').fill(password)
  await page.locator('main form [type="submit"]').first().click()
}

/** Signs in with the password that everybody has here. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.locator('[name="email"]').fill(email)
  await page.locator('[name="password"]').fill(password)
  await page.locator('main form [type="submit"]').first().click()
}

/** The first link of the hub in what it printed or wrote. */
export function linkIn(text: string): string {
  const [link] = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(text) ?? []
  if (link === undefined) throw new Error(`No link in:\n${text}`)
  return link
}
