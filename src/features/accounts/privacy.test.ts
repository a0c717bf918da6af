import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { interfaceLanguages, openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { forgetMessages } from '#platform/mail/index.ts'
import { createInvitation } from './invitations.ts'
import { eraseUser } from './privacy.ts'
import { forgetOldAccounts } from './retention.ts'
import { findUser, readAccountNames } from './store.ts'
import { listAgreeing } from './store-consents.ts'
import { aPerson, enter, password, type Person } from './test-people.ts'

const history = async (hub: TestHub, id: string) => {
  const rows = await hub.kysely
    .selectFrom('consent')
    .select(['purpose', 'given', 'at', 'source'])
    .where('user_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ purpose, given, at }) => [purpose, given, at.slice(0, 10)])
}

test('what somebody agrees to has a history that only grows', async () => {
  await using hub = await openHub()
  const person = await hub.as(['member'])
  const choose = async (...chosen: string[]) => {
    const answer = await person.post('/fr/account/privacy', { 'consent[]': chosen })
    expect(answer.headers.get('location')).toBe('/fr/account?done=consent')
  }
  await choose('mail', 'directory')
  await choose('mail', 'directory')
  hub.setNow('2026-11-25T09:00:00.000Z')
  await choose('mail')

  expect(await history(hub, person.actor.id)).toEqual([
    ['directory', true, '2026-11-24'],
    ['mail', true, '2026-11-24'],
    ['directory', false, '2026-11-25'],
  ])
  const { accounts } = hub.accountDeps
  expect([await listAgreeing(accounts, 'mail'), await listAgreeing(accounts, 'directory')]).toEqual([
    [person.actor.id],
    [],
  ])
  expect((await person.post('/fr/account/privacy', { 'consent[]': ['everything'] })).status).toBe(422)
  const html = await (await person.get('/fr/account/privacy')).text()
  expect([html.match(/checked/g)?.length, await findMarkupFaults(html)]).toEqual([1, []])
})

test('somebody takes everything about them away in one file, and nothing that opens a door', async () => {
  await using hub = await openHub({ seeded: true })
  const person = await aPerson(hub, 'Amina Diallo')
  const cookie = await enter(hub, person)
  await hub.post('/en/account/privacy', { 'consent[]': ['mail'] }, { cookie })
  await hub.post('/en/sign-in', { email: person.email, way: 'link' })
  const { id } = await hub.kysely.selectFrom('record').select('id').limit(1).executeTakeFirstOrThrow()
  const deed = { record_id: id, at: '2026-11-24T09:00:00.000Z', actor: person.id, verb: 'edit' as const }
  await hub.kysely
    .insertInto('record_event')
    .values({ ...deed, lang: 'fr', field: 'title', before: 'a', after: 'b' })
    .execute()

  const answer = await hub.get('/en/account/data.json', { cookie })
  const text = await answer.text()
  const data: unknown = JSON.parse(text)

  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="hub.example-2026-11-24.json"')
  expect(data).toMatchObject({
    hub: 'https://hub.example',
    account: { id: person.id, email: person.email, name: 'Amina Diallo' },
    consents: [{ purpose: 'mail', given: true, source: 'account' }],
    messages: [{ kind: 'sign-in.link', body: null }],
    events: [{ verb: 'consent' }],
    history: [{ recordId: id, verb: 'edit', lang: 'fr', field: 'title' }],
  })
  const { token } = await hub.kysely
    .selectFrom('visit')
    .select('token')
    .where('user_id', '=', person.id)
    .executeTakeFirstOrThrow()
  const { password: hash } = await hub.kysely.selectFrom('credential').select('password').executeTakeFirstOrThrow()
  expect([text.includes(token), text.includes(hash ?? '?')]).toEqual([false, false])
  expect((await hub.get('/en/account/data.json')).status).toBe(303)
})

/** Every place in the database that still holds one of these words. */
async function whereIs(hub: TestHub, words: readonly string[]): Promise<string[]> {
  const tables = [
    'account',
    'visit',
    'credential',
    'passkey',
    'verification',
    'role_grant',
    'invitation',
    'account_event',
    'consent',
    'mail',
  ] as const
  const found: string[] = []
  for (const table of tables) {
    const rows = JSON.stringify(await hub.kysely.selectFrom(table).selectAll().execute())
    if (words.some((word) => rows.includes(word))) found.push(table)
  }
  return found
}

async function aWholeLife(hub: TestHub): Promise<Person & { cookie: string }> {
  const person = await aPerson(hub, 'Amina Diallo')
  const cookie = await enter(hub, person)
  await hub.post('/en/account/privacy', { 'consent[]': ['mail'] }, { cookie })
  await hub.post('/en/sign-in', { email: person.email, way: 'link' })
  await hub.post('/en/sign-in/forgot', { email: person.email })
  await hub.post('/en/account/email', { email: 'amina.new@example.org', current: password }, { cookie })
  return { ...person, cookie }
}

test.each([
  ['former', []],
  ['name', ['account']],
] as const)('who erases their account (%s) leaves nothing but what they chose', async (keep, left) => {
  await using hub = await openHub()
  const person = await aWholeLife(hub)
  const { cookie } = person
  const erase = async (form: Record<string, string>) => hub.post('/en/account/erase', form, { cookie })
  const whole = { keep, sure: 'on', current: password }
  expect((await erase({ ...whole, current: 'not the password' })).status).toBe(422)
  expect((await erase({ keep, current: password })).status).toBe(422)
  expect((await erase({ ...whole, keep: 'admin' })).status).toBe(422)

  const start = '2026-11-24T09:00:00.000Z'
  const sent = { sha256: 'a'.repeat(64), bytes: 1, type: 'text/plain', name: 'a.txt' }
  await hub.kysely
    .insertInto('file')
    .values({ ...sent, created_at: start })
    .execute()
  const uploads = [person.id, 'usr_other'].map((user_id) => ({ sha256: sent.sha256, user_id, at: start }))
  await hub.kysely.insertInto('upload').values(uploads).execute()

  const erased = await erase(whole)

  expect([erased.status, erased.headers.get('location')]).toEqual([303, '/en/sign-in?notice=erased'])
  expect(erased.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Secure-visit=; Path=\/; Max-Age=0/)])
  expect((await hub.get('/en/account', { cookie })).status).toBe(303)
  expect((await hub.post('/en/sign-in', { email: person.email, password })).status).toBe(422)
  expect(await whereIs(hub, [person.email, 'amina.new@example.org', 'Amina'])).toEqual(left)
  expect(await hub.kysely.selectFrom('upload').select('user_id').execute()).toEqual([{ user_id: 'usr_other' }])
  const names = await readAccountNames(hub.accountDeps.accounts, [person.id])
  expect(names.get(person.id)).toBe(keep === 'name' ? 'Amina Diallo' : undefined)
  expect(await findUser(hub.accountDeps.accounts, person.id)).toMatchObject({
    status: 'erased',
    email: null,
    grants: [],
  })
})

test('the only administrator stays; an administrator erases others, nobody else does', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const [editor, member] = [await hub.as(['editor']), await hub.as(['member'])]
  const alone = await admin.post('/en/account/erase', { keep: 'name', sure: 'on' })
  expect([alone.status, (await alone.text()).includes(sayIn('en')('accounts.erase.lastAdmin'))]).toEqual([422, true])
  await expect(eraseUser(hub.accountDeps, editor.actor, member.actor.id, 'name')).rejects.toThrow('Not allowed')
  expect(await eraseUser(hub.accountDeps, admin.actor, member.actor.id, 'former')).toEqual({ ok: true })
  expect((await member.get('/en/account')).status).toBe(303)
})

test('its pages are valid in every language', async () => {
  await using hub = await openHub()
  const person = await hub.as(['member'])
  await person.post('/en/account/privacy', { 'consent[]': ['mail', 'recording'] })
  for (const lang of interfaceLanguages) {
    for (const path of ['privacy', 'erase']) {
      const response = await person.get(`/${lang}/account/${path}`)
      expect([lang, path, response.status, await findMarkupFaults(await response.text())]).toEqual([
        lang,
        path,
        200,
        [],
      ])
    }
  }
})

test('what has served its purpose is forgotten, what is in use is not', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const person = await aPerson(hub)
  await hub.post('/en/sign-in/forgot', { email: person.email })
  await hub.post('/en/sign-in', { email: person.email, password: 'a wrong password' })
  await createInvitation(hub.accountDeps, admin.actor, { email: 'bo@example.org', lang: 'en', grants: [] })
  const { accounts } = hub.accountDeps
  const mail = hub.kysely.$pickTables<'mail'>()
  const count = async () => {
    const all = []
    for (const table of ['verification', 'visit', 'sign_in_guard', 'invitation', 'mail'] as const) {
      all.push((await hub.kysely.selectFrom(table).selectAll().execute()).length)
    }
    return all
  }
  expect(await count()).toEqual([1, 1, 3, 1, 2])

  await forgetOldAccounts(accounts, '2026-11-24T09:00:00.000Z', { invitationDays: 90 })
  await forgetMessages(mail, '2026-10-24T00:00:00.000Z', '2025-10-24T00:00:00.000Z')
  expect(await count()).toEqual([1, 1, 3, 1, 2])
  expect((await hub.mails()).every(({ body }) => body !== null)).toBe(true)

  // Forty days on.
  await forgetOldAccounts(accounts, '2027-01-03T09:00:00.000Z', { invitationDays: 90 })
  await forgetMessages(mail, '2026-12-03T00:00:00.000Z', '2025-12-03T00:00:00.000Z')
  expect(await count()).toEqual([0, 0, 0, 1, 2])
  expect((await hub.mails()).map(({ body, state }) => [body, state])).toEqual([
    [null, 'expired'],
    [null, 'expired'],
  ])

  // And years.
  await forgetOldAccounts(accounts, '2029-01-03T09:00:00.000Z', { invitationDays: 0 })
  expect((await count())[3]).toBe(1)
  await forgetOldAccounts(accounts, '2029-01-03T09:00:00.000Z', { invitationDays: 90 })
  await forgetMessages(mail, '2028-12-03T00:00:00.000Z', '2028-01-03T00:00:00.000Z')
  expect(await count()).toEqual([0, 0, 0, 0, 0])
})
