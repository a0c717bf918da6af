import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { findUserByEmail, insertUser } from './store.ts'
import { cookieOf } from './test-people.ts'
import { aSignOn, type TestSignOn } from './test-sign-on.ts'

const settingsOf = ({ issuer }: TestSignOn, more: Readonly<Record<string, string>> = {}) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: 'hub',
  OIDC_CLIENT_SECRET: 'the secret of the hub at the sign-on',
  OIDC_NAME: 'the Ministry',
  ...more,
})

/** Sets out for the sign-on; resolves to where it leads and the cookies that go along. */
async function setOut(hub: TestHub, to = '/fr/places'): Promise<{ url: string; cookie: string }> {
  const answer = await hub.post('/fr/sign-in/sign-on', { to })
  const html = await answer.text()
  expect([answer.status, await findMarkupFaults(html)]).toEqual([200, []])
  const url = (answer.headers.get('refresh') ?? '').replace(/^0; url=/, '')
  expect(html).toContain(url.replaceAll('&', '&amp;'))
  return { url, cookie: cookieOf(answer) }
}

/** The whole way: there, and back to the hub. */
async function signOn(hub: TestHub, service: TestSignOn): Promise<Response> {
  const { url, cookie } = await setOut(hub)
  const back = await service.follow(url)
  return hub.get(back.slice(hub.origin.length), { cookie })
}

const aMember = async (hub: TestHub, email: string) =>
  insertUser(hub.accountDeps.accounts, { email, name: 'Amina', lang: 'fr' }, '2026-11-24T09:00:00.000Z')

test('somebody who was invited comes in by the sign-on, again and again, by the same account', async () => {
  await using service = await aSignOn()
  await using hub = await openHub({ environment: settingsOf(service) })
  expect(await (await hub.get('/en/sign-in')).text()).toContain('Sign in with the Ministry')
  const id = await aMember(hub, 'amina@ministry.example')

  for (const email of ['amina@ministry.example', 'amina.diallo@ministry.example']) {
    // The account is known by its subject from the first time on, whatever its address becomes.
    service.person = { ...service.person, email }
    const entered = await signOn(hub, service)
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/fr/places'])
    expect(
      entered.headers.getSetCookie().filter((cookie) => /^__Secure-visit=[^;]+;.*HttpOnly.*Secure/.test(cookie)).length,
    ).toBe(1)
    expect(await (await hub.get('/fr/account', { cookie: cookieOf(entered) })).text()).toContain(
      'amina@ministry.example',
    )
  }
  const kept = await hub.kysely.selectFrom('credential').selectAll().execute()
  expect(kept.map(({ user_id, account_id, provider_id }) => [user_id, account_id, provider_id])).toEqual([
    [id, 'u1', 'sign-on'],
  ])
  expect(JSON.stringify(kept)).not.toMatch(/eyJ/)
})

const refused = async (hub: TestHub, service: TestSignOn) => {
  const answer = await signOn(hub, service)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/fr/sign-in?notice=sign-on'])
  expect(cookieOf(answer)).not.toContain('visit=')
  expect(await (await hub.get('/fr/sign-in?notice=sign-on')).text()).toContain(sayIn('fr')('signIn.notice.sign-on'))
}

test('whom the hub does not know it refuses politely', async () => {
  await using service = await aSignOn()
  await using hub = await openHub({ environment: settingsOf(service) })
  await refused(hub, service)
  expect(await findUserByEmail(hub.accountDeps.accounts, 'amina@ministry.example')).toBe(null)
})

test('an address that the sign-on does not vouch for opens no account', async () => {
  await using service = await aSignOn()
  await using hub = await openHub({ environment: settingsOf(service) })
  await aMember(hub, 'amina@ministry.example')
  service.person = { ...service.person, email_verified: false }
  await refused(hub, service)
  expect(await hub.kysely.selectFrom('credential').select('id').execute()).toEqual([])
})

test('where the hub lets them in, unknown people become members, without any role', async () => {
  await using service = await aSignOn()
  await using hub = await openHub({ environment: settingsOf(service, { OIDC_NEW_PEOPLE: 'member' }) })
  expect((await signOn(hub, service)).headers.get('location')).toBe('/fr/places')
  const account = await findUserByEmail(hub.accountDeps.accounts, 'amina@ministry.example')
  expect([account?.name, account?.grants, account?.emailVerified]).toEqual(['Amina', [], true])
})

test('a suspended account stays out', async () => {
  await using service = await aSignOn()
  await using hub = await openHub({ environment: settingsOf(service) })
  await aMember(hub, 'amina@ministry.example')
  await hub.kysely.updateTable('account').set({ status: 'suspended' }).execute()
  const answer = await signOn(hub, service)
  expect(cookieOf(answer)).not.toContain('visit=')
  expect(answer.status).toBe(303)
})

const isIn = (response: Response) => cookieOf(response).includes('visit=')

test('the way back opens once, and only in the browser that set out', async () => {
  await using service = await aSignOn()
  await using hub = await openHub({ environment: settingsOf(service) })
  await aMember(hub, 'amina@ministry.example')
  const { url, cookie } = await setOut(hub)
  const back = (await service.follow(url)).slice(hub.origin.length)
  expect(isIn(await hub.get(back))).toBe(false)
  const second = await setOut(hub)
  const other = (await service.follow(second.url)).slice(hub.origin.length)
  expect(isIn(await hub.get(other, { cookie: second.cookie }))).toBe(true)
  expect(isIn(await hub.get(other, { cookie: second.cookie }))).toBe(false)
  for (const query of ['', '?code=abc', '?state=abc&code=abc', '?error=access_denied&state=abc']) {
    const answer = await hub.get(`/auth/callback/sign-on${query}`, { cookie })
    expect([query, answer.status, isIn(answer)]).toEqual([query, 303, false])
    expect(answer.headers.get('location')).toMatch(/^\/[a-z]{2}\/sign-in\?notice=/)
  }
})

test('a sign-on that is away is said to be; without one there is none', async () => {
  const service = await aSignOn()
  await service[Symbol.asyncDispose]()
  await using hub = await openHub({ environment: settingsOf(service) })
  const answer = await hub.post('/fr/sign-in/sign-on', {})
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/fr/sign-in?notice=sign-on-away'])

  await using plain = await openHub()
  expect((await plain.post('/fr/sign-in/sign-on', {})).status).toBe(404)
  expect((await plain.get('/auth/callback/sign-on')).status).toBe(404)
})

test('the second factor of the hub is asked for behind the sign-on too', async () => {
  await using service = await aSignOn()
  await using hub = await openHub({ environment: settingsOf(service) })
  await aMember(hub, 'amina@ministry.example')
  await hub.kysely.updateTable('account').set({ two_factor_enabled: true }).execute()
  const answer = await signOn(hub, service)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/fr/sign-in/second?to=%2Ffr%2Fplaces'])
  expect(cookieOf(answer)).not.toContain('visit=')
})
