import type { BrowserContext, Page } from 'playwright-core'
import { at } from './browser.ts'
import { wordsOf } from './words.ts'

const en = wordsOf('en')

/** Makes a draft of a seminar as its form would, and returns its id. */
export async function aDraft(context: BrowserContext, title: string): Promise<string> {
  const form = {
    lang: 'en',
    'text.title': title,
    'fact.form': 'seminar',
    'fact.startsOn': '2027-03-10',
    'fact.endsOn': '2027-03-11',
    'fact.precision': 'day',
    'fact.timeZone': 'Europe/Brussels',
    'fact.mode': 'online',
    visibility: 'public',
  }
  const headers = { origin: new URL(at('/')).origin }
  const answer = await context.request.post(at('/en/desk/records/new/seminar'), { form, headers })
  const [, id] = /\/records\/(sem_\w+)\?saved/.exec(answer.url()) ?? []
  if (id === undefined) throw new Error(`No draft was made: ${answer.status()} ${await answer.text()}`)
  return id
}

/** Saves the form of a page, and waits until the hub says so. */
export async function save(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: en('form.save'), exact: true })
    .first()
    .click()
  await page.getByText(en('desk.saved'), { exact: true }).waitFor()
}

/** What the browser offers of what was not sent. */
export const offer = (page: Page) => page.getByRole('status').filter({ hasText: en('form.kept') })

export const restore = async (page: Page) => page.getByRole('button', { name: en('form.kept.restore') }).click()
