import { afterAll, beforeAll, expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { consentDesk, putOnAgenda, unasked } from '#testing/consents.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { recordingDesk, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let recorded: Recorded
let consent: ReturnType<typeof consentDesk>
let amina: string
let bob: string
let stranger: string
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'], { name: 'First Editor' })
  recorded = await recordingDesk(hub, editor).record('Asked', 4)
  amina = await aRecord(hub.kysely, 'person', { name: { ar: 'أمينة <b>' } })
  bob = await aRecord(hub.kysely, 'person', { name: { en: 'Bob Jones', fr: 'Robert' } })
  stranger = await aRecord(hub.kysely, 'person', { name: { en: 'Somebody Else' } })
  consent = consentDesk(editor, recorded.recording, recorded.session)
})
afterAll(async () => hub[Symbol.asyncDispose]())

const rows = async () =>
  hub.kysely
    .selectFrom('speaker_consent')
    .select(['person_id as person', 'recording', 'transcript', 'publication', 'note'])
    .orderBy('person_id')
    .execute()
const isChosen = (html: string, person: string, field: string, value: string) =>
  new RegExp(`name="${recorded.session}.${person}.${field}" value${value && `="${value}"`} checked`).test(html)

test('the screen names everybody on the agenda, and says who to name when nobody is', async () => {
  const empty = await consent.read()
  expect(await findMarkupFaults(empty)).toEqual([])
  expect(empty).toContain('Nobody is on the agenda of this session yet.')
  expect(empty).toContain(`href="/en/desk/records/${recorded.seminar}/agenda"`)
  await putOnAgenda(hub, recorded.session, [bob, amina])

  const html = await consent.read()
  expect(await findMarkupFaults(html)).toEqual([])
  expect([...html.matchAll(/<fieldset class="set"><legend>(.*?)<\/legend>/g)].map(([, name]) => name)).toEqual([
    'Bob Jones',
    '<span lang="ar" dir="rtl">أمينة &lt;b></span>',
  ])
  expect(isChosen(html, bob, 'recording', '') && isChosen(html, amina, 'publication', '')).toBe(true)
  const form = await (await editor.get(`/en/desk/records/${recorded.recording}`)).text()
  expect(form).toContain(`href="/en/desk/records/${recorded.recording}/consent">Consent</a>`)
})

test('answers are kept with who noted them and when; the history tells them, and what a note says stays with the desk', async () => {
  const note = 'By mail,\n"only <the> talk", & no slides'
  expect((await consent.note(amina, { recording: 'given', publication: 'refused', note: ` ${note}\r\n` })).status).toBe(
    303,
  )
  expect(await rows()).toEqual([{ person: amina, recording: 'given', transcript: null, publication: 'refused', note }])
  const html = await consent.read()
  expect(await findMarkupFaults(html)).toEqual([])
  expect([isChosen(html, amina, 'recording', 'given'), isChosen(html, amina, 'publication', 'refused')]).toEqual([
    true,
    true,
  ])
  expect(html).toMatch(/Noted by .First Editor. on/)
  expect(html).toContain('Films and sounds are held back.')

  const path = `/en/desk/records/${recorded.recording}`
  const history = async () => (await (await editor.get(`${path}/history`)).text()).replaceAll(/<\/?(ins|del)>/g, '')
  expect(await history()).toMatch(
    /1 · أمينة &lt;b>: recording –given, transcript –, publication –refused, note changed/,
  )
  const told = [path, `${path}/history`, `${path}/publish`].map(async (one) => (await editor.get(one)).text())
  const open = [recorded.page, `/api/v1/records/${recorded.recording}`, `/r/${recorded.recording}`, '/en/feed.atom']
  const all = [
    ...(await Promise.all(told)),
    ...(await Promise.all(open.map(async (one) => (await hub.get(one)).text()))),
  ]
  expect(all.filter((body) => /By mail|no slides/.test(body))).toEqual([])

  const { version } = await hub.kysely
    .selectFrom('record')
    .select('version')
    .where('id', '=', recorded.recording)
    .executeTakeFirstOrThrow()
  await consent.send(await consent.open())
  await consent.note(amina, { recording: 'given' })
  const after = hub.kysely.selectFrom('record').select('version').where('id', '=', recorded.recording)
  expect((await after.executeTakeFirstOrThrow()).version).toBe(version)
})

/** What the check list says of consent, in its order. */
const checks = async () => {
  const html = await (await editor.get(`/en/desk/records/${recorded.recording}/publish`)).text()
  expect(await findMarkupFaults(html)).toEqual([])
  return [...html.matchAll(/<strong>(\S+)<\/strong> <a href="[^"]+\/consent">(.*?)<\/a>/g)].map(
    ([, level, said]) => `${level} ${said}`,
  )
}

test('before a recording is published, the desk tells who has refused and that somebody has not answered', async () => {
  const given = { recording: 'given', transcript: 'given', publication: 'given' }
  const open = 'Better: ask 1 person who speaks for the answers that are missing'
  expect(await checks()).toEqual([
    'Better: \u2068أمينة &lt;b>\u2069 does not agree to the recording or its publication: films and sounds will be held back, and their words not shown',
    'Better: ask 2 people who speak for the answers that are missing',
  ])
  await consent.note(amina, { ...given, publication: 'refused' })
  expect((await checks())[0]).toMatch(/films and sounds will be held back$/)
  await consent.note(amina, { ...given, transcript: 'refused' })
  expect(await checks()).toEqual([
    'Better: \u2068أمينة &lt;b>\u2069 does not agree to a transcript: their words will not be shown',
    open,
  ])
  await consent.note(amina, given)
  expect(await checks()).toEqual([open])
  await consent.note(bob, given)
  expect(await checks()).toEqual([])
  await consent.note(amina, { ...unasked, note: '' })
  await consent.note(bob, unasked)
})

test('what is no answer is told at its place and loses nothing that was typed', async () => {
  const before = await rows()
  const post = async (fields: Readonly<Record<string, string>>) => {
    const answer = await consent.send({ ...(await consent.open()), ...fields })
    const html = await answer.text()
    expect(answer.status === 422 ? await findMarkupFaults(html) : []).toEqual([])
    return { status: answer.status, html }
  }
  const long = 'n'.repeat(2001)
  const wrong = await post({
    ...consent.of(bob, { recording: 'maybe', note: long }),
    ...consent.of(amina, { transcript: 'refused' }),
  })
  expect(wrong.status).toBe(422)
  const idOf = (field: string) => `f-${recorded.session}-${bob}-${field}`
  expect(wrong.html).toContain(
    `<a href="#${idOf('recording')}">\u2068Bob Jones\u2069, Recording: This cannot be read as it stands.</a>`,
  )
  expect(wrong.html).toContain(`<a href="#${idOf('note')}">\u2068Bob Jones\u2069, Note: This is too long.</a>`)
  expect(wrong.html).toContain(long)
  expect(isChosen(wrong.html, amina, 'transcript', 'refused')).toBe(true)

  const gone = 'This form does not fit the people of this session any more.'
  for (const fields of [
    consent.of(stranger, { recording: 'given' }),
    consent.of('per_0', { was: '' }),
    { [`ses_0.${bob}.recording`]: 'given' },
    consent.of(bob, { recording: 'given', was: `maybe,,,` }),
    consent.of(bob, { recording: 'given', was: `'; drop table speaker_consent --` }),
  ]) {
    const { status, html } = await post(fields)
    expect([status, html.includes(gone)]).toEqual([422, true])
  }
  // Of fields that no form has, nothing is taken.
  expect((await post({ '__proto__.recording': 'given', [`${recorded.session}..note`]: 'x', other: '1' })).status).toBe(
    303,
  )
  expect((await editor.post(consent.screen, new Uint8Array([0, 255, 1]))).status).toBe(400)
  for (const asked of ['2', '0', '1e0', '-1', '', 'x'])
    expect((await editor.get(consent.screen.replace(/1$/, asked))).status).toBe(404)
  expect(await rows()).toEqual(before)
})

test('two who note answers at once lose nothing: what differs is told, the rest is put together', async () => {
  const other = await hub.as(['editor'], { name: 'Second Editor' })
  const theirs = consentDesk(other, recorded.recording, recorded.session)
  const opened = await consent.open()
  await theirs.note(amina, { recording: 'refused', note: 'theirs' })
  await theirs.note(bob, { transcript: 'given' })

  const together = await consent.send({
    ...opened,
    ...consent.of(amina, { publication: 'given' }),
    ...consent.of(bob, { transcript: 'given' }),
  })
  expect(together.status).toBe(303)
  const answers = { recording: 'refused', transcript: null, publication: 'given', note: 'theirs' }
  expect((await rows()).find(({ person }) => person === amina)).toEqual({ person: amina, ...answers })

  const disputed = await consent.send({
    ...opened,
    ...consent.of(amina, { recording: 'given', transcript: 'given', note: 'mine' }),
  })
  expect(disputed.status).toBe(409)
  const html = await disputed.text()
  expect(await findMarkupFaults(html)).toEqual([])
  expect(html).toContain('Somebody else has noted other answers meanwhile.')
  expect(html).toMatch(/Second Editor. has noted meanwhile|First Editor. has noted meanwhile/)
  expect(html).toMatch(/<dt>Recording<\/dt><dd>No<\/dd>.*<dt>Note<\/dt><dd><span class="plain">theirs<\/span><\/dd>/s)
  expect(['recording', 'transcript', 'publication'].map((field) => isChosen(html, amina, field, 'given'))).toEqual([
    true,
    true,
    true,
  ])
  expect(html).toContain('mine</textarea>')
  expect((await rows()).find(({ person }) => person === amina)).toEqual({ person: amina, ...answers })

  // What the page now says it shows is what stands: sent again, it is saved.
  const [, was = ''] = new RegExp(`name="${recorded.session}.${amina}.was" value="([^"]*)"`).exec(html) ?? []
  const mine = consent.of(amina, { was, recording: 'given', transcript: 'given', publication: 'given', note: 'mine' })
  expect((await consent.send(mine)).status).toBe(303)
  const settled = { recording: 'given', transcript: 'given', publication: 'given', note: 'mine' }
  expect((await rows()).find(({ person }) => person === amina)).toEqual({ person: amina, ...settled })

  const shown = await consent.open()
  const sent = [
    consent.of(amina, { recording: 'refused' }),
    consent.of(amina, { recording: '' }),
    consent.of(bob, { recording: 'given' }),
  ]
  const statuses = await Promise.all(
    sent.map(async (fields, index) => (index === 1 ? theirs : consent).send({ ...shown, ...fields })),
  )
  expect(statuses.map(({ status }) => String(status)).toSorted()).toEqual(['303', '303', '409'])
  expect((await rows()).find(({ person }) => person === bob)).toMatchObject({ recording: 'given', transcript: 'given' })
})

test('only who may edit the recording finds the screen, and it asks the same whatever the number of people', async () => {
  const organiser = await hub.as([{ role: 'organiser', scope: recorded.seminar }])
  expect((await organiser.get(consent.screen)).status).toBe(200)
  const before = await rows()
  const own = consentDesk(organiser, recorded.recording, recorded.session)
  expect((await own.note(bob, { publication: 'refused' })).status).toBe(303)
  await own.note(bob, { publication: '' })
  for (const browser of [hub, await hub.as(['member']), await hub.as([{ role: 'organiser', scope: 'sem_0' }])]) {
    expect((await browser.get(consent.screen)).status).not.toBe(200)
    expect([303, 404]).toContain((await browser.post(consent.screen, consent.of(bob, { recording: 'refused' }))).status)
  }
  expect(await rows()).toEqual(before)
  expect((await editor.get(`/en/desk/records/${recorded.tracks[0]}/consent`)).status).toBe(404)

  const count = async () => {
    // What the hub says of itself is read once after a change.
    await consent.read()
    return (await countQueries(consent.read)).queries.length
  }
  const queries = await count()
  const more = ['C', 'D', 'E'].map(async (name) => aRecord(hub.kysely, 'person', { name: { en: name } }))
  await putOnAgenda(hub, recorded.session, await Promise.all(more), 2)
  expect(await count()).toBe(queries)
})
