import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { interfaceLanguages, openHub, sayIn } from '#testing/hub.ts'
import { aPerson, cookieOf, password } from './test-people.ts'

test('somebody signs in with a password, is known, and signs out', async () => {
  await using hub = await openHub()
  const { email, name } = await aPerson(hub)

  const entered = await hub.post('/en/sign-in', { email, password })
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/en/account'])
  expect(entered.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Secure-visit=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ])
  const cookie = cookieOf(entered)
  const account = await hub.get('/en/account', { cookie })
  expect([account.status, account.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  expect(await account.text()).toContain(name)

  const left = await hub.post('/en/sign-out', {}, { cookie })
  expect(left.headers.getSetCookie()).toEqual(['__Secure-visit=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure'])
  expect((await hub.get('/en/account', { cookie })).status).toBe(303)
})

const leadsTo = async (response: Promise<Response>) => (await response).headers.get('location')
const to = (path: string) => `/fr/sign-in?to=${encodeURIComponent(path)}`

test('who must sign in first is led back to what they asked for, whole, or to the form they were sending', async () => {
  await using hub = await openHub({ cache: true })
  for (const path of ['/fr/desk/records?kind=seminar&page=2', '/fr/admin/people?q=a', '/fr/account/visits?x=1']) {
    expect(await leadsTo(hub.get(path))).toBe(to(path))
  }
  const send = async (referer: string) => hub.post('/fr/desk/records/sem_1', { title: 'x' }, { referer })
  expect(await leadsTo(send(''))).toBe(to('/fr/account'))
  expect(await leadsTo(send('https://hub.example/fr/desk/records/sem_1?lang=ar&saved=3'))).toBe(
    to('/fr/desk/records/sem_1?lang=ar'),
  )
  // Of another site's address nothing but a path of this hub is left.
  expect(await leadsTo(send('https://elsewhere.example//evil.example/'))).toBe(to('//evil.example/'))
  const page = await (await hub.get(to('//evil.example/'))).text()
  expect(page).toContain('name="to" value="/fr/account"')
})

test('every page of signing in is valid in every language, and kept nowhere', async () => {
  await using hub = await openHub({ cache: true })
  const paths = ['', '/link', '/link?token=abc', '/forgot', '/forgot?sent', '/reset?token=abc', '/second?to=%2Fen']
  for (const lang of interfaceLanguages) {
    for (const path of paths) {
      const response = await hub.get(`/${lang}/sign-in${path}`)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'private, no-store'])
      expect([path, await findMarkupFaults(await response.text())]).toEqual([path, []])
    }
  }
})

test('every page of an account is valid in every language, and kept nowhere', async () => {
  await using hub = await openHub({ cache: true })
  const person = await hub.as(['translator', 'admin'], { name: 'Amina <b>&"\u202e' })
  for (const lang of interfaceLanguages) {
    for (const path of ['', '?done=email', '/email', '/email/confirm?token=a', '/password', '/visits']) {
      const response = await person.get(`/${lang}/account${path}`)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'private, no-store'])
      expect([path, await findMarkupFaults(await response.text())]).toEqual([path, []])
    }
  }
})

test('wrong, unknown, suspended and locked look alike', async () => {
  await using hub = await openHub()
  const known = await aPerson(hub)
  const suspended = await aPerson(hub)
  await hub.kysely.updateTable('account').set({ status: 'suspended' }).where('id', '=', suspended.id).execute()
  const answer = async (email: string, tried: string) => {
    const response = await hub.post('/en/sign-in', { email, password: tried })
    const text = (await response.text()).replaceAll(email, 'ADDRESS')
    return [response.status, response.headers.getSetCookie(), text]
  }
  const wrong = await answer(known.email, 'a wrong password of theirs')
  expect(wrong[0]).toBe(422)
  expect(wrong[2]).toContain(sayIn('en')('signIn.wrong'))
  expect(await answer('nobody@hub.example', password)).toEqual(wrong)
  expect(await answer(suspended.email, password)).toEqual(wrong)
  for (let tries = 0; tries < 9; tries += 1) expect(await answer(known.email, 'another wrong one')).toEqual(wrong)

  expect(await answer(known.email, password)).toEqual(wrong)
  hub.setNow('2026-11-24T09:20:00.000Z')
  expect((await hub.post('/en/sign-in', { email: known.email, password })).status).toBe(303)
})
