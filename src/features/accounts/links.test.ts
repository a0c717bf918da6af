import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { interfaceLanguages, openHub, sayIn } from '#testing/hub.ts'
import { createInvitation, inviteFirstAdmin } from './invitations.ts'
import { findUserByEmail } from './store.ts'
import { listConsents } from './store-consents.ts'
import { aPerson, cookieOf, enter, lastLink, password, tokenOf } from './test-people.ts'

const chosen = 'seven lanterns on the pier'

test('a link by mail signs in once; opening its page uses nothing up', async () => {
  await using hub = await openHub()
  const { email } = await aPerson(hub, 'Amina', 'fr')

  const asked = await hub.post('/en/sign-in', { email, way: 'link', to: '/en/places?page=1' })
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/en/sign-in/link'])
  const link = await lastLink(hub)
  expect(link).toMatch(/^\/fr\/sign-in\/link\?token=[\w-]+&to=%2Fen%2Fplaces%3Fpage%3D1$/)
  const [mail] = await hub.mails()
  expect(mail).toMatchObject({ lang: 'fr', isSecret: true, kind: 'sign-in.link' })
  for (let looks = 0; looks < 3; looks += 1) {
    expect((await hub.get(link, { 'user-agent': 'LinkScanner/1.0' })).status).toBe(200)
  }

  const form = { token: tokenOf(link), to: '/en/places?page=1' }
  const entered = await hub.post('/fr/sign-in/link', form)
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/en/places?page=1'])
  expect(await (await hub.get('/fr/account', { cookie: cookieOf(entered) })).text()).toContain('Amina')

  const again = await hub.post('/fr/sign-in/link', form)
  expect([again.status, again.headers.getSetCookie()]).toEqual([422, []])
  expect(await again.text()).toContain(sayIn('fr')('signIn.link.gone'))
})

test('a link that is too old, made up or torn signs nobody in', async () => {
  await using hub = await openHub()
  const { email } = await aPerson(hub)
  await hub.post('/en/sign-in', { email, way: 'link' })
  const token = tokenOf(await lastLink(hub))
  await hub.kysely.updateTable('verification').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute()

  for (const one of [token, token.slice(1), 'made-up', '', '../../etc', "' or 1=1 --"]) {
    const answer = await hub.post('/en/sign-in/link', { token: one })
    expect([one, answer.status, answer.headers.getSetCookie()]).toEqual([one, 422, []])
  }
})

test('asking for a link says the same whether or not somebody is there, and sends only to those who may come in', async () => {
  await using hub = await openHub()
  const known = await aPerson(hub)
  const suspended = await aPerson(hub)
  await hub.kysely.updateTable('account').set({ status: 'suspended' }).where('id', '=', suspended.id).execute()
  const answers = []
  for (const email of [known.email, suspended.email, 'nobody@example.org']) {
    for (const [path, form] of [
      ['/en/sign-in', { email, way: 'link' }],
      ['/en/sign-in/forgot', { email }],
    ] as const) {
      const began = Date.now()
      const answer = await hub.post(path, form)
      answers.push([path, answer.status, answer.headers.get('location'), Date.now() - began >= 145])
    }
  }
  expect(answers.slice(2, 4)).toEqual(answers.slice(0, 2))
  expect(answers.slice(4)).toEqual(answers.slice(0, 2))
  expect((await hub.mails()).map(({ to }) => to.address)).toEqual([known.email, known.email])
})

test('nobody is flooded with links, nor kept from theirs by somebody who asks for them', async () => {
  await using hub = await openHub({ environment: { HUB_TRUST_PROXY: '1' } })
  const { email } = await aPerson(hub)
  const ask = async (from: string) => hub.post('/en/sign-in/forgot', { email }, { 'x-forwarded-for': from })
  for (let tries = 0; tries < 12; tries += 1) expect((await ask('192.0.2.1')).status).toBe(303)
  expect((await hub.mails()).length).toBe(5)
  await ask('192.0.2.2')
  expect((await hub.mails()).length).toBe(6)
  for (let client = 3; client < 60; client += 1) await ask(`192.0.2.${client}`)
  expect((await hub.mails()).length).toBe(30)
}, 60_000)

test('a forgotten password is set anew, once; every visit ends, the old password too, and the owner is told', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const cookie = await enter(hub, person)
  expect((await hub.get('/en/account', { cookie })).status).toBe(200)
  await hub.post('/en/sign-in/forgot', { email: person.email })
  const link = await lastLink(hub)
  expect((await hub.get(link)).status).toBe(200)
  const token = tokenOf(link)

  const short = await hub.post('/en/sign-in/reset', { token, password: 'short' })
  expect([short.status, (await short.text()).includes(sayIn('en')('accounts.password.short'))]).toEqual([422, true])
  const reset = await hub.post('/en/sign-in/reset', { token, password: chosen })
  expect([reset.status, reset.headers.get('location')]).toEqual([303, '/en/sign-in?notice=reset'])

  expect((await hub.get('/en/account', { cookie })).status).toBe(303)
  expect((await hub.post('/en/sign-in', { email: person.email, password })).status).toBe(422)
  expect((await hub.post('/en/sign-in', { email: person.email, password: chosen })).status).toBe(303)
  expect((await hub.post('/en/sign-in/reset', { token, password: 'nine herons at low tide' })).status).toBe(422)
  expect((await hub.mails()).at(-1)?.kind).toBe('account.password')
})

test.each(['aaaaaaaaaaaaaaaa', 'passwordpassword1', '123456789012', 'qwertyuiop12', 'abababababab', 'motdepasse2026'])(
  'the password %s is refused',
  async (guess) => {
    await using hub = await openHub()
    const { email } = await aPerson(hub)
    await hub.post('/en/sign-in/forgot', { email })
    const answer = await hub.post('/en/sign-in/reset', { token: tokenOf(await lastLink(hub)), password: guess })
    expect([answer.status, (await answer.text()).includes(sayIn('en')('accounts.password.common'))]).toEqual([
      422,
      true,
    ])
  },
)

async function anInvitation(hub: Awaited<ReturnType<typeof openHub>>): Promise<string> {
  const { actor } = await hub.as(['admin'])
  const grants = [{ role: 'editor' as const, scope: '*' }]
  await createInvitation(hub.accountDeps, actor, { email: 'bo@example.org', name: 'Bo', lang: 'es', grants })
  return lastLink(hub)
}

test('an invitation makes an account with its roles and no others, and signs in', async () => {
  await using hub = await openHub()
  const link = await anInvitation(hub)
  for (const lang of interfaceLanguages) {
    const page = await hub.get(link.replace('/es/', `/${lang}/`))
    expect([lang, page.status, await findMarkupFaults(await page.text())]).toEqual([lang, 200, []])
  }

  const joined = await hub.post(link, {
    name: 'Bo <Bo>',
    lang: 'ar',
    password: '',
    'consent[]': ['recording'],
    // None of this is theirs to say.
    email: 'else@example.org',
    role: 'admin',
    'grants.0.role': 'admin',
    'grants.0.scope': '*',
    userId: 'usr_1',
    status: 'active',
    email_verified: 'true',
  })

  expect([joined.status, joined.headers.get('location')]).toEqual([303, '/ar/account'])
  const account = await findUserByEmail(hub.accountDeps.accounts, 'bo@example.org')
  expect(account).toMatchObject({ name: 'Bo <Bo>', lang: 'ar', hasPassword: false, emailVerified: true })
  expect(account?.grants).toEqual([{ role: 'editor', scope: '*' }])
  expect(await findUserByEmail(hub.accountDeps.accounts, 'else@example.org')).toBe(null)
  const consents = await listConsents(hub.accountDeps.accounts, account?.id ?? '')
  expect(consents.map(({ purpose, given, lang, source }) => [purpose, given, lang, source])).toEqual([
    ['recording', true, 'ar', 'invitation'],
  ])
  expect(await (await hub.get('/ar', { cookie: cookieOf(joined) })).text()).toContain('/ar/desk')
})

test('an invitation is accepted once, however many press the button', async () => {
  await using hub = await openHub()
  const link = await anInvitation(hub)
  const form = { name: 'Bo', lang: 'es', password: chosen }
  const answers = await Promise.all([1, 2, 3].map(async () => hub.post(link, form)))
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['303', '410', '410'])
  expect((await hub.get(link)).status).toBe(410)
})

test('an invitation that is too old, withdrawn or made up is over', async () => {
  await using hub = await openHub()
  const link = await anInvitation(hub)
  hub.setNow('2026-12-24T09:00:00.000Z')
  const old = await hub.get(link)
  expect([old.status, await findMarkupFaults(await old.text())]).toEqual([410, []])
  hub.setNow('2026-11-24T09:00:00.000Z')
  expect((await hub.get(link)).status).toBe(200)
  await hub.kysely.updateTable('invitation').set({ revoked_at: '2026-11-24T09:00:00.000Z' }).execute()
  expect((await hub.post(link, { name: 'Bo', lang: 'es', password: chosen })).status).toBe(410)
  expect((await hub.get(`/en/invitation/${'a'.repeat(43)}`)).status).toBe(410)
  expect((await hub.get('/en/invitation/short')).status).toBe(404)
})

test('a form that is not whole comes back filled in, its problems named, the invitation unused', async () => {
  await using hub = await openHub()
  const link = await anInvitation(hub)
  const name = `\u202e${'x'.repeat(10_000)}`
  const answer = await hub.post(link, { name, lang: 'tlh', password: 'short', 'consent[]': ['everything'] })
  const html = await answer.text()
  const line = sayIn('es')('form.problem.of', {
    field: sayIn('es')('accounts.name'),
    problem: sayIn('es')('form.tooLong'),
  })
  expect([answer.status, html.includes(`>${line}</a>`)]).toEqual([422, true])
  expect(await findMarkupFaults(html)).toEqual([])
  expect((await hub.post(link, { name: 'Bo', lang: 'es', password: chosen })).status).toBe(303)
})

test('the first administrator comes in by a link that the next start replaces', async () => {
  await using hub = await openHub()
  const first = new URL(await inviteFirstAdmin(hub.accountDeps, 'pt')).pathname
  const second = new URL(await inviteFirstAdmin(hub.accountDeps, 'pt')).pathname
  expect([(await hub.get(first)).status, (await hub.get(second)).status]).toEqual([410, 200])

  const form = { name: 'Ana', lang: 'pt', email: 'Ana@Example.org', password: '' }
  expect((await hub.post(second, form)).status).toBe(422)
  const joined = await hub.post(second, { ...form, password: chosen })
  expect(joined.status).toBe(303)
  const account = await findUserByEmail(hub.accountDeps.accounts, 'ana@example.org')
  expect(account?.grants).toEqual([{ role: 'admin', scope: '*' }])
})

test('an address is changed by whoever can read its mail and knows the password; the old one is told', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const other = await aPerson(hub, 'Bo')
  const cookie = await enter(hub, person)
  const change = async (email: string, current: string) => hub.post('/en/account/email', { email, current }, { cookie })

  expect((await change('new@example.org', 'not the password')).status).toBe(422)
  expect((await change(other.email, password)).status).toBe(303)
  expect(await hub.mails()).toEqual([])
  expect((await change('New@Example.org', password)).status).toBe(303)
  const token = tokenOf(await lastLink(hub))

  const stranger = await enter(hub, other)
  expect((await hub.post('/en/account/email/confirm', { token }, { cookie: stranger })).status).toBe(422)
  expect((await hub.post('/en/account/email/confirm', { token }, { cookie })).status).toBe(303)
  expect((await hub.post('/en/account/email/confirm', { token }, { cookie })).status).toBe(422)
  expect((await hub.mails()).map(({ kind, to }) => [kind, to.address])).toEqual([
    ['account.email', 'new@example.org'],
    ['account.email-changed', person.email],
  ])
  expect((await hub.post('/en/sign-in', { email: 'new@example.org', password })).status).toBe(303)
})
