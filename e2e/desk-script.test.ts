import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, openBrowser, openPage } from './browser.ts'
import { aDraft, save } from './desk-pages.ts'
import { beginVisit, sharedHub, tabTo, type Visit } from './people.ts'
import { wordsOf } from './words.ts'

const en = wordsOf('en')
let browser: Browser
let visit: Visit

beforeAll(async () => {
  browser = await openBrowser()
  visit = await beginVisit(browser, sharedHub(), { email: 'keys@example.org', role: 'editor' })
})
afterAll(async () => browser.close())

const field = (page: Page, name: string) => page.locator(`[name="${name}"]`)
const focused = async (page: Page, what: string) => page.evaluate(`document.activeElement.${what}`)

/** Takes the first of what is offered while typing; gives what a screen reader is told meanwhile. */
async function chooseFromList(page: Page) {
  const offers = page.getByRole('listbox').getByRole('option')
  await offers.first().waitFor()
  const isOpen = await focused(page, "getAttribute('aria-expanded')")
  const marked = await focused(page, "getAttribute('aria-activedescendant')")
  const selected = await offers.and(page.locator('[aria-selected="true"]')).getAttribute('id')
  await page.keyboard.press('Enter')
  return { isOpen, isMarked: selected === marked }
}

/** Has the page sent back with what was found, and ticks it. */
async function chooseFromAnswer(page: Page) {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText(en('desk.pick.found', { count: 1 })).waitFor()
  await tabTo(page, 'fact.organisers[]')
  await page.keyboard.press('Space')
  await field(page, 'find.organisers').fill('')
  return {}
}

describe.each([
  ['with script', true],
  ['without script', false],
])('%s', (_name, javaScriptEnabled) => {
  test('the keyboard alone makes a record and chooses who organises it', async () => {
    await using opened = await openPage(browser, { storageState: visit, javaScriptEnabled })
    const { page } = opened
    await page.goto(at('/en/desk/records/new/seminar'))
    await tabTo(page, 'text.title')
    await page.keyboard.type('Made without a mouse')
    await tabTo(page, 'find.organisers')
    await page.keyboard.type('knowledge')
    const chosen = page.locator('[name="fact.organisers[]"]:checked')
    const told = await (javaScriptEnabled ? chooseFromList(page) : chooseFromAnswer(page))
    expect(told).toEqual(javaScriptEnabled ? { isOpen: 'true', isMarked: true } : {})
    expect(await chosen.count()).toBe(1)
    const id = await chosen.inputValue()
    await field(page, 'text.title').press('Enter')
    await page.getByText(en('desk.saved'), { exact: true }).waitFor()
    expect(await chosen.inputValue()).toBe(id)
    expect(await field(page, 'text.title').inputValue()).toBe('Made without a mouse')
  })

  test('two people who change one text at once choose between both, and nothing is lost', async () => {
    await using one = await openPage(browser, { storageState: visit, javaScriptEnabled })
    await using other = await openPage(browser, { storageState: visit, javaScriptEnabled })
    const id = await aDraft(one.context, 'At first')
    for (const { page } of [one, other]) await page.goto(at(`/en/desk/records/${id}`))
    await field(one.page, 'text.summary').fill('By the first')
    await save(one.page)
    await field(other.page, 'text.summary').fill('By the second')
    await field(other.page, 'fact.city').fill('Tunis')
    await other.page
      .getByRole('button', { name: en('form.save'), exact: true })
      .first()
      .click()

    const dispute = other.page.getByRole('group', { name: en('translation.field.summary') })
    expect(await dispute.innerText()).toMatch(/By the first[^]*By the second/)
    await dispute.getByLabel(en('desk.conflict.theirs')).check()
    await other.page.getByRole('button', { name: en('desk.conflict.save') }).click()
    await other.page.getByText(en('desk.saved'), { exact: true }).waitFor()
    expect(await field(other.page, 'text.summary').inputValue()).toBe('By the first')
    expect(await field(other.page, 'fact.city').inputValue()).toBe('Tunis')
  })
})

test('what is offered while somebody types is taken back by Escape and does not send the form', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page } = opened
  await page.goto(at('/en/desk/records/new/seminar'))
  const find = field(page, 'find.organisers')
  await find.pressSequentially('knowledge')
  await page.getByRole('listbox').getByRole('option').first().waitFor()
  await find.press('Escape')
  expect(await find.getAttribute('aria-expanded')).toBe('false')
  await find.press('Enter')
  expect(new URL(page.url()).pathname).toBe('/en/desk/records/new/seminar')
  expect(await find.inputValue()).toBe('knowledge')
})

test('a text is shown as readers will see it, and what could run in it does not', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page } = opened
  const ran: string[] = []
  page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(at('/en/desk/records/new/seminar'))
  await field(page, 'text.objectives').fill(
    'Two **aims**:\n\n- to meet <img src=x onerror="alert(1)">\n- [to learn](javascript:alert(2))',
  )
  const around = page.locator('markdown-preview').filter({ has: field(page, 'text.objectives') })
  await around.getByRole('button').click()
  const shown = around.locator('.preview')
  await shown.getByRole('list').waitFor()
  expect(await shown.locator('strong').textContent()).toBe('aims')
  expect(await shown.locator('img, [href^="javascript"], [onerror]').count()).toBe(0)
  expect(await around.getByRole('button').getAttribute('aria-expanded')).toBe('true')
  await around.getByRole('button').click()
  expect(await shown.isVisible()).toBe(false)
  expect(ran).toEqual([])
})

test('sessions are put in order by the arrow keys, which is said, and saved', async () => {
  await using opened = await openPage(browser, { storageState: visit })
  const { page, context } = opened
  const id = await aDraft(context, 'In order')
  await page.goto(at(`/en/desk/records/${id}/agenda`))
  for (const [index, name] of ['Lunch', 'Welcome', 'Farewell'].entries()) {
    await page.getByRole('button', { name: en('desk.agenda.add') }).click()
    await field(page, `sessions.${index}.title`).fill(name)
  }
  await save(page)
  await page.locator('#session-2 .handle').press('ArrowUp')
  expect(await focused(page, 'className')).toBe('handle')
  const said = en('desk.agenda.moved', { name: 'Welcome', place: '1', total: '3' })
  expect(await page.locator('agenda-builder > [role=status]').textContent()).toBe(said)
  await save(page)
  const titles = page.locator('[name$=".title"]')
  expect(
    await titles.evaluateAll((all) => all.map((one) => (one instanceof HTMLInputElement ? one.value : ''))),
  ).toEqual(['Welcome', 'Lunch', 'Farewell'])
})
