import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, openBrowser } from './browser.ts'
import { aDraft, offer, restore, save } from './desk-pages.ts'
import { beginVisit, sharedHub, signIn, type Visit } from './people.ts'
import { wordsOf } from './words.ts'

const en = wordsOf('en')
const email = 'ines@example.org'
let browser: Browser
let visit: Visit

beforeAll(async () => {
  browser = await openBrowser()
  visit = await beginVisit(browser, sharedHub(), { email, role: 'editor' })
})
afterAll(async () => browser.close())

interface Desk extends AsyncDisposable {
  readonly context: BrowserContext
  readonly id: string
  /** A new tab with the form of the record. */
  open(screen?: string): Promise<Page>
}

/** A browser of its own in which somebody has begun a seminar. */
async function openDesk(title: string): Promise<Desk> {
  const context = await browser.newContext({ storageState: visit })
  const id = await aDraft(context, title)
  return {
    context,
    id,
    open: async (screen = '') => {
      const page = await context.newPage()
      await page.goto(at(`/en/desk/records/${id}${screen}`))
      return page
    },
    [Symbol.asyncDispose]: async () => context.close(),
  }
}

const field = (page: Page, name: string) => page.locator(`[name="${name}"]`)
const title = (page: Page) => field(page, 'text.title')
const summary = (page: Page) => field(page, 'text.summary')

test('what was typed before a tab was closed is offered back, and nothing is once it is saved', async () => {
  await using desk = await openDesk('A closed tab')
  const first = await desk.open()
  await summary(first).fill('  Words that were  never sent.\n\n\n')
  await first.close()

  const second = await desk.open()
  expect(await summary(second).inputValue()).toBe('')
  await restore(second)
  expect(await summary(second).inputValue()).toBe('  Words that were  never sent.\n\n\n')
  expect(await offer(second).count()).toBe(0)
  await save(second)
  // The hub keeps no empty lines at the end: they are the same words all the same.
  expect(await summary(second).inputValue()).toBe('  Words that were  never sent.')
  expect(await offer(second).count()).toBe(0)
  await second.reload()
  expect(await offer(second).count()).toBe(0)
  expect(await offer(await desk.open()).count()).toBe(0)
})

test('what was offered and thrown away does not come again', async () => {
  await using desk = await openDesk('Thrown away')
  const first = await desk.open()
  await summary(first).fill('Not needed')
  await first.close()
  const second = await desk.open()
  await second.getByRole('button', { name: en('form.kept.discard') }).click()
  expect(await second.evaluate('document.activeElement.form !== null')).toBe(true)
  await second.close()
  expect(await offer(await desk.open()).count()).toBe(0)
})

test('a record that was begun is offered until it is made, and not again', async () => {
  await using desk = await openDesk('Something else')
  const path = at('/en/desk/records/new/organisation')
  const first = await desk.context.newPage()
  await first.goto(path)
  await field(first, 'text.name').fill('An office with a view ')
  await first.close()

  const second = await desk.context.newPage()
  await second.goto(path)
  await restore(second)
  await field(second, 'fact.type').selectOption({ index: 1 })
  await second
    .getByRole('button', { name: en('desk.saveDraft') })
    .first()
    .click()
  await second.getByText(en('desk.saved'), { exact: true }).waitFor()
  await second.goto(path)
  expect(await field(second, 'text.name').inputValue()).toBe('')
  expect(await offer(second).count()).toBe(0)
})

test('a form that is wrong comes back as it was, and what was typed stays kept until it is right', async () => {
  await using desk = await openDesk('Wrong at first')
  const page = await desk.open()
  await summary(page).fill('Long thought about')
  await field(page, 'fact.endsOn').fill('2027-03-01')
  await page
    .getByRole('button', { name: en('form.save'), exact: true })
    .first()
    .click()
  await page.getByRole('alert').waitFor()
  expect(await offer(page).count()).toBe(0)
  await page.close()

  const again = await desk.open()
  await restore(again)
  expect(await field(again, 'fact.endsOn').inputValue()).toBe('2027-03-01')
  await field(again, 'fact.endsOn').fill('2027-03-12')
  await save(again)
  expect(await summary(again).inputValue()).toBe('Long thought about')
  expect(await offer(await desk.open()).count()).toBe(0)
})

test('who was signed out while they wrote signs in again and finds their words', async () => {
  await using desk = await openDesk('Signed out')
  const page = await desk.open()
  await summary(page).fill('Written for an hour')
  await desk.context.clearCookies()
  await page
    .getByRole('button', { name: en('form.save'), exact: true })
    .first()
    .click()
  await signIn(page, email)
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/en/desk/records/${desk.id}`)
  await restore(page)
  expect(await summary(page).inputValue()).toBe('Written for an hour')
  await save(page)
})

test('without a connection the form stays, says so, and can be sent later', async () => {
  await using desk = await openDesk('On a train')
  const page = await desk.open()
  await summary(page).fill('Between two tunnels')
  await desk.context.setOffline(true)
  await page
    .getByRole('button', { name: en('form.save'), exact: true })
    .first()
    .click()
  expect(await page.getByRole('alert').textContent()).toBe(en('form.kept.offline'))
  expect(await summary(page).inputValue()).toBe('Between two tunnels')
  await desk.context.setOffline(false)
  await save(page)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('what was sent into the void is offered, also after an earlier save', async () => {
  await using desk = await openDesk('Sent into the void')
  const page = await desk.open()
  await summary(page).fill('Arrived')
  await save(page)
  await summary(page).fill('Never arrived')
  await page.route('**/*', async (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await page
    .getByRole('button', { name: en('form.save'), exact: true })
    .first()
    .click()
  await page.waitForURL(/^chrome-error/)
  await page.unroute('**/*')
  await page.goBack()
  expect(await page.getByText(en('desk.saved'), { exact: true }).count()).toBe(0)
  await restore(page)
  expect(await summary(page).inputValue()).toBe('Never arrived')
})

test('a tab that saves leaves alone what another had kept', async () => {
  await using desk = await openDesk('Two tabs')
  const [one, other] = [await desk.open(), await desk.open()]
  await summary(one).fill('From the first tab')
  await one.close()
  await field(other, 'fact.city').fill('Dakar')
  await save(other)
  await restore(other)
  expect(await summary(other).inputValue()).toBe('From the first tab')
  expect(await field(other, 'fact.city').inputValue()).toBe('Dakar')
  await save(other)
  expect(await offer(await desk.open()).count()).toBe(0)
})

test('somebody else who signs in at this browser is offered nothing', async () => {
  await using desk = await openDesk('At the office')
  const page = await desk.open()
  await summary(page).fill('Not for other eyes')
  await page.close()
  const { cookies } = Object(await beginVisit(browser, sharedHub(), { email: 'noe@example.org', role: 'editor' }))
  await desk.context.clearCookies()
  await desk.context.addCookies(cookies)
  expect(await offer(await desk.open()).count()).toBe(0)
})

test('words brought back to a record that moved on never overwrite it', async () => {
  await using desk = await openDesk('Moved on')
  const first = await desk.open()
  await title(first).fill('My title')
  await summary(first).fill('My summary')
  await first.close()
  const colleague = await desk.open()
  await colleague.getByRole('button', { name: en('form.kept.discard') }).waitFor()
  await field(colleague, 'text.objectives').fill('Their objectives')
  await title(colleague).fill('Their title')
  await save(colleague)

  await restore(colleague)
  expect(await field(colleague, 'text.objectives').inputValue()).toBe('Their objectives')
  await colleague
    .getByRole('button', { name: en('form.save'), exact: true })
    .first()
    .click()
  const dispute = colleague.getByRole('group', { name: en('translation.field.title') })
  await dispute.getByText(en('desk.conflict.changedBy.both')).waitFor()
  await dispute.getByLabel(en('desk.conflict.yours')).check()
  await colleague.getByRole('button', { name: en('desk.conflict.save') }).click()
  await colleague.getByText(en('desk.saved'), { exact: true }).waitFor()
  const after = [title, summary, (page: Page) => field(page, 'text.objectives')]
  expect(await Promise.all(after.map(async (of) => of(colleague).inputValue()))).toEqual([
    'My title',
    'My summary',
    'Their objectives',
  ])
  expect(await offer(colleague).count()).toBe(0)
})

test('sessions that were added and put in another order come back with what is theirs', async () => {
  await using desk = await openDesk('Sessions')
  const page = await desk.open('/agenda')
  for (const [index, name] of ['Opening', 'Closing'].entries()) {
    await page.getByRole('button', { name: en('desk.agenda.add') }).click()
    await field(page, `sessions.${index}.title`).fill(name)
    expect(await offer(page).count()).toBe(0)
  }
  await save(page)
  expect(await offer(page).count()).toBe(0)
  const ids = [await field(page, 'sessions.0.id').inputValue(), await field(page, 'sessions.1.id').inputValue()]
  await page.locator('.handle').first().press('ArrowDown')
  expect(await field(page, 'sessions.0.title').inputValue()).toBe('Closing')
  await page.close()

  const again = await desk.open('/agenda')
  expect(await field(again, 'sessions.0.title').inputValue()).toBe('Opening')
  await restore(again)
  await again.getByText(en('desk.agenda.unsaved')).waitFor()
  expect(await offer(again).count()).toBe(0)
  expect(await field(again, 'sessions.0.title').inputValue()).toBe('Closing')
  expect([await field(again, 'sessions.1.id').inputValue(), await field(again, 'sessions.0.id').inputValue()]).toEqual(
    ids,
  )
  await save(again)
  expect(await offer(await desk.open('/agenda')).count()).toBe(0)
})
