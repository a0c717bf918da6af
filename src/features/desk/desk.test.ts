import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { readForm, readForms, type PageForm } from '#testing/form.ts'

let hub: TestHub
let editor: SignedIn
let contributor: SignedIn
beforeAll(async () => {
  hub = await openHub({ seeded: true, cache: true })
  editor = await hub.as(['editor'], { name: 'Edda' })
  contributor = await hub.as(['contributor'], { name: 'Colin' })
})
beforeEach(() => hub.forget())
afterAll(async () => hub[Symbol.asyncDispose]())

/** The form of a page, with some fields changed. */
async function formOf(who: SignedIn, path: string, changes: Record<string, string | string[]> = {}): Promise<PageForm> {
  const page = await who.get(path)
  expect([path, page.status]).toEqual([path, 200])
  const { action, fields } = readForm(await page.text())
  const changed = Object.entries(changes).map(([name, value]) => [name, typeof value === 'string' ? [value] : value])
  return { action: action || path, fields: { ...fields, ...Object.fromEntries(changed) } }
}

async function send(who: SignedIn, path: string, changes: Record<string, string | string[]> = {}) {
  const { action, fields } = await formOf(who, path, changes)
  const response = await who.post(action, fields)
  return { status: response.status, location: response.headers.get('location') ?? '', html: await response.text() }
}

/** Makes a record by its form and gives its id. */
async function make(who: SignedIn, kind: string, changes: Record<string, string | string[]>): Promise<string> {
  const made = await send(who, `/en/desk/records/new/${kind}`, changes)
  expect([kind, made.status]).toEqual([kind, 303])
  return /records\/(\w+)/.exec(made.location)?.[1] ?? ''
}

/** The id in the address of a record's form. */
const idOf = (location: string) => /records\/(\w+)/.exec(location)?.[1] ?? ''

const shownProblems = (html: string) =>
  [...html.matchAll(/<p class="problem" id="f-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )

const seeded = async (
  kind: 'organisation' | 'programme' | 'series' | 'person' | 'concept' | 'scheme' | 'funding' | 'seminar',
) => {
  const row = await hub.kysely
    .selectFrom('record')
    .select('id')
    .where('kind', '=', kind)
    .orderBy('id')
    .executeTakeFirstOrThrow()
  return row.id
}

test('each kind is begun by its own form, edited, and read where it belongs once it is published', async () => {
  const [organisation, scheme, series] = [await seeded('organisation'), await seeded('scheme'), await seeded('series')]
  const made: Record<string, string> = {
    organisation: await make(editor, 'organisation', {
      'text.name': 'Qx Office',
      'fact.type': 'government',
      'fact.places[]': ['', 'BE', 'KE'],
    }),
    person: await make(editor, 'person', { 'text.name': 'Qx Person', 'fact.organisation[]': ['', organisation] }),
    programme: await make(editor, 'programme', {
      'text.name': 'Qx Programme',
      'fact.from': '2017-03',
      'fact.partners[]': ['', organisation],
    }),
    funding: await make(editor, 'funding', {
      'text.statement': 'Qx paid.',
      'fact.mark': 'eu',
      'fact.funders[]': ['', organisation],
    }),
    series: await make(editor, 'series', { 'text.name': 'Qx Series', 'fact.contains': 'seminar', 'fact.planned': '5' }),
    publication: await make(editor, 'publication', { 'text.title': 'Qx Paper' }),
    scheme: await make(editor, 'scheme', { 'text.label': 'Qx Vocabulary', 'fact.notation': 'qx' }),
    concept: await make(editor, 'concept', {
      'text.label': 'Qx Term',
      'fact.scheme[]': ['', scheme],
      'fact.notation': 'qx-term',
      'fact.m49': '002\n019',
    }),
    seminar: await make(editor, 'seminar', {
      'text.title': 'Qx Seminar',
      'fact.series[]': ['', series],
      'fact.seriesNumber': '99',
    }),
  }
  const material = await send(editor, `/en/desk/records/new/material?of=${made['seminar']}`, {
    'text.label': 'Qx Slides',
    'fact.kind': 'slides',
    'fact.lang': 'fr',
    'fact.url': 'https://example.org/slides.pdf',
  })
  made['material'] = /records\/(\w+)/.exec(material.location)?.[1] ?? ''
  for (const [kind, id] of Object.entries(made)) {
    expect([kind, (await editor.post(`/en/desk/records/${id}/publish`, { go: '1' })).status]).toEqual([kind, 303])
    const { sourceLang, status } = await hub.kysely
      .selectFrom('record')
      .select(['source_lang as sourceLang', 'status'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect([kind, sourceLang, status]).toEqual([kind, 'en', 'published'])
  }
  const pages = [
    'organisations/qx-office',
    'people/qx-person',
    'programmes/qx-programme',
    'series/qx-series',
    'seminars/qx-seminar',
    'themes/qx',
  ]
  for (const path of pages) expect([path, (await hub.get(`/en/${path}`)).status]).toEqual([path, 200])
  expect(await (await hub.get('/en/seminars/qx-seminar')).text()).toContain('https://example.org/slides.pdf')
})

test('a form with faults comes back filled in, each fault at its field and with its place at the top', async () => {
  const sent = await send(editor, '/en/desk/records/new/seminar', {
    'text.title': '',
    'text.objectives': 'Kept **words**',
    'fact.startsOn': '2026-02-30',
    'fact.timeZone': 'Europe/Atlantis',
    'fact.joinUrl': 'javascript:alert(1)',
    'fact.opensAt': '2026-03-29T02:30',
    'fact.seriesNumber': '-1',
    'fact.organisers[]': ['', 'org_nobody'],
    'find.programmes': 'zzz nothing',
  })
  expect(sent.status).toBe(422)
  expect(shownProblems(sent.html)).toEqual([
    'fact-programmes: You typed a name and chose nothing. Mark what was found, or empty the field.',
  ])
  const again = await send(editor, '/en/desk/records/new/seminar', {
    'text.title': '',
    'text.objectives': 'Kept **words**',
    'fact.startsOn': '2026-02-30',
    'fact.timeZone': 'Europe/Brussels',
    'fact.joinUrl': 'javascript:alert(1)',
    'fact.opensAt': '2026-03-29T02:30',
    'fact.seriesNumber': '-1',
    'fact.organisers[]': ['', 'org_nobody'],
  })
  expect(again.status).toBe(422)
  expect(shownProblems(again.html)).toEqual([
    'text-title: This must be filled in.',
    'fact-startsOn: There is no such day. Write it as 2026-03-10.',
    'fact-opensAt: This hour does not exist on that day: clocks go forward over it.',
    'fact-joinUrl: An address begins with https:// or http://.',
    'fact-seriesNumber: This is not a whole number within bounds.',
    'fact-organisers: One of these cannot be chosen here.',
  ])
  const { fields } = readForm(again.html)
  expect([fields['text.objectives'], fields['fact.startsOn'], fields['fact.joinUrl']]).toEqual([
    ['Kept **words**'],
    ['2026-02-30'],
    ['javascript:alert(1)'],
  ])
})

test('what was not sent stays as it is: half a form takes nothing away', async () => {
  const id = await make(editor, 'programme', {
    'text.name': 'Half',
    'text.summary': 'Whole',
    'fact.places[]': ['', 'BE'],
    'fact.from': '2019',
  })
  const { fields } = await formOf(editor, `/en/desk/records/${id}`)
  const half = { version: fields['version'] ?? [], since: fields['since'] ?? [], 'text.name': 'Half and more' }
  expect((await editor.post(`/en/desk/records/${id}`, half)).status).toBe(303)
  const after = await formOf(editor, `/en/desk/records/${id}`)
  expect([
    after.fields['text.name'],
    after.fields['text.summary'],
    after.fields['fact.places[]'],
    after.fields['fact.from'],
  ]).toEqual([['Half and more'], ['Whole'], ['', 'BE'], ['2019']])
  expect((await editor.post(`/en/desk/records/${id}`, { 'text.name': 'No version' })).status).toBe(400)
  expect((await editor.post(`/en/desk/records/${id}`, { version: 'x', since: '1' })).status).toBe(400)
  const json = await editor.post(`/en/desk/records/${id}`, half, { 'content-type': 'application/json' })
  expect(json.status).toBe(400)
})

test('fields that no form has change nothing, whatever they are called', async () => {
  const id = await make(contributor, 'programme', {
    'text.name': 'Mine',
    status: 'published',
    id: 'prg_forged',
    createdBy: editor.actor.id,
    'fact.status': 'published',
    'text.__proto__': 'x',
    synthetic: 'true',
  })
  const row = await hub.kysely
    .selectFrom('record')
    .select(['status', 'synthetic', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ status: 'draft', synthetic: false, version: 1 })
  const forged = await send(contributor, `/en/desk/records/${id}`, { version: '7', 'text.name': 'Mine again' })
  expect(forged.status).toBe(409)
  const grouped = await send(contributor, `/en/desk/records/${id}`, { visibility: 'grp_secret' })
  expect([grouped.status, shownProblems(grouped.html)]).toEqual([
    422,
    ['visibility: This cannot be read as it stands.'],
  ])
})

test('two people edit one record: the second sees both versions of each field and loses nothing', async () => {
  const id = await make(editor, 'programme', {
    'text.name': 'Bridge',
    'text.summary': 'Old words here',
    'fact.from': '2017',
  })
  const path = `/en/desk/records/${id}`
  const other = await hub.as(['editor'], { name: 'Otto' })
  const second = await formOf(other, path, {
    'text.summary': 'New words here',
    'fact.to': '2020',
    'text.remark': 'Mine alone',
  })
  expect((await send(editor, path, { 'text.summary': 'Old words there', 'fact.from': '2018' })).status).toBe(303)

  const met = await other.post(second.action, second.fields)
  const html = await met.text()
  expect(met.status).toBe(409)
  const legends = [...html.matchAll(/<legend>(.*?)<\/legend><p class="help">(.*?)<\/p>/g)].map(
    ([, field, who]) => `${field}: ${who}`,
  )
  expect(legends).toEqual([
    'Summary: You both changed this.',
    'Remark: Only you changed this.',
    'Began: Only they changed this.',
    'Ended: Only you changed this.',
  ])
  expect(html).toContain('While you were writing, Edda saved this record.')
  const { fields } = readForm(html)
  expect([fields['pick.text.summary'], fields['pick.fact.from'], fields['pick.fact.to']]).toEqual([
    ['yours'],
    ['theirs'],
    ['yours'],
  ])

  const reviewed = await other.post(path, { ...fields, 'pick.text.summary': 'theirs', do: 'review' })
  const form = readForm(await reviewed.text())
  expect([
    form.fields['text.summary'],
    form.fields['text.remark'],
    form.fields['fact.from'],
    form.fields['fact.to'],
  ]).toEqual([['Old words there'], ['Mine alone'], ['2018'], ['2020']])
  expect((await other.post(path, { ...fields, 'pick.text.summary': 'theirs' })).status).toBe(303)
  const after = await formOf(editor, path)
  expect([
    after.fields['text.summary'],
    after.fields['text.remark'],
    after.fields['fact.from'],
    after.fields['fact.to'],
    after.fields['version'],
  ]).toEqual([['Old words there'], ['Mine alone'], ['2018'], ['2020'], ['3']])
})

test('who translates and who edits the original do not meet', async () => {
  const id = await make(editor, 'programme', { 'text.name': 'Side by side' })
  const path = `/en/desk/records/${id}`
  const mine = await formOf(editor, path, { 'text.name': 'Side by side by side' })
  const other = await hub.as(['editor'])
  expect((await send(other, `${path}?lang=fr`, { 'text.name': 'Côte à côte' })).status).toBe(303)
  const saved = await editor.post(mine.action, mine.fields)
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `${path}?lang=en&saved=3`])
  const texts = await hub.kysely
    .selectFrom('record_text')
    .select('body')
    .where('record_id', '=', id)
    .orderBy('lang')
    .execute()
  expect(texts.map((text) => text.body)).toEqual(['Side by side by side', 'Côte à côte'])
})

test('a save moves the version on by one, whatever it changed, and its history tells each field before and after', async () => {
  const organisation = await seeded('organisation')
  const id = await make(editor, 'programme', { 'text.name': 'Story' })
  const path = `/en/desk/records/${id}`
  const saved = await send(editor, path, {
    'text.name': 'Story told',
    'text.short': 'ST',
    'fact.from': '2017',
    'fact.places[]': ['', 'BE'],
    'fact.partners[]': ['', organisation],
    slug: 'a-story-told',
    visibility: 'members',
  })
  expect(saved.location).toBe(`${path}?lang=en&saved=2`)
  const lines = await hub.kysely
    .selectFrom('record_event')
    .select(['verb', 'lang', 'field', 'before', 'after'])
    .where('record_id', '=', id)
    .orderBy('id')
    .execute()
  expect(lines.slice(2).map((line) => Object.values(line))).toEqual([
    ['edit', 'en', 'name', 'Story', 'Story told'],
    ['edit', 'en', 'short', null, 'ST'],
    ['edit', null, 'from', null, '2017'],
    ['edit', null, 'places', null, 'BE'],
    ['edit', null, 'partners', null, organisation],
    ['edit', null, 'visibility', 'public', 'members'],
    ['edit', 'en', 'slug', 'story', 'a-story-told'],
  ])
  const history = await (await editor.get(`${path}/history`)).text()
  expect(history).toContain('Story<ins> told</ins>')
  expect(history).toContain('Edda')

  // The name goes back to what it was; the rest stays.
  const revert = readForms(history).find((form) => form.fields['line']?.[0] !== undefined)
  const line = await hub.kysely
    .selectFrom('record_event')
    .select('id')
    .where('record_id', '=', id)
    .where('after', '=', 'Story told')
    .executeTakeFirstOrThrow()
  const back = await editor.post(revert?.action ?? '', { line: String(line.id), version: '2' })
  expect([back.status, back.headers.get('location')]).toEqual([303, `${path}/history?saved=3`])
  const stale = await editor.post(revert?.action ?? '', { line: String(line.id), version: '2' })
  expect(stale.status).toBe(409)
  expect((await formOf(editor, path)).fields['text.name']).toEqual(['Story'])
  // The slug is for life, and a line of another record is none of this one.
  const slug = await hub.kysely
    .selectFrom('record_event')
    .select('id')
    .where('record_id', '=', id)
    .where('field', '=', 'slug')
    .executeTakeFirstOrThrow()
  expect((await editor.post(`${path}/history/revert`, { line: String(slug.id), version: '3' })).status).toBe(404)
  const foreign = await hub.kysely
    .selectFrom('record_event')
    .select('id')
    .where('record_id', '<>', id)
    .executeTakeFirstOrThrow()
  expect((await editor.post(`${path}/history/revert`, { line: String(foreign.id), version: '3' })).status).toBe(404)
})

test('an old address leads to the new one, in each language by itself', async () => {
  const id = await make(editor, 'organisation', { 'text.name': 'First name', 'fact.type': 'research' })
  await editor.post(`/en/desk/records/${id}/publish`, {})
  expect((await send(editor, `/en/desk/records/${id}`, { slug: 'Second Name!' })).status).toBe(303)
  expect((await send(editor, `/en/desk/records/${id}?lang=fr`, { 'text.name': 'Nom français' })).status).toBe(303)
  hub.forget()
  const moved = await hub.get('/en/organisations/first-name')
  expect([moved.status, moved.headers.get('location')]).toEqual([301, '/en/organisations/second-name'])
  expect((await hub.get('/fr/organisations/nom-francais')).status).toBe(200)
})

test('a translation is behind until somebody saves it or says that it is right as it stands', async () => {
  const id = await make(editor, 'organisation', {
    'text.name': 'Words',
    'text.summary': 'One',
    'fact.type': 'research',
  })
  const path = `/en/desk/records/${id}`
  await send(editor, `${path}?lang=fr`, { 'text.name': 'Mots', 'text.summary': 'Un' })
  await send(editor, path, { 'text.summary': 'Two' })
  const state = async () =>
    /<a href="[^"]*lang=fr"[^>]*>.*?<small> (.*?)<\/small>/.exec(await (await editor.get(path)).text())?.[1]
  expect(await state()).toBe('behind')
  await send(editor, `${path}?lang=fr`)
  expect(await state()).toBe('behind')
  await send(editor, `${path}?lang=fr`, { 'confirm[]': ['summary'] })
  expect(await state()).toBe('up to date')
  // Without its source a translation would be a translation of nothing.
  await send(editor, path, { 'text.summary': '' })
  const left = await hub.kysely
    .selectFrom('record_text')
    .select(['lang', 'field'])
    .where('record_id', '=', id)
    .orderBy('lang')
    .execute()
  expect(left).toEqual([
    { lang: 'en', field: 'name' },
    { lang: 'fr', field: 'name' },
  ])
})

test('the check list says what is missing; what is withdrawn is gone at once, with its parts, and comes back with them', async () => {
  const id = await make(editor, 'seminar', {
    'text.title': 'Gone',
    'fact.startsOn': '2026-12-01',
    'fact.endsOn': '2026-12-01',
  })
  const material = await send(editor, `/en/desk/records/new/material?of=${id}`, {
    'fact.kind': 'slides',
    'fact.lang': 'en',
    'fact.url': 'https://example.org/gone.pdf',
  })
  const part = /records\/(\w+)/.exec(material.location)?.[1] ?? ''
  const checks = await (await editor.get(`/en/desk/records/${id}/publish`)).text()
  const said = [...checks.matchAll(/<li class="(must|should)"><strong>.*?<\/strong> <a href="[^"]*">(.*?)<\/a>/g)].map(
    ([, level, words]) => `${level}: ${words}`,
  )
  expect(said).toEqual([
    'should: write a summary',
    'should: say what it is for',
    'should: name who organises it',
    'should: tag it with themes',
    'should: say who pays for it',
    'should: its agenda has no session yet',
  ])
  expect((await hub.get('/en/seminars/gone')).status).toBe(404)
  expect((await editor.post(`/en/desk/records/${id}/publish`, {})).status).toBe(303)
  const doors = ['/en/seminars/gone', `/r/${id}`, `/r/${part}`, `/api/v1/records/${id}`, `/api/v1/records/${part}`]
  const open = async () => Promise.all(doors.map(async (path) => (await hub.get(path)).status))
  expect(await open()).toEqual([200, 302, 302, 200, 200])
  expect((await editor.post(`/en/desk/records/${id}/withdraw`, {})).headers.get('location')).toBe(
    `/en/desk/records/${id}/publish?done=withdrawn`,
  )
  expect(await open()).toEqual([404, 404, 404, 404, 404])
  await editor.post(`/en/desk/records/${id}/publish`, {})
  expect(await open()).toEqual([200, 302, 302, 200, 200])
})

test('a record without a text that must be there is not published', async () => {
  const id = await make(editor, 'organisation', { 'text.name': 'Nameless', 'fact.type': 'research' })
  await hub.kysely.deleteFrom('record_text').where('record_id', '=', id).execute()
  const refused = await editor.post(`/en/desk/records/${id}/publish`, {})
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('a text that must be there has not been written')
})

test('notations, numbers in a series and circles are told from the database, at their fields', async () => {
  const scheme = await make(editor, 'scheme', { 'text.label': 'Circle', 'fact.notation': 'circle' })
  const term = async (notation: string, more: Record<string, string[]> = {}) =>
    send(editor, '/en/desk/records/new/concept', {
      'text.label': notation,
      'fact.scheme[]': ['', scheme],
      'fact.notation': notation,
      ...more,
    })
  const above = idOf((await term('above')).location)
  const below = idOf((await term('below', { 'fact.broader[]': ['', above] })).location)
  const twice = await term('below')
  expect([twice.status, shownProblems(twice.html)]).toEqual([422, ['fact-notation: Another has this notation.']])
  const circle = await send(editor, `/en/desk/records/${above}`, { 'fact.broader[]': ['', below] })
  expect([circle.status, shownProblems(circle.html)]).toEqual([
    422,
    ['fact-broader: A term cannot be broader than itself, by whatever way round.'],
  ])
  const taken = await send(editor, '/en/desk/records/new/scheme', { 'text.label': 'Again', 'fact.notation': 'circle' })
  expect([taken.status, shownProblems(taken.html)]).toEqual([422, ['fact-notation: Another has this notation.']])
})

async function namesFor(who: SignedIn): Promise<string[]> {
  const found = await who.get('/en/desk/find?kind=organisation&q=zelie')
  const { items } = (await found.json()) as { items: { id: string; label: string }[] }
  return items.map((item) => item.label).toSorted()
}

test('records are found by typing: without script on the page, with script as JSON, and only those one may see', async () => {
  const secret = await make(editor, 'organisation', { 'text.name': 'Zélie Secret', 'fact.type': 'research' })
  const own = await make(contributor, 'organisation', { 'text.name': 'Zélie Own', 'fact.type': 'research' })
  expect(await namesFor(editor)).toEqual(['Zélie Own', 'Zélie Secret'])
  expect(await namesFor(contributor)).toEqual(['Zélie Own'])
  expect((await contributor.get('/en/desk/find?kind=nonsense&q=a')).status).toBe(404)

  const places = await contributor.get('/fr/desk/find?kind=place&q=cote')
  expect(((await places.json()) as { items: { id: string }[] }).items.map((item) => item.id)).toContain('CI')

  const { fields } = await formOf(contributor, '/en/desk/records/new/person', {
    'text.name': 'Typed',
    'find.organisation': 'ZÉLIE',
  })
  const shown = await contributor.post('/en/desk/records/new/person', { ...fields, do: 'find:organisation' })
  const html = await shown.text()
  expect([shown.status, html.includes(own), html.includes(secret), readForm(html).fields['text.name']]).toEqual([
    200,
    true,
    false,
    ['Typed'],
  ])
  const refused = await contributor.post('/en/desk/records/new/person', {
    ...fields,
    'find.organisation': '',
    'fact.organisation[]': ['', secret],
  })
  expect([refused.status, shownProblems(await refused.text())]).toEqual([
    422,
    ['fact-organisation: One of these cannot be chosen here.'],
  ])
})

test('what is chosen is put in order by buttons that redraw the form', async () => {
  const [one = '', other = ''] = (
    await hub.kysely.selectFrom('organisation').select('id').orderBy('id').limit(2).execute()
  ).map((row) => row.id)
  const id = await make(editor, 'programme', { 'text.name': 'Ordered', 'fact.partners[]': ['', one, other] })
  const { fields } = await formOf(editor, `/en/desk/records/${id}`, { 'text.short': 'typed meanwhile' })
  const moved = readForm(
    await (await editor.post(`/en/desk/records/${id}`, { ...fields, do: `up:partners:${other}` })).text(),
  )
  expect([moved.fields['fact.partners[]'], moved.fields['text.short']]).toEqual([['', other, one], ['typed meanwhile']])
  expect((await editor.post(`/en/desk/records/${id}`, moved.fields)).status).toBe(303)
  expect((await formOf(editor, `/en/desk/records/${id}`)).fields['fact.partners[]']).toEqual(['', other, one])
})
