import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { simpleParser } from 'mailparser'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { inject } from 'vitest'
import { openPage } from './browser.ts'

const run = promisify(execFile)

/** A hub and the folder it keeps everything in. */
export interface HubPlace {
  readonly origin: string
  readonly data: string
}

export const password = 'une passerelle de bois clair'

/** The hub with the demonstration content that all files share. */
export const sharedHub = (): HubPlace => ({ origin: inject('hub'), data: inject('data') })

/** What a browser keeps of somebody's visit. */
export type Visit = NonNullable<BrowserContextOptions['storageState']>

interface Newcomer {
  readonly email: string
  readonly role: string
  readonly scope?: string
  readonly lang?: string
}

/** Adds somebody from the terminal, as whoever keeps the hub does, and returns the link that sets their password. */
export async function addVisitor(
  place: HubPlace,
  { email, role, scope = '*', lang = 'en' }: Newcomer,
): Promise<string> {
  return linkIn(await atTerminal(place, 'user', 'add', email, '--role', role, '--scope', scope, '--lang', lang))
}

/** Adds somebody, lets them choose their password in a browser, and returns their visit. */
export async function beginVisit(browser: Browser, place: HubPlace, newcomer: Newcomer): Promise<Visit> {
  const link = await addVisitor(place, newcomer)
  await using opened = await openPage(browser)
  await acceptInvitation(opened.page, link, newcomer.email.split('@')[0] ?? newcomer.email)
  return await opened.context.storageState()
}

/** Runs a command of the hub as somebody at its terminal would; returns what it printed. */
async function atTerminal({ origin, data }: HubPlace, ...words: readonly string[]): Promise<string> {
  const env = { ...process.env, HUB_DATA: data, HUB_ORIGIN: origin, HUB_LOG: 'warn' }
  const { stdout } = await run(process.execPath, ['dist/passerelle.js', ...words], { env })
  return stdout
}

/** Follows an invitation, as somebody who has a name and chooses a password. `email`: of the first administrator alone. */
export async function acceptInvitation(page: Page, link: string, name: string, email?: string): Promise<void> {
  await page.goto(link)
  await page.locator('[name="name"]').fill(name)
  if (email !== undefined) await page.locator('[name="email"]').fill(email)
  await page.locator('[name="password"]').fill(password)
  await page.locator('main form [type="submit"]').first().click()
  await page.waitForURL(/\/account$/)
}

/** Signs in with the password that everybody has here. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.locator('[name="email"]').fill(email)
  await page.locator('[name="password"]').fill(password)
  await page.locator('main form [type="submit"]').first().click()
}

/** The invitation in what the hub printed or wrote. */
export function linkIn(text: string): string {
  const [link] = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(text) ?? []
  if (link === undefined) throw new Error(`No link in:\n${text}`)
  return link
}

/** What a hub without a mail server wrote to somebody into its outbox; waits until there is a message. */
export async function readMail({ data }: HubPlace, email: string): Promise<string> {
  const folder = join(data, 'outbox')
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const names = await readdir(folder).catch(() => [])
    for (const name of names
      .filter((one) => one.endsWith('.eml'))
      .toSorted()
      .toReversed()) {
      const { to, text } = await simpleParser(await readFile(join(folder, name)))
      const addresses = [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address))
      if (addresses.includes(email)) return text ?? ''
    }
    await pause(100)
  }
  throw new Error(`No mail to ${email} in ${folder}`)
}

/** Presses Tab until the control of a name has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate('document.activeElement.name')) === name) return
  }
  throw new Error(`Tab never comes to ${name}`)
}
