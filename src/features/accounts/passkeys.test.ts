import { expect, test } from 'vitest'
import { z } from 'zod'
import { findMarkupFaults } from '#testing/markup.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { TestAuthenticator } from './test-authenticator.ts'
import { aPerson, cookieOf, enter, password, type Person } from './test-people.ts'

const Options = z.object({ ok: z.literal(true), options: z.looseObject({ challenge: z.string() }) })

async function send(hub: TestHub, path: string, body: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: hub.origin, ...(cookie && { cookie }) }
  return hub.fetch(new Request(hub.origin + path, { method: 'POST', body: JSON.stringify(body), headers }))
}

/** Adds a passkey as the script of the page does. */
async function addPasskey(hub: TestHub, person: Person, device: TestAuthenticator, name = 'Phone'): Promise<string> {
  const cookie = await enter(hub, person)
  const offered = await send(hub, '/en/account/passkeys/options', {}, cookie)
  const { options } = Options.parse(await offered.json())
  const both = `${cookie}; ${cookieOf(offered)}`
  const added = await send(hub, '/en/account/passkeys/add', { name, response: device.create(options.challenge) }, both)
  expect(added.status).toBe(200)
  return cookie
}

/** Offers a sign-in; resolves to the challenge and the cookie it goes with. */
async function offer(hub: TestHub): Promise<{ challenge: string; cookie: string }> {
  const offered = await send(hub, '/en/sign-in/passkey/options', {})
  return { challenge: Options.parse(await offered.json()).options.challenge, cookie: cookieOf(offered) }
}

const enterWith = async (hub: TestHub, response: unknown, cookie: string, to = '/fr/places') =>
  send(hub, '/en/sign-in/passkey', { to, response }, cookie)

test('a passkey is added, signs in without anything else, and is removed', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const device = new TestAuthenticator()
  const cookie = await addPasskey(hub, person, device, 'My <phone>')
  const page = await (await hub.get('/en/account/passkeys', { cookie })).text()
  expect([page.includes('My &lt;phone>'), await findMarkupFaults(page)]).toEqual([true, []])
  expect((await hub.mails()).at(-1)?.kind).toBe('account.passkey')

  const { challenge, cookie: step } = await offer(hub)
  const entered = await enterWith(hub, device.get(challenge), step)
  expect([entered.status, await entered.json()]).toEqual([200, { ok: true, to: '/fr/places' }])
  expect((await hub.get('/en/account', { cookie: cookieOf(entered) })).status).toBe(200)

  const { id } = await hub.kysely.selectFrom('passkey').select('id').executeTakeFirstOrThrow()
  const remove = async (current: string) => hub.post('/en/account/passkeys', { remove: id, current }, { cookie })
  expect((await remove('not the password')).status).toBe(422)
  expect((await remove(password)).status).toBe(303)
  const again = await offer(hub)
  expect((await enterWith(hub, device.get(again.challenge), again.cookie)).status).toBe(422)
})

test('an answer opens once, only to its own question, only here, only from the key it belongs to', async () => {
  await using hub = await openHub()
  const device = new TestAuthenticator()
  await addPasskey(hub, await aPerson(hub), device)
  const refused = async (make: (challenge: string) => unknown) => {
    const { challenge, cookie } = await offer(hub)
    const answer = await enterWith(hub, make(challenge), cookie)
    return [answer.status, cookieOf(answer).includes('visit=')]
  }
  const { challenge, cookie } = await offer(hub)
  const response = device.get(challenge)
  expect((await enterWith(hub, response, cookie)).status).toBe(200)
  expect((await enterWith(hub, response, cookie)).status).toBe(422)

  expect(await refused(() => response)).toEqual([422, false])
  expect(await refused((asked) => device.get(asked, { origin: 'https://hub.example.evil.example' }))).toEqual([
    422,
    false,
  ])
  expect(await refused((asked) => device.get(asked, { rpId: 'evil.example' }))).toEqual([422, false])
  expect(await refused((asked) => device.get(asked, { isVerified: false }))).toEqual([422, false])
  expect(await refused((asked) => new TestAuthenticator().get(asked))).toEqual([422, false])
  expect(
    await refused((asked) => ({ ...new TestAuthenticator().get(asked), id: response.id, rawId: response.id })),
  ).toEqual([422, false])
})

test('a passkey of somebody who is suspended opens nothing', async () => {
  await using hub = await openHub()
  const person = await aPerson(hub)
  const device = new TestAuthenticator()
  await addPasskey(hub, person, device)
  await hub.kysely.updateTable('account').set({ status: 'suspended' }).where('id', '=', person.id).execute()
  const { challenge, cookie } = await offer(hub)
  const answer = await enterWith(hub, device.get(challenge), cookie)
  expect([answer.status, cookieOf(answer).includes('visit=')]).toEqual([422, false])
})

test('a visit that began long ago adds none, and nobody removes those of others', async () => {
  await using hub = await openHub()
  const [owner, eve] = [await aPerson(hub), await aPerson(hub, 'Eve')]
  await addPasskey(hub, owner, new TestAuthenticator())
  const cookie = await enter(hub, eve)
  const { id } = await hub.kysely.selectFrom('passkey').select('id').executeTakeFirstOrThrow()
  expect((await hub.post('/en/account/passkeys', { remove: id, current: password }, { cookie })).status).toBe(303)
  expect(await hub.kysely.selectFrom('passkey').select('id').execute()).toEqual([{ id }])

  await hub.kysely.updateTable('visit').set({ created_at: '2026-01-01T00:00:00.000Z' }).execute()
  expect((await send(hub, '/en/account/passkeys/options', {}, cookie)).status).toBe(422)
  expect((await send(hub, '/en/account/passkeys/options', {})).status).toBe(303)
})

test.each([
  ['no JSON', 'response=1', 'application/x-www-form-urlencoded'],
  ['torn JSON', '{"response":', 'application/json'],
  ['nothing', '{}', 'application/json'],
  ['another shape', '{"response":{"id":["a"],"rawId":7}}', 'application/json'],
])('%s is refused as what no page sends', async (_, body, type) => {
  await using hub = await openHub()
  const headers = { 'content-type': type, origin: hub.origin }
  const answer = await hub.fetch(new Request(`${hub.origin}/en/sign-in/passkey`, { method: 'POST', body, headers }))
  expect(answer.status).toBe(400)
})
