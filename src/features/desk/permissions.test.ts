import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Grant, Role } from '#features/accounts/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { readForm } from '#testing/form.ts'

let hub: TestHub
let editor: SignedIn
beforeAll(async () => {
  hub = await openHub({ seeded: true, cache: true })
  editor = await hub.as(['editor'], { name: 'Edda' })
})
beforeEach(() => hub.forget())
afterAll(async () => hub[Symbol.asyncDispose]())

const idOf = (location: string | null) => /records\/(\w+)/.exec(location ?? '')?.[1] ?? ''

async function draftOf(who: SignedIn, name: string): Promise<string> {
  const path = '/en/desk/records/new/programme'
  const { fields } = readForm(await (await who.get(path)).text())
  return idOf((await who.post(path, { ...fields, 'text.name': name })).headers.get('location'))
}

/** What every door of a record answers: form, history, check list, previews; saving, publishing, withdrawing, reverting, sharing. */
async function doorsOf(who: Pick<SignedIn, 'get' | 'post'>, id: string): Promise<string> {
  const at = `/en/desk/records/${id}`
  const form = readForm(await (await who.get(at)).text()).fields
  const answers = [
    (await who.get(at)).status,
    (await who.get(`${at}/history`)).status,
    (await who.get(`${at}/publish`)).status,
    (await who.get(`${at}/preview`)).status,
    (await who.post(at, { version: '1', since: '0', ...form })).status,
    (await who.post(`${at}/history/revert`, { line: '1', version: '1' })).status,
    (await who.post(`${at}/preview`, { days: '1' })).status,
    (await who.post(`${at}/preview/revoke`, { link: 'none' })).status,
    (await who.post(`${at}/publish`, {})).status,
    (await who.post(`${at}/withdraw`, {})).status,
  ]
  return answers.join(' ')
}

const nothing = Array.from({ length: 10 }, () => 404).join(' ')
/** A line of history that is not this record's is none. */
const everything = '200 200 200 200 303 404 200 303 303 303'
const allButPublishing = '200 200 404 200 303 404 200 303 404 404'

test('a draft is for whoever made it and for editors; to all others there is no such record', async () => {
  const contributor = await hub.as(['contributor'])
  const id = await draftOf(contributor, 'Mine')
  const others: (Role | Grant)[][] = [['member'], ['contributor'], ['translator'], ['facilitator'], ['organiser']]
  for (const roles of others) expect([roles, await doorsOf(await hub.as(roles), id)]).toEqual([roles, nothing])
  // A visitor is led to sign in, whether or not there is such a record.
  const toSignIn = nothing.replaceAll('404', '303')
  expect([await doorsOf(hub, id), await doorsOf(hub, 'prg_nobody')]).toEqual([toSignIn, toSignIn])
  expect(await doorsOf(contributor, id)).toBe(allButPublishing)
  expect(await doorsOf(await hub.as(['admin']), id)).toBe(everything)
  // Withdrawn by the admin's last door: it is no draft any more, and no longer the contributor's.
  expect(await doorsOf(contributor, id)).toBe(nothing)
})

test('an organiser has their seminar with its parts, and no other', async () => {
  const mine = await aSeminar(hub.kysely, {
    title: { en: 'Mine' },
    status: 'draft',
    sessions: ['09:00–10:00'],
    recording: true,
  })
  const other = await aSeminar(hub.kysely, { title: { en: 'Not mine' }, status: 'draft', sessions: ['09:00–10:00'] })
  const organiser = await hub.as([{ role: 'organiser', scope: mine }])
  const partsOf = async (id: string) => {
    const sessions = await hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', id).execute()
    const materials = await hub.kysely.selectFrom('material').select('id').where('seminar_id', '=', id).execute()
    return [...sessions, ...materials].map((row) => row.id)
  }
  for (const id of [...(await partsOf(mine)), mine])
    expect([id, await doorsOf(organiser, id)]).toEqual([id, everything])
  for (const id of [other, ...(await partsOf(other))]) expect([id, await doorsOf(organiser, id)]).toEqual([id, nothing])
  const made = async (seminar: string) => (await organiser.get(`/en/desk/records/new/material?of=${seminar}`)).status
  expect([await made(mine), await made(other)]).toEqual([200, 404])
  const forged = {
    lang: 'en',
    'fact.kind': 'slides',
    'fact.lang': 'en',
    'fact.url': 'https://example.org',
    'fact.seminar': other,
  }
  expect((await organiser.post('/en/desk/records/new/material', forged)).status).toBe(404)
  expect((await organiser.get('/en/desk/records/new/seminar')).status).toBe(404)
})

/** At how many doors somebody reads of the draft and of the group's programme. */
async function shows(who: SignedIn): Promise<number[]> {
  const doors = [
    '/en/desk',
    '/en/desk/records?kind=programme',
    '/en/desk/records?q=q',
    '/en/desk/find?kind=programme&q=q',
  ]
  const texts = await Promise.all(doors.map(async (path) => (await who.get(path)).text()))
  return ['Qsecret draft', 'Qgroup programme'].map((name) => texts.filter((text) => text.includes(name)).length)
}

test('lists, searches and the front page of the desk show nobody what they may not see', async () => {
  const contributor = await hub.as(['contributor'])
  const other = await hub.as(['contributor'], { name: 'Other' })
  await draftOf(contributor, 'Qsecret draft')
  await aRecord(hub.kysely, 'programme', { name: { en: 'Qgroup programme' } }, { visibility: 'grp_1' })
  expect(await shows(other)).toEqual([0, 0])
  expect(await shows(contributor)).toEqual([4, 0])
  expect(await shows(editor)).toEqual([4, 2])
})

test('whoever names the id of somebody else’s draft in a form learns nothing of it', async () => {
  const contributor = await hub.as(['contributor'])
  const other = await hub.as(['contributor'], { name: 'Other' })
  const secret = await draftOf(contributor, 'Qhidden draft')
  const path = '/en/desk/records/new/seminar'
  const { fields } = readForm(await (await other.get(path)).text())
  const sent = { ...fields, 'text.title': '', 'fact.programmes[]': [secret], 'fact.programmes': [secret] }
  const again = await (await other.post(path, sent)).text()
  expect([again.includes(secret), again.includes('Qhidden draft')]).toEqual([true, false])
  const own = await (await contributor.post(path, sent)).text()
  expect(own.includes('Qhidden draft')).toBe(true)
})

test('to those who do not work here there is no desk', async () => {
  const member = await hub.as(['member'])
  const paths = ['/en/desk', '/en/desk/records', '/en/desk/records/new/programme', '/en/desk/find?kind=person&q=a']
  for (const path of paths) expect([path, (await member.get(path)).status]).toEqual([path, 404])
  expect((await member.post('/en/desk/preview', { text: 'x' })).status).toBe(404)
  for (const path of ['new/nonsense', 'new/session', 'prg_nobody', 'nonsense', 'prg_nobody/agenda']) {
    expect([path, (await editor.get(`/en/desk/records/${path}`)).status]).toEqual([path, 404])
  }
  for (const query of ['kind=nonsense', 'status=nonsense', 'page=0', 'page=99']) {
    expect([query, (await editor.get(`/en/desk/records?${query}`)).status]).toEqual([query, 404])
  }
  const contributor = await hub.as(['contributor'])
  for (const kind of ['hub', 'scheme', 'concept', 'funding']) {
    expect([kind, (await contributor.get(`/en/desk/records/new/${kind}`)).status]).toEqual([kind, 404])
  }
  expect((await editor.post('/en/desk/records/new/hub', { lang: 'en', 'text.name': 'Two hubs' })).status).toBe(404)
})

test('a preview link opens the real page of a draft with its parts, to anybody, until it expires or is closed', async () => {
  const id = await aSeminar(hub.kysely, { title: { en: 'Unseen' }, status: 'draft', sessions: ['09:00–10:00'] })
  const share = async () =>
    /href="https:\/\/hub\.example(\/en\/preview\/[\w-]{32})"/.exec(
      await (await editor.post(`/en/desk/records/${id}/preview`, { days: '1' })).text(),
    )?.[1] ?? ''
  const link = await share()
  const page = await hub.get(link)
  const html = await page.text()
  expect([page.status, page.headers.get('cache-control'), page.headers.get('x-robots-tag')]).toEqual([
    200,
    'private, no-store',
    'noindex, nofollow',
  ])
  for (const words of [
    'Preview of a draft',
    '<h1>Unseen</h1>',
    'Session 1',
    '<meta name="robots" content="noindex"/>',
  ]) {
    expect([words, html.includes(words)]).toEqual([words, true])
  }
  expect((await hub.get(link.replace('/en/', '/ar/'))).status).toBe(200)
  expect((await hub.get('/en/seminars/unseen')).status).toBe(404)
  // Nothing but a hash of the token is kept.
  const kept = await hub.kysely.selectFrom('preview_link').selectAll().execute()
  expect(JSON.stringify(kept).includes(link.split('/').at(-1) ?? '?')).toBe(false)

  const closed = await share()
  const { fields } = readForm(
    /<form[^>]*preview\/revoke.*?<\/form>/s.exec(
      await (await editor.get(`/en/desk/records/${id}/preview`)).text(),
    )?.[0] ?? '',
  )
  expect((await editor.post(`/en/desk/records/${id}/preview/revoke`, fields)).status).toBe(303)
  const open = async () =>
    [(await hub.get(link)).status, (await hub.get(closed)).status].toSorted((one, other) => one - other)
  expect(await open()).toEqual([200, 404])
  hub.setNow('2026-11-25T09:00:01.000Z')
  expect(await open()).toEqual([404, 404])
  hub.setNow('2026-11-24T09:00:00.000Z')
  for (const token of ['short', 'x'.repeat(32), `${link.split('/').at(-1)}x`]) {
    expect([token, (await hub.get(`/en/preview/${token}`)).status]).toEqual([token, 404])
  }
  expect((await editor.post(`/en/desk/records/${id}/preview`, { days: '9999' })).status).toBe(422)
})

test('the preview of a record that has no page of its own yet shows its texts and facts, and no other draft', async () => {
  const secret = await aRecord(hub.kysely, 'organisation', { name: { en: 'Hidden partner' } }, { status: 'draft' })
  const seen = await aRecord(hub.kysely, 'organisation', { name: { en: 'Open partner' } })
  const links = [secret, seen].map((to) => ({ to, relation: 'partner' as const }))
  const id = await aRecord(
    hub.kysely,
    'programme',
    { name: { en: 'Early' }, summary: { en: 'Soon *here*.' } },
    { status: 'draft', links },
  )
  const made = await (await editor.post(`/en/desk/records/${id}/preview`, { days: '7' })).text()
  const html = await (await hub.get(/\/en\/preview\/[\w-]{32}/.exec(made)?.[0] ?? '')).text()
  expect(
    ['<h1>Early</h1>', '<em>here</em>', 'Open partner', 'Hidden partner'].map((words) => html.includes(words)),
  ).toEqual([true, true, true, false])
})
