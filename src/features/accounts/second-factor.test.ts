import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { interfaceLanguages, openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { requireSecondFactor } from './people.ts'
import { resetSecondFactor } from './second-factor.ts'
import { aPerson, cookieOf, enter, lastLink, password, tokenOf, type Person } from './test-people.ts'

/** The code of an authenticator (RFC 6238) at the true time, `later` half minutes from now. */
function codeOf(secret: string, later = 0): string {
  const bits = Array.from(secret.replaceAll(' ', ''), (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later))
  const hash = createHmac('sha1', key).update(counter).digest()
  const at = hash.readUInt8(19) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

interface SetUp {
  readonly cookie: string
  readonly secret: string
  readonly codes: readonly string[]
}

/** Sets a second factor up as its owner does; the first code is that of the half minute before. */
async function setUp(hub: TestHub, person: Person): Promise<SetUp> {
  const cookie = await enter(hub, person)
  const begun = await hub.post('/en/account/second-factor', { deed: 'begin', current: password }, { cookie })
  const html = await begun.text()
  expect([begun.status, await findMarkupFaults(html)]).toEqual([200, []])
  const [secret = '', ...codes] = [...html.matchAll(/<code dir="ltr">([^<]+)<\/code>/g)].map(([, text = '']) => text)
  const wrong = await hub.post('/en/account/second-factor/confirm', { code: '000000' }, { cookie })
  expect([wrong.status, await findMarkupFaults(await wrong.text())]).toEqual([422, []])
  const confirmed = await hub.post('/en/account/second-factor/confirm', { code: codeOf(secret, -1) }, { cookie })
  expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, '/en/account?done=second-factor'])
  return { cookie: cookieOf(confirmed), secret, codes }
}

/** The first step; resolves to the cookies of the second. */
async function firstStep(hub: TestHub, { email }: Person, before?: string): Promise<string> {
  const answer = await hub.post('/en/sign-in', { email, password, to: '/en/places' }, before ? { cookie: before } : {})
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/sign-in/second?to=%2Fen%2Fplaces'])
  expect(answer.headers.getSetCookie().some((cookie) => /visit=[^;]+; (?!.*Max-Age=0)/.test(cookie))).toBe(false)
  return cookieOf(answer)
}

const second = async (hub: TestHub, cookie: string, code: string) =>
  hub.post('/en/sign-in/second', { code, to: '/en/places' }, { cookie })

test('with a second factor the password alone opens nothing; with its code it does, once', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const { secret, codes, cookie } = await setUp(hub, person)
  expect(codes.length).toBe(10)
  expect((await hub.get('/en/account', { cookie })).status).toBe(200)
  expect((await hub.mails()).at(-1)?.kind).toBe('account.second-factor')

  const half = await firstStep(hub, person)
  expect((await hub.get('/en/account', { cookie: half })).status).toBe(303)
  const code = codeOf(secret)
  expect((await second(hub, half, code === '123456' ? '654321' : '123456')).status).toBe(422)
  const entered = await second(hub, half, code)
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/en/places'])
  expect((await hub.get('/en/account', { cookie: cookieOf(entered) })).status).toBe(200)

  // The step is used up, and so is the code, also for whoever saw it and knows the password.
  expect((await second(hub, half, codeOf(secret, 1))).headers.get('location')).toMatch(/notice=again/)
  const replayed = await second(hub, await firstStep(hub, person), code)
  expect([replayed.status, cookieOf(replayed).includes('visit=')]).toEqual([422, false])
})

test('the form for the code tells a password manager whose it is, only in the browser that took the first step', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const { codes, cookie } = await setUp(hub, person)
  const half = await firstStep(hub, person)
  const formOf = async (answer: Response) => {
    const html = await answer.text()
    const [field] = /<input[^>]*autocomplete="username"[^>]*>/.exec(html) ?? []
    expect(html.split(person.email).length - 1).toBe(field === undefined ? 0 : 1)
    return field ?? null
  }
  const page = async (cookies: string) => formOf(await hub.get('/en/sign-in/second', { cookie: cookies }))
  const field = `<input type="text" name="username" autocomplete="username" value="${person.email}" readonly hidden/>`
  expect(await findMarkupFaults(await (await hub.get('/en/sign-in/second', { cookie: half })).text())).toEqual([])
  expect(await page(half)).toBe(field)
  expect(await formOf(await second(hub, half, '000000'))).toBe(field)

  expect([await page(''), await page(cookie)]).toEqual([null, null])
  expect(await page(half.replace(/(two_factor=)./, '$1-'))).toBe(null)
  expect((await second(hub, half, codes[0] ?? '')).status).toBe(303)
  expect(await page(half)).toBe(null)
})

test('a recovery code opens once, however it is typed', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const { codes } = await setUp(hub, person)
  const typed = ` ${(codes[0] ?? '').toUpperCase().replace('-', ' ')} `
  expect((await second(hub, await firstStep(hub, person), typed)).status).toBe(303)
  expect((await second(hub, await firstStep(hub, person), codes[0] ?? '')).status).toBe(422)
  expect((await second(hub, await firstStep(hub, person), codes[1] ?? '')).status).toBe(303)
})

test('guessing codes ends the step after five, and locks after ten, whatever the code', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const { secret } = await setUp(hub, person)
  const statuses = []
  for (let steps = 0; steps < 2; steps += 1) {
    const half = await firstStep(hub, person)
    for (let tries = 0; tries < 5; tries += 1) statuses.push((await second(hub, half, `00000${tries}`)).status)
    statuses.push((await second(hub, half, codeOf(secret))).headers.get('location')?.includes('notice=again'))
  }
  expect(statuses.slice(0, 6)).toEqual([422, 422, 422, 422, 422, true])
  const locked = await second(hub, await firstStep(hub, person), codeOf(secret))
  expect([locked.status === 303 && cookieOf(locked).includes('visit=')]).toEqual([false])
})

test('a link by mail asks for the second factor too', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const { secret } = await setUp(hub, person)
  await hub.post('/en/sign-in', { email: person.email, way: 'link' })

  const answer = await hub.post('/en/sign-in/link', { token: tokenOf(await lastLink(hub)) })

  expect(answer.headers.get('location')).toBe('/en/sign-in/second?to=%2Fen%2Faccount')
  const half = cookieOf(answer)
  expect((await hub.get('/en/account', { cookie: half })).status).toBe(303)
  expect((await second(hub, half, codeOf(secret))).status).toBe(303)
})

test('the visit that a browser had does not stand in for the code', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const other = await aPerson(hub, 'Eve')
  await setUp(hub, person)
  const own = await enter(hub, other)
  const half = await firstStep(hub, person, own)
  const answer = await second(hub, `${own}; ${half}`, '000000')
  expect([answer.status, cookieOf(answer).includes('visit=')]).toEqual([422, false])
  // Nor can a visit without the first step be turned into somebody.
  expect((await second(hub, own, '000000')).status).toBe(303)
})

test('it is removed and its codes are renewed by whoever knows the password', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const { cookie, codes } = await setUp(hub, person)
  const post = async (form: Record<string, string>) => hub.post('/en/account/second-factor', form, { cookie })
  for (const deed of ['remove', 'codes']) expect((await post({ deed, current: 'not the password' })).status).toBe(422)

  const renewed = await post({ deed: 'codes', current: password })
  const html = await renewed.text()
  expect([renewed.status, await findMarkupFaults(html), html.includes(codes[0] ?? '')]).toEqual([200, [], false])
  expect((await second(hub, await firstStep(hub, person), codes[0] ?? '')).status).toBe(422)
  expect((await post({ deed: 'remove', current: password })).status).toBe(303)
  expect((await hub.post('/en/sign-in', { email: person.email, password })).headers.get('location')).toBe('/en/account')
})

test('an administrator takes it from somebody who has lost it; nobody else does', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const editor = await hub.as(['editor'])
  const person = await aPerson(hub)
  const { cookie } = await setUp(hub, person)
  await expect(resetSecondFactor(hub.accountDeps, editor.actor, person.id)).rejects.toThrow('Not allowed')
  await resetSecondFactor(hub.accountDeps, admin.actor, person.id)
  expect((await hub.get('/en/account', { cookie })).status).toBe(303)
  expect((await hub.post('/en/sign-in', { email: person.email, password })).headers.get('location')).toBe('/en/account')
})

test('whoever needs one is led to set it up before the desk, and has their roles once it is', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const editor = await hub.as(['editor'])
  await requireSecondFactor(hub.accountDeps, admin.actor, 'editor', true)

  const led = await editor.get('/fr/desk')
  expect([led.status, led.headers.get('location')]).toEqual([303, '/fr/account/second-factor'])
  const page = await (await editor.get('/fr/account/second-factor')).text()
  expect(page).toContain(sayIn('fr')('secondFactor.needed'))
  expect((await editor.post('/fr/desk/new/seminar', {})).status).toBe(303)
  expect((await editor.get('/fr/seminars')).status).toBe(200)
})

test('its pages are valid in every language', async () => {
  await using hub = await openHub()
  const person = await hub.as(['member'])
  for (const lang of interfaceLanguages) {
    for (const path of ['second-factor', 'passkeys']) {
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
