import { expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { findUser, insertUser, type AccountTables } from '#features/accounts/index.ts'
import { interfaceLanguages, openHub, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'

const grantsOf = async (hub: TestHub, id: string) => {
  const person = await findUser(hub.kysely.$pickTables<keyof AccountTables>(), id)
  return person?.grants.map(({ role, scope }) => `${role}:${scope}`)
}

test('somebody is invited with roles, the invitation is sent again and withdrawn', async () => {
  await using hub = await openHub({ seeded: true })
  const admin = await hub.as(['admin'])
  const seminar = await hub.kysely.selectFrom('seminar').select('id').limit(1).executeTakeFirstOrThrow()
  const form = {
    email: 'Nadia@Example.org',
    name: 'Nadia',
    lang: 'fr',
    'grants[]': ['translator:ar', 'contributor:*'],
    seminar: seminar.id,
  }

  const answer = await admin.post('/en/admin/people/invite', form)

  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/admin/people?done=invited'])
  const html = await (await admin.get('/en/admin/people')).text()
  expect(html).toContain('nadia@example.org')
  expect(html).toContain('Translator (\u2068Arabic\u2069)')
  expect(await findMarkupFaults(html)).toEqual([])
  const [mail] = await hub.mails()
  expect([mail?.lang, mail?.to.address]).toEqual(['fr', 'nadia@example.org'])
  const id = /invitations\/(inv_\w+)\/resend/.exec(html)?.[1] ?? ''
  expect((await admin.post(`/en/admin/people/invitations/${id}/resend`, { id })).status).toBe(303)
  expect((await hub.mails()).length).toBe(2)
  expect((await admin.post(`/en/admin/people/invitations/${id}/revoke`, { id })).status).toBe(303)
  expect(await (await admin.get('/en/admin/people')).text()).not.toContain('nadia@example.org')
  expect((await admin.post(`/en/admin/people/invitations/${id}/resend`, { id })).status).toBe(404)
})

test.each([
  ['no address', { email: 'nobody', lang: 'en' }, 'This is no e-mail address.'],
  ['nothing', { email: '', lang: 'en' }, 'href="#f-email"'],
  ['an address with an account', { email: 'person1@hub.example', lang: 'en' }, 'has an account already'],
  ['a role that is none', { email: 'a@b.org', lang: 'en', 'grants[]': ['emperor:*'] }, 'cannot be read'],
  ['a role for what it is not for', { email: 'a@b.org', lang: 'en', 'grants[]': ['editor:fr'] }, 'cannot be read'],
  ['no seminar', { email: 'a@b.org', lang: 'en', seminar: '__proto__' }, 'cannot be read'],
  ['another language', { email: 'a@b.org', lang: 'tlh' }, 'cannot be read'],
])('an invitation with %s is refused with the form as it was sent', async (_, form, message) => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const answer = await admin.post('/en/admin/people/invite', form)
  const html = await answer.text()
  expect([answer.status, html.includes(message)]).toEqual([422, true])
  expect(await findMarkupFaults(html)).toEqual([])
  expect(await hub.mails()).toEqual([])
})

test('roles are changed, and their holder knows with the next request', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const member = await hub.as(['member'])
  expect((await member.get('/en/admin/vocabularies')).status).toBe(404)
  const offered = async () => /href="\/en\/admin[^"]*"/g.exec(await (await member.get('/en/account')).text())?.[0]
  expect(await offered()).toBe(undefined)
  const path = `/en/admin/people/${member.actor.id}`

  const answer = await admin.post(`${path}/roles`, {
    'grants[]': ['editor:*', 'translator:fr'],
    isAdmin: 'true',
    role: 'admin',
  })

  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done=saved`])
  expect(await grantsOf(hub, member.actor.id)).toEqual(['editor:*', 'translator:fr'])
  expect((await member.get('/en/admin/vocabularies')).status).toBe(200)
  expect(await offered()).toBe('href="/en/admin/vocabularies"')
  expect((await admin.post(`${path}/roles`, { 'grants[]': ['admin:fr'] })).status).toBe(422)
  expect(await findMarkupFaults(await (await admin.get(path)).text())).toEqual([])
})

test('nobody gives themselves a role', async () => {
  await using hub = await openHub()
  await hub.as(['admin'])
  for (const role of ['member', 'editor', 'organiser', 'translator'] as const) {
    const person = await hub.as([role])
    const path = `/en/admin/people/${person.actor.id}`
    for (const deed of ['roles', 'suspend', 'resume', 'end-visits', 'second-factor', 'erase']) {
      expect((await person.post(`${path}/${deed}`, { 'grants[]': ['admin:*'] })).status).toBe(404)
    }
    expect(
      (await person.post('/en/admin/people/invite', { email: 'a@b.org', lang: 'en', 'grants[]': ['admin:*'] })).status,
    ).toBe(404)
    expect(await grantsOf(hub, person.actor.id)).toEqual([`${role}:*`])
  }
})

test('the last administrator stays one; with another, giving it up asks for a word', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const path = `/en/admin/people/${admin.actor.id}`
  expect((await admin.post(`${path}/roles`, { 'grants[]': ['editor:*'], confirm: 'on' })).status).toBe(422)
  expect((await admin.post(`${path}/suspend`, { id: admin.actor.id })).status).toBe(422)
  const other = await hub.as(['admin'])
  const asked = await admin.post(`${path}/roles`, { 'grants[]': ['editor:*'] })
  expect([asked.status, await grantsOf(hub, admin.actor.id)]).toEqual([422, ['admin:*']])
  expect((await admin.post(`${path}/suspend`, { id: admin.actor.id })).status).toBe(422)

  expect((await admin.post(`${path}/roles`, { 'grants[]': ['editor:*'], confirm: 'on' })).status).toBe(303)

  expect(await grantsOf(hub, admin.actor.id)).toEqual(['editor:*'])
  expect((await other.post(`/en/admin/people/${other.actor.id}/roles`, { confirm: 'on' })).status).toBe(422)
})

test('whoever is suspended is out at once, and in again when reactivated', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const editor = await hub.as(['editor'])
  const path = `/en/admin/people/${editor.actor.id}`
  expect((await admin.post(`${path}/suspend`, { id: editor.actor.id })).status).toBe(303)
  expect((await editor.get('/en/admin/vocabularies')).status).not.toBe(200)
  expect(await (await admin.get('/en/admin/people?status=suspended')).text()).toContain(editor.actor.id)
  expect((await admin.post(`${path}/resume`, { id: editor.actor.id })).status).toBe(303)
  const person = await findUser(hub.kysely.$pickTables<keyof AccountTables>(), editor.actor.id)
  expect(person?.status).toBe('active')
})

test('the list finds by name, role and state, is valid in every language, and asks as often for many as for one', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'], { name: 'Zoë' })
  const ask = async () => (await countQueries(async () => admin.get('/en/admin/people'))).queries.length
  await admin.get('/en/admin/people')
  const one = await ask()
  const accounts = hub.kysely.$pickTables<keyof AccountTables>()
  for (let at = 0; at < 60; at += 1)
    await insertUser(accounts, { email: `m${at}@x.org`, name: `Member ${at}`, lang: 'en' }, '2026-01-01T00:00:00.000Z')
  expect(await ask()).toBe(one)
  const found = async (query: string) =>
    [...(await (await admin.get(`/en/admin/people?${query}`)).text()).matchAll(/people\/usr_\w+"/g)].length
  expect([
    await found('q=zo'),
    await found('q=m5'),
    await found('role=admin'),
    await found('status=suspended'),
    await found('page=2'),
  ]).toEqual([1, 11, 1, 0, 11])
  expect((await admin.get('/en/admin/people?page=3')).status).toBe(404)
  expect((await admin.get('/en/admin/people/usr_nobody')).status).toBe(404)
  for (const lang of interfaceLanguages) {
    for (const path of ['people', 'people/invite', `people/${admin.actor.id}`, 'outbox', 'audit', '']) {
      const html = await (await admin.get(`/${lang}/admin/${path}`.replace(/\/$/, ''))).text()
      expect([lang, path, await findMarkupFaults(html)]).toEqual([lang, path, []])
    }
  }
})

test('a lost second factor is reset, an account erased, by an administrator who means it', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const editor = await hub.as(['editor'], { name: 'Amina' })
  const accounts = hub.kysely.$pickTables<keyof AccountTables>()
  const path = `/en/admin/people/${editor.actor.id}`
  await hub.kysely.updateTable('account').set({ two_factor_enabled: true }).where('id', '=', editor.actor.id).execute()
  expect(await findMarkupFaults(await (await admin.get(path)).text())).toEqual([])

  expect((await admin.post(`${path}/second-factor`, {})).status).toBe(303)
  expect((await findUser(accounts, editor.actor.id))?.hasSecondFactor).toBe(false)
  expect((await editor.get('/en/account')).status).toBe(303)

  const unsure = await admin.post(`${path}/erase`, { keep: 'former' })
  expect([unsure.status, await findMarkupFaults(await unsure.text())]).toEqual([422, []])
  expect((await admin.post(`${path}/erase`, { keep: 'former', sure: 'on' })).status).toBe(303)
  expect(await findUser(accounts, editor.actor.id)).toMatchObject({ status: 'erased', name: '', email: null })
  expect((await admin.post(`/en/admin/people/${admin.actor.id}/erase`, { keep: 'name', sure: 'on' })).status).toBe(422)
  expect((await admin.post('/en/admin/people/usr_none/second-factor', {})).status).toBe(404)
})
