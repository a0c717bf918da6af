import { expect, test } from 'vitest'
import { openHub } from '#testing/hub.ts'
import {
  createInvitation,
  findUser,
  listPeople,
  listPendingInvitations,
  requireSecondFactor,
  resumeUser,
  revokeInvitation,
  setGrants,
  suspendUser,
} from './index.ts'

const everywhere = (role: 'admin' | 'editor' | 'member') => ({ role, scope: '*' })

test('only an administrator gives roles; the next request of whoever got one knows', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const other = await hub.as(['member'], { name: 'Amina' })
  const deps = hub.accountDeps

  await expect(setGrants(deps, other.actor, other.actor.id, [everywhere('admin')])).rejects.toThrow('Not allowed')
  await expect(setGrants(deps, null, other.actor.id, [everywhere('admin')])).rejects.toThrow('Not allowed')
  expect(await setGrants(deps, admin.actor, other.actor.id, [{ role: 'translator', scope: 'ar' }])).toEqual({
    ok: true,
  })

  expect((await findUser(deps.accounts, other.actor.id))?.grants).toEqual([{ role: 'translator', scope: 'ar' }])
  expect(await (await other.get('/en')).text()).toContain('/en/desk')
})

test('a grant that is none is refused by name', async () => {
  await using hub = await openHub()
  const { actor } = await hub.as(['admin'])
  const wrong = [
    { role: 'editor' as const, scope: 'sem_1' },
    { role: 'translator' as const, scope: 'not a language' },
  ]
  for (const grant of wrong) {
    await expect(setGrants(hub.accountDeps, actor, actor.id, [grant])).rejects.toThrow(`role ${grant.role}`)
  }
})

test('the last administrator stays one and is not suspended', async () => {
  await using hub = await openHub()
  const { actor } = await hub.as(['admin'])
  const lost = { ok: false, problem: 'last-admin' }
  expect(await setGrants(hub.accountDeps, actor, actor.id, [])).toEqual(lost)
  expect(await suspendUser(hub.accountDeps, actor, actor.id)).toEqual(lost)
})

test('somebody who is suspended is out at once, and their visits do not come back with them', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const other = await hub.as(['editor'], { name: 'Amina Diallo' })
  const sees = async () => (await (await other.get('/en')).text()).includes('Amina Diallo')
  expect(await sees()).toBe(true)

  await suspendUser(hub.accountDeps, admin.actor, other.actor.id)
  expect(await sees()).toBe(false)
  await resumeUser(hub.accountDeps, admin.actor, other.actor.id)
  expect(await sees()).toBe(false)
})

test('people are found by a part of their name or address, and by role', async () => {
  await using hub = await openHub()
  await hub.as(['admin'], { name: 'Amina' })
  await hub.as(['editor'], { name: '100% Bo' })
  const names = async (filter: Parameters<typeof listPeople>[1]) =>
    (await listPeople(hub.accountDeps.accounts, filter)).items.map(({ name }) => name)

  expect(await names({})).toEqual(['100% Bo', 'Amina'])
  expect(await names({ search: 'MIN' })).toEqual(['Amina'])
  expect(await names({ search: '0% ' })).toEqual(['100% Bo'])
  expect(await names({ search: '%' })).toEqual(['100% Bo'])
  expect(await names({ search: 'person1@' })).toEqual(['Amina'])
  expect(await names({ role: 'editor' })).toEqual(['100% Bo'])
})

test('an invitation is one mail with one link; a new one replaces it', async () => {
  await using hub = await openHub()
  const { actor } = await hub.as(['admin'])
  const deps = hub.accountDeps
  const request = { email: ' Bo@Example.ORG ', name: 'Bo', lang: 'fr', grants: [everywhere('editor')] }

  const first = await createInvitation(deps, actor, request)
  const second = await createInvitation(deps, actor, request)

  expect([first.ok, second.ok]).toEqual([true, true])
  const pending = await listPendingInvitations(deps.accounts)
  expect(pending.map(({ email, grants }) => [email, grants])).toEqual([['bo@example.org', [everywhere('editor')]]])
  const mails = await hub.mails()
  expect(mails.map(({ to, lang }) => [to.address, lang])).toEqual([
    ['bo@example.org', 'fr'],
    ['bo@example.org', 'fr'],
  ])
  expect(mails.every(({ body }) => /https:\/\/hub\.example\/fr\/invitation\/[\w-]{43}\n/.test(body ?? ''))).toBe(true)
  await revokeInvitation(deps, actor, pending[0]?.id ?? '')
  expect(await listPendingInvitations(deps.accounts)).toEqual([])
})

test('hostile addresses and people with an account are not invited', async () => {
  await using hub = await openHub()
  const { actor } = await hub.as(['admin'])
  const invite = async (email: string) =>
    createInvitation(hub.accountDeps, actor, { email, lang: 'en', grants: [everywhere('member')] })
  const hostile = [
    'a@b.org\r\nBcc: c@d.org',
    'a@b.org,c@d.org',
    '"a b"@c.org',
    'a@[127.0.0.1]',
    'a@localhost',
    '<a@b.org>',
    'a@b@c.org',
    `${'a'.repeat(300)}@b.org`,
    '',
  ]
  for (const email of hostile)
    expect([email, await invite(email)]).toEqual([email, { ok: false, problem: 'bad-address' }])
  expect(await invite('person1@hub.example')).toEqual({ ok: false, problem: 'has-account' })
  expect(await hub.mails()).toEqual([])
})

test('a role that asks for a second factor gives nothing to whoever has none', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const editor = await hub.as(['editor'])
  const seesDesk = async () => (await (await editor.get('/en')).text()).includes('/en/desk')
  expect(await seesDesk()).toBe(true)

  await requireSecondFactor(hub.accountDeps, admin.actor, 'editor', true)
  expect(await seesDesk()).toBe(false)
  await requireSecondFactor(hub.accountDeps, admin.actor, 'editor', false)
  expect(await seesDesk()).toBe(true)
})
