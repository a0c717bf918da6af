import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { startHub, type HubProcess } from './hub-process.ts'
import { isolate } from '#platform/i18n/index.ts'
import { acceptInvitation, linkIn, readMail, type HubPlace } from './people.ts'
import { wordsOf } from './words.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => browser.close())

const fr = wordsOf('fr')
const ar = wordsOf('ar')

/** What an Arabic page says of a text that stands in French. */
const inFrench = ar('text.otherLanguage', { wanted: 'العربية', shown: 'الفرنسية' })

const sessions = [
  { title: 'Ouverture : ce que le retour change', day: '2026-11-17', start: '09:00', end: '10:30' },
  { title: 'Travailler avec les communes', day: '2026-11-17', start: '14:00', end: '16:00' },
  { title: 'Mesurer la réintégration', day: '2026-11-18', start: '09:00', end: '10:30' },
  { title: 'Ce que nous emportons', day: '2026-11-18', start: '14:00', end: '15:30' },
] as const

describe.each([
  ['with script', true],
  ['without script', false],
])('%s, on a hub that is empty', (_name, javaScriptEnabled) => {
  let folder: string
  let hub: HubProcess
  let place: HubPlace

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-desk-'))
    place = { data: join(folder, 'data'), origin: '' }
    hub = await startHub({ HUB_DATA: place.data, HUB_SEED: 'none' })
    place = { ...place, origin: hub.origin }
  })
  afterAll(async () => {
    await hub.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('one invitation later there is a seminar in French, and Arabic says what is behind', async () => {
    await using admin = await openPage(browser, { javaScriptEnabled, locale: 'fr-FR' })
    await using editor = await openPage(browser, { javaScriptEnabled, locale: 'fr-FR' })
    await using translator = await openPage(browser, { javaScriptEnabled, locale: 'ar' })

    await acceptInvitation(admin.page, linkIn(hub.output()), 'Ada', 'ada@example.org')
    const invitation = await invite(admin.page, place, {
      email: 'editrice@example.org',
      lang: 'fr',
      role: fr('role.editor'),
    })
    expect(new URL(invitation).pathname).toMatch(/^\/fr\/invitation\//)
    await acceptInvitation(editor.page, invitation, 'Élodie Éditrice')
    const id = await makeSeminar(editor.page)
    await buildAgenda(editor.page, id)
    await publish(editor.page)

    const page = editor.page
    await page
      .getByRole('navigation', { name: fr('desk.screens') })
      .getByRole('link', { name: fr('desk.public') })
      .click()
    expect(new URL(page.url()).pathname).toBe('/fr/seminars/revenir-et-apres')
    for (const { title } of sessions) expect(await page.getByRole('link', { name: title }).count()).toBeGreaterThan(0)

    const another = {
      email: 'nour@example.org',
      lang: 'ar',
      role: fr('role.for', { role: fr('role.translator'), scope: isolate('arabe') }),
    }
    await acceptInvitation(translator.page, await invite(admin.page, place, another), 'نور')
    const address = await translateHalf(translator.page, id)
    await expectArabicPage(translator.page, address, { isBehind: false })

    await changeFrench(page, id)
    await expectArabicPage(translator.page, address, { isBehind: true })
    await expectArabicDesk(translator.page, id)
  })
})

/** An administrator invites somebody on the page for it; the link comes in a mail. */
async function invite(
  page: Page,
  place: HubPlace,
  { email, lang, role }: { email: string; lang: string; role: string },
): Promise<string> {
  await page.goto(`${place.origin}/fr/admin/people`)
  await page.getByRole('link', { name: fr('admin.people.invite') }).click()
  await page.getByLabel(fr('admin.people.email')).fill(email)
  await page.getByLabel(fr('admin.people.lang'), { exact: true }).selectOption(lang)
  await page.getByLabel(role, { exact: true }).check()
  await press(page, fr('admin.people.invite.do'))
  await page.getByRole('rowheader', { name: email }).waitFor()
  return linkIn(await readMail(place, email))
}

/** Presses a button by its words. */
const press = async (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

/** From the account to the desk, and there a new seminar, as far as its draft. Returns its id. */
async function makeSeminar(page: Page): Promise<string> {
  await page.getByRole('link', { name: fr('nav.desk'), exact: true }).click()
  await page.getByRole('link', { name: fr('desk.new', { kind: fr('translation.kind.seminar') }) }).click()
  await page.getByLabel(fr('translation.field.title')).fill('Revenir, et après ?')
  await page.getByLabel(fr('translation.field.summary')).fill('Deux jours sur ce qui suit un retour.')
  await page
    .getByLabel(fr('translation.field.objectives'))
    .fill('- Comparer les pratiques\n- Choisir des indicateurs communs')
  await page.getByLabel(fr('translation.field.audiences')).fill('Agents de terrain et ministères.')
  await page.getByLabel(fr('desk.fact.startsOn')).fill('2026-11-17')
  await page.getByLabel(fr('desk.fact.endsOn')).fill('2026-11-18')
  await page.getByLabel(fr('seminar.timeZone')).fill('Africa/Dakar')
  await press(page, fr('desk.saveDraft'))
  await page.getByText(fr('desk.saved'), { exact: true }).waitFor()
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** Four sessions on two days, on one screen, saved once. */
async function buildAgenda(page: Page, id: string): Promise<void> {
  await page.getByRole('link', { name: fr('seminar.agenda'), exact: true }).click()
  for (const [index, session] of sessions.entries()) {
    await press(page, fr('desk.agenda.add'))
    const card = page.locator(`#session-${index + 1}`)
    await card.getByLabel(fr('translation.field.title')).fill(session.title)
    await card.getByLabel(fr('desk.agenda.day')).selectOption(session.day)
    await card.locator('[name$=".start"]').fill(session.start)
    await card.locator('[name$=".end"]').fill(session.end)
    await card.getByLabel('français').selectOption('floor')
    await card.getByLabel('arabe').selectOption('interpretation')
  }
  await press(page, fr('form.save'))
  await page.getByText(fr('desk.saved'), { exact: true }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/fr/desk/records/${id}/agenda`)
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('link', { name: fr('desk.publish'), exact: true }).click()
  // What goes with it is told before.
  for (const { title } of sessions)
    expect(await page.getByRole('main').getByRole('link', { name: title }).count()).toBe(1)
  await press(page, fr('desk.publish.now'))
  await page.getByText(fr('desk.publish.done')).waitFor()
}

/** Of the seminar's texts the title and the summary; its objectives and audiences wait. Returns the address of its Arabic page. */
async function translateHalf(page: Page, id: string): Promise<string> {
  await page.getByRole('link', { name: ar('nav.translation'), exact: true }).click()
  await page.locator(`a[href="/ar/desk/translation/${id}/ar"]`).click()
  await page.locator('[name="texts.title"]').fill('العودة وما بعدها')
  await page.locator('[name="texts.summary"]').fill('يومان عمّا يلي العودة.')
  await press(page, ar('form.save'))
  await page.getByText(ar('translation.saved', { count: 2 })).waitFor()
  await page.getByRole('link', { name: ar('translation.seePage'), exact: true }).click()
  return page.url()
}

async function changeFrench(page: Page, id: string): Promise<void> {
  await page.goto(new URL(`/fr/desk/records/${id}`, page.url()).href)
  await page
    .getByLabel(fr('translation.field.summary'))
    .fill('Deux jours, et une année de suivi, sur ce qui suit un retour.')
  await press(page, fr('form.save'))
  await page.getByText(fr('desk.saved'), { exact: true }).waitFor()
}

/** The way a reader of Arabic meets the page: a text whose French changed says so where it stands, and so does the table below. */
async function expectArabicPage(page: Page, address: string, { isBehind }: { isBehind: boolean }): Promise<void> {
  await page.goto(address)
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  expect(await page.locator('h1').textContent()).toBe('العودة وما بعدها')
  expect(await page.locator('.lede').textContent()).toBe('يومان عمّا يلي العودة.')
  expect(await page.locator('header .state').allTextContents()).toEqual(isBehind ? [ar('text.behind')] : [])
  // What is not translated stands in French, and says that it does.
  expect(await page.locator('#objectives .state').textContent()).toBe(inFrench)
  expect(await page.locator('#objectives .prose').getAttribute('lang')).toBe('fr')
  const row = page.locator('#languages tr', { hasText: 'العربية' })
  expect(await row.locator('.badge').textContent()).toBe(ar(isBehind ? 'state.behind' : 'state.current'))
  expect(await row.locator('small').textContent()).toContain(ar('languages.missing', { count: 2 }))
}

async function expectArabicDesk(page: Page, id: string): Promise<void> {
  await page.goto(new URL('/ar/desk/translation', page.url()).href)
  const cell = page.locator(`a[href="/ar/desk/translation/${id}/ar"]`)
  expect(await cell.locator('.mark').textContent()).toBe(`◐ ${ar('translation.state.behind')}`)
  expect(await cell.locator('small').textContent()).toContain(ar('translation.missingParts', { count: 2 }))
  await cell.click()
  // The translator sees which words came in French, and which stayed.
  const summary = page.locator('section[aria-labelledby="h-summary"]')
  expect(await summary.locator('h2 .mark').textContent()).toBe(`◐ ${ar('translation.state.behind')}`)
  expect((await summary.locator('ins').allTextContents()).join(' ')).toContain('et une année de suivi')
  expect(await page.locator('section[aria-labelledby="h-title"] h2 .mark').textContent()).toBe(
    `✓ ${ar('translation.state.current')}`,
  )
  expect(await page.locator('section[aria-labelledby="h-objectives"] h2 .mark').textContent()).toBe(
    `○ ${ar('translation.state.missing')}`,
  )
}
