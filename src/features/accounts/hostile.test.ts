import { expect, test } from 'vitest'
import { openHub, sayIn } from '#testing/hub.ts'
import { localPath } from './env.ts'
import { aPerson, cookieOf, enter, password } from './test-people.ts'

const chosen = 'seven lanterns on the pier'

test.each([
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/%09//evil.example\t',
  '/\t/evil.example',
  '/..//evil.example',
  '/./\\evil.example',
  ' //evil.example',
  'evil.example',
  '',
  `/${'a'.repeat(3000)}`,
])('%j leads nowhere else', (to) => {
  const path = localPath(to, '/en/account')
  expect(new URL(path, 'https://hub.example').origin).toBe('https://hub.example')
  expect(path.startsWith('//')).toBe(false)
})

test('a path of the hub is kept as it is', () => {
  expect(localPath('/fr/seminars?page=2#x', '/en')).toBe('/fr/seminars?page=2#x')
  expect(localPath(undefined, '/en')).toBe('/en')
})

test('a sign-in that leads elsewhere leads to the account', async () => {
  await using hub = await openHub()
  const { email } = await aPerson(hub)
  for (const to of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
    const page = await (await hub.get(`/en/sign-in?to=${encodeURIComponent(to)}`)).text()
    expect(page).not.toContain('evil.example')
    const answer = await hub.post('/en/sign-in', { email, password, to })
    expect(answer.headers.get('location')).toBe('/en/account')
  }
})

test('forms of other sites are refused before anything is looked at', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const cookie = await enter(hub, person)
  const forged = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://hub.example.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  const deeds = [
    ['/en/sign-in', { email: person.email, password }],
    ['/en/sign-out', {}],
    ['/en/account', { name: 'Eve', lang: 'en' }],
    ['/en/account/password', { current: password, password: chosen }],
    ['/en/account/visits', { visit: 'others' }],
  ] as const
  for (const headers of forged) {
    for (const [path, form] of deeds) {
      expect([path, (await hub.post(path, form, { cookie, ...headers })).status]).toEqual([path, 403])
    }
  }
  expect(await (await hub.get('/en/account', { cookie })).text()).toContain(person.name)
})

test('signing in gives a new visit; one that was there before, planted or not, is over', async () => {
  await using hub = await openHub()
  const victim = await aPerson(hub)
  const attacker = await aPerson(hub, 'Eve')
  const planted = await enter(hub, attacker)

  const entered = cookieOf(await hub.post('/en/sign-in', { email: victim.email, password }, { cookie: planted }))

  expect(entered).not.toBe(planted)
  expect((await hub.get('/en/account', { cookie: planted })).status).toBe(303)
  expect(await (await hub.get('/en/account', { cookie: entered })).text()).toContain(victim.name)
})

test('a cookie that the hub has not signed is nobody’s, whatever it looks like', async () => {
  await using hub = await openHub()
  const cookie = await enter(hub, await aPerson(hub))
  const [name = '', value = ''] = cookie.split('=')
  const token = decodeURIComponent(value).split('.')[0] ?? ''
  const forged = [
    `${name}=${token}`,
    `${name}=${token}.`,
    `${name}=${encodeURIComponent(`${token}.${'A'.repeat(43)}=`)}`,
    `${name}=${value.slice(0, -6)}${value.slice(-3)}`,
    `${name}=%E0%A4%A`,
    `${name}=`,
    `visit=${value}`,
    `${name}x=${value}`,
  ]
  for (const one of forged) expect([one, (await hub.get('/en/account', { cookie: one })).status]).toEqual([one, 303])
  expect((await hub.get('/en/account', { cookie })).status).toBe(200)
})

test('a stolen cookie is worth nothing once the password was changed, or its owner signed out everywhere', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const [own, stolen] = [await enter(hub, person), await enter(hub, person)]
  const isIn = async (cookie: string) => (await hub.get('/en/account', { cookie })).status === 200
  expect([await isIn(own), await isIn(stolen)]).toEqual([true, true])

  expect(
    (await hub.post('/en/account/password', { current: password, password: chosen }, { cookie: own })).status,
  ).toBe(303)
  expect([await isIn(own), await isIn(stolen)]).toEqual([true, false])

  const again = cookieOf(await hub.post('/en/sign-in', { email: person.email, password: chosen }))
  await hub.post('/en/account/visits', { visit: 'others' }, { cookie: own })
  expect([await isIn(own), await isIn(again)]).toEqual([true, false])
})

test('whoever has only the cookie cannot take the account over', async () => {
  await using hub = await openHub()
  const cookie = await enter(hub, await aPerson(hub))
  const deeds = [
    ['/en/account/password', { password: chosen }],
    ['/en/account/password', { current: '', password: chosen }],
    ['/en/account/password', { current: 'a guess of twelve', password: chosen }],
    ['/en/account/email', { email: 'eve@example.org', current: 'a guess of twelve' }],
  ] as const
  for (const [path, form] of deeds) expect([path, (await hub.post(path, form, { cookie })).status]).toEqual([path, 422])
  // Guessing is counted: at last the true one is not believed either.
  for (let tries = 0; tries < 8; tries += 1) {
    await hub.post('/en/account/password', { current: `guess number ${tries}`, password: chosen }, { cookie })
  }
  const late = await hub.post('/en/account/password', { current: password, password: chosen }, { cookie })
  expect([late.status, (await late.text()).includes(sayIn('en')('accounts.current.wrong'))]).toEqual([422, true])
})

test('nobody ends the visits of somebody else', async () => {
  await using hub = await openHub()
  const [eve, victim] = [await aPerson(hub, 'Eve'), await aPerson(hub)]
  const [attacker, cookie] = [await enter(hub, eve), await enter(hub, victim)]
  const { id } = await hub.kysely
    .selectFrom('visit')
    .select('id')
    .where('user_id', '=', victim.id)
    .executeTakeFirstOrThrow()

  await hub.post('/en/account/visits', { visit: id }, { cookie: attacker })

  expect((await hub.get('/en/account', { cookie })).status).toBe(200)
})

test('fields that are not asked for change nothing', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const cookie = await enter(hub, person)
  const more = {
    role: 'admin',
    'grants[]': ['admin'],
    id: 'usr_1',
    email: 'eve@example.org',
    status: 'erased',
    two_factor_enabled: 'false',
  }
  expect((await hub.post('/en/account', { name: 'Amina', lang: 'fr', ...more }, { cookie })).status).toBe(303)
  const row = await hub.kysely
    .selectFrom('account')
    .select(['email', 'name', 'lang', 'status'])
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ email: person.email, name: 'Amina', lang: 'fr', status: 'active' })
  expect((await hub.get('/en/admin', { cookie })).status).toBe(404)
})

test('hostile names are shown as text, tamed, and bounded', async () => {
  await using hub = await openHub()
  const cookie = await enter(hub, await aPerson(hub))
  const save = async (name: string) => hub.post('/en/account', { name, lang: 'en' }, { cookie })
  expect((await save('')).status).toBe(422)
  expect((await save('\u202e\u200b \u2066')).status).toBe(422)
  expect((await save('x'.repeat(10_240))).status).toBe(422)
  expect((await save('<script>alert(1)</script>\u202egnp.exe\r\nX: y')).status).toBe(303)
  const html = await (await hub.get('/en/account', { cookie })).text()
  expect(html).not.toContain('<script>alert')
  expect(html).not.toContain('\u202e')
  expect(html).toContain('value="&lt;script>alert(1)&lt;/script> gnp.exe X: y"')
})

test('an address that asks too often waits', async () => {
  await using hub = await openHub()
  const statuses = []
  for (let tries = 0; tries < 62; tries += 1)
    statuses.push((await hub.post('/en/sign-in', { email: 'x', password: 'y' })).status)
  expect([statuses[59], statuses[60], statuses[61]]).toEqual([422, 429, 429])
  expect((await hub.get('/en/sign-in')).status).toBe(200)
})

test('what somebody who signed in is shown is never given to anybody else, with the page cache on', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const person = await hub.as(['editor'], { name: 'Amina Secret' })
  for (const path of ['/en', '/en/seminars', '/en/about', '/en/nothing', '/en/account', '/en/sign-in']) {
    const own = await person.get(path)
    expect([path, (own.headers.get('cache-control') ?? '').includes('no-store')]).toEqual([path, true])
    const text = await own.text()
    expect([path, text.includes('Amina Secret')]).toEqual([path, path !== '/en/nothing'])
    for (const looks of [1, 2]) {
      const other = await (await hub.get(path)).text()
      expect([path, looks, other.includes('Amina Secret')]).toEqual([path, looks, false])
    }
  }
})

test('an idle visit ends, and no visit outlives a month', async () => {
  await using hub = await openHub()
  const person = await hub.as(['member'])
  const at = async (day: string) => {
    hub.setNow(`2026-${day}T09:00:00.000Z`)
    return (await person.get('/en/account')).status
  }
  expect([await at('11-30'), await at('12-06'), await at('12-12'), await at('12-18')]).toEqual([200, 200, 200, 200])
  expect(await at('12-26')).toBe(303)
})

test('visitors are led to the sign-in and back; who signed in without the right finds no such page', async () => {
  await using hub = await openHub()
  const member = await hub.as(['member'])
  for (const path of ['/fr/desk', '/fr/desk/anything', '/fr/admin', '/fr/admin/people', '/fr/account/visits?x=1']) {
    const answer = await hub.get(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/fr/sign-in?to=${encodeURIComponent(path)}`])
  }
  for (const path of ['/fr/desk', '/fr/admin', '/fr/desk/anything']) {
    expect([path, (await member.get(path)).status]).toEqual([path, 404])
  }
})
