import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import { readForm } from '#testing/form.ts'
import { openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { merge } from '#testing/merging.ts'
import { aPublication } from '#testing/publications.ts'

const t = sayIn('en')
const list = '/en/desk/duplicates'

const titleOf = async (hub: TestHub, path: string) =>
  /<h1[^>]*>([^<]*)</.exec(await (await hub.get(path)).text())?.[1] ?? null

const leadsTo = async (hub: TestHub, path: string) => {
  const response = await hub.get(path)
  return [response.status, response.headers.get('location')]
}

async function addIdentifier(hub: TestHub, id: string, scheme: 'doi' | 'isbn' | 'report', value: string) {
  const { library } = handlesOf(hub.kysely)
  await library
    .insertInto('publication_identifier')
    .values({ publication_id: id, position: 0, edition_id: null, scheme, value })
    .execute()
}

test('two that are merged become one that has all of both, and every address leads there', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const { series } = handlesOf(hub.kysely)
  const bites = await aRecord(hub.kysely, 'series', { name: { en: 'Bites' } })
  await insertSeries(series, [{ id: bites, contains: 'publication', planned: null }])
  const seminar = await aSeminar(hub.kysely, { title: { en: 'The seminar' } })
  const into = await aPublication(hub, { title: { en: 'A paper' }, issued: '2021', places: ['ML'], langs: ['en'] })
  const from = await aPublication(hub, {
    title: { en: 'A paper!', fr: 'Un papier' },
    issued: '2021-08',
    types: ['brief'],
    places: ['NE', 'ML'],
    langs: ['en', 'fr'],
    links: [{ to: seminar, relation: 'related' }],
  })
  await insertSeriesEntries(series, [{ series_id: bites, number: 3, record_id: from, deduced: false }])
  await addIdentifier(hub, from, 'doi', '10.5281/z.1')
  const paths = [`/r/${from}`, '/en/library/a-paper-2', '/fr/library/un-papier', '/en/library/a-paper-2.bib']
  const before = await Promise.all(paths.map(async (path) => (await hub.get(path)).status))
  expect(before).toEqual([302, 200, 200, 200])

  const compared = await (await editor.get(`${list}/${into}/${from}`)).text()
  expect(compared).toContain('A paper!')
  expect(compared).toContain(t('merge.into.help'))
  const merged = await merge(editor, [into, from], { 'take.issued': from })
  expect([merged.status, merged.headers.get('location')]).toEqual([303, `${list}?done=merged`])

  expect(await leadsTo(hub, `/r/${from}`)).toEqual([302, '/en/library/a-paper'])
  expect(await leadsTo(hub, '/en/library/a-paper-2')).toEqual([301, '/en/library/a-paper'])
  expect(await leadsTo(hub, '/en/library/a-paper-2.bib')).toEqual([301, '/en/library/a-paper.bib'])
  expect(await titleOf(hub, '/fr/library/un-papier')).toBe('Un papier')
  const page = await (await hub.get('/en/library/a-paper')).text()
  for (const part of ['10.5281/z.1', 'August 2021', '/places/NE', '/places/ML', 'The seminar', 'Bites'])
    expect(page).toContain(part)
  const { library, records } = handlesOf(hub.kysely)
  const files = await library.selectFrom('edition_file').select('url').execute()
  const ends = files.map(({ url }) => url?.replace(/pub_\w+/, '') ?? '')
  expect(ends.toSorted()).toEqual(['-en.pdf', '-en.pdf', '-fr.pdf'].map((end) => `https://example.org/${end}`))
  const gone = await records.selectFrom('record').select(['status']).where('id', '=', from).execute()
  expect(gone).toEqual([{ status: 'withdrawn' }])
  const kept = await records.selectFrom('record_text').select('body').where('record_id', '=', from).execute()
  expect(kept.map(({ body }) => body).toSorted()).toEqual(['A paper!', 'Un papier'])
  const identifier = `oai:hub.example:${from}`
  const oai = await (await hub.get(`/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=${identifier}`)).text()
  expect(oai).toContain('status="deleted"')
  const audit = await hub.kysely.selectFrom('audit_event').select(['actor', 'deed', 'subject', 'detail']).execute()
  expect(audit).toEqual([
    { actor: editor.actor.id, deed: 'publication.merge', subject: into, detail: { merged: from } },
  ])
  expect(await (await editor.get(`/en/desk/records/${into}/history`)).text()).toContain(from)
})

test('merged twice in a row, the first address leads to the last', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const [a, b, c] = [
    await aPublication(hub, { title: 'First' }),
    await aPublication(hub, { title: 'Second' }),
    await aPublication(hub, { title: 'Third' }),
  ]
  await merge(editor, [b, a])
  await merge(editor, [c, b])
  expect(await leadsTo(hub, `/r/${a}`)).toEqual([302, '/en/library/third'])
  expect(await leadsTo(hub, '/en/library/first')).toEqual([301, '/en/library/third'])
  expect(await leadsTo(hub, '/en/library/second')).toEqual([301, '/en/library/third'])
  const again = await merge(editor, [c, a])
  expect([again.status, await again.text()]).toEqual([422, expect.stringContaining(t('merge.problem.gone'))])
})

test('a publication is not merged with itself, nor with one that readers would not see', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const seen = await aPublication(hub, { title: 'Seen' })
  const draft = await aPublication(hub, { title: 'A draft', status: 'draft' })
  const members = await aPublication(hub, { title: 'For members', visibility: 'members' })
  const itself = await merge(editor, [seen, seen])
  expect([itself.status, await itself.text()]).toEqual([422, expect.stringContaining(t('merge.problem.same'))])
  for (const hidden of [draft, members]) {
    const refused = await merge(editor, [hidden, seen])
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(t('merge.problem.hidden'))])
  }
  expect((await hub.get('/en/library/seen')).status).toBe(200)

  expect((await merge(editor, [seen, draft])).status).toBe(303)
  expect((await merge(editor, [seen, members])).status).toBe(303)
  // Who could never see what was merged is not told that it was there.
  const hidden = ['/en/library/a-draft', '/en/library/for-members', '/en/library/for-members.bib']
  for (const path of [`/r/${draft}`, `/r/${members}`, ...hidden])
    expect([path, (await hub.get(path)).status]).toEqual([path, 404])
  const member = await hub.as(['member'])
  const led = await member.get('/en/library/for-members')
  expect([led.status, led.headers.get('location')]).toEqual([301, '/en/library/seen'])
  expect((await member.get('/en/library/a-draft')).status).toBe(404)
})

test('who merges what somebody else has changed meanwhile is told, and nothing happens', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const [into, from] = [await aPublication(hub, { title: 'One' }), await aPublication(hub, { title: 'Other' })]
  const path = `${list}/${into}/${from}`
  const form = readForm(await (await editor.get(path)).text())
  await hub.kysely.updateTable('record').set({ version: 7 }).where('id', '=', from).execute()
  const merged = await editor.post(path, { ...form.fields, into, do: 'merge' })
  expect([merged.status, await merged.text()]).toEqual([409, expect.stringContaining(t('merge.conflict'))])
  expect((await hub.get('/en/library/other')).status).toBe(200)
  const bare = await editor.post(path, { do: 'merge', into })
  expect(bare.status).toBe(409)
  expect((await editor.post(path, { do: 'merge', into: 'pub_other' })).status).toBe(400)
})

test('what one is part of is not merged into a circle', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const whole = await aPublication(hub, { title: 'Whole' })
  const middle = await aPublication(hub, { title: 'Middle', links: [{ to: whole, relation: 'part_of' }] })
  const part = await aPublication(hub, { title: 'Part', links: [{ to: middle, relation: 'part_of' }] })
  const refused = await merge(editor, [whole, part])
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(t('merge.problem.circle'))])
  expect((await hub.get('/en/library/part')).status).toBe(200)
  expect((await merge(editor, [whole, middle])).status).toBe(303)
  expect(await (await hub.get('/en/library/part')).text()).toContain('Whole')
})

test('before two are merged, whoever does it is told what more people will see', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const seen = await aPublication(hub, { title: 'Seen' })
  const draft = await aPublication(hub, {
    title: { en: 'A draft', fr: 'Un brouillon' },
    status: 'draft',
    langs: ['ar'],
  })
  const members = await aPublication(hub, { title: 'For members', visibility: 'members' })
  await addIdentifier(hub, draft, 'isbn', '9789290000000')
  const told = async (one: string, other: string) => {
    const page = await (await editor.get(`${list}/${one}/${other}`)).text()
    const notice = /<div class="notice warning">(.*?)<\/div>/.exec(page)?.[1] ?? ''
    return [...notice.matchAll(/<(?:p|bdi)>(.*?)<\/(?:p|bdi)>/g)].map(([, words]) => words)
  }
  const stands = [
    'Title (English)',
    'Title (French)',
    `https://example.org/${draft}-ar.pdf (Arabic)`,
    'ISBN 9789290000000',
  ]
  expect(await told(seen, draft)).toEqual([t('merge.disclose.public', { number: 2 }), ...stands])
  expect(await told(draft, members)).toEqual([t('merge.disclose.members', { number: 1 }), ...stands])
  expect(await told(members, seen)).toEqual([t('merge.disclose.public', { number: 1 }), 'Title (English)'])
  expect(await told(seen, await aPublication(hub, { title: 'Seen too' }))).toEqual([])
})

test('what was merged is not published again, and its page at the desk says what it was merged into', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const [into, from] = [await aPublication(hub, { title: 'Stays' }), await aPublication(hub, { title: 'Goes' })]
  await merge(editor, [into, from])
  const path = `/en/desk/records/${from}`
  const refused = await editor.post(`${path}/publish`, {})
  const pages = [await refused.text()]
  for (const screen of ['', '/publish', '/history', '/editions'])
    pages.push(await (await editor.get(path + screen)).text())
  for (const page of pages) {
    expect(page).toContain(t('desk.merged'))
    expect(page).toContain(`<a href="/en/desk/records/${into}">Stays</a>`)
    for (const words of ['desk.publish.again', 'desk.checks'] as const) expect(page).not.toContain(t(words))
  }
  expect(refused.status).toBe(422)
  expect(await leadsTo(hub, `/r/${from}`)).toEqual([302, '/en/library/stays'])
  expect(await (await editor.get(`/en/desk/records/${into}`)).text()).not.toContain(t('desk.merged'))
})

test('two that nobody proposed are compared by their ids or addresses', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const [one, other] = [await aPublication(hub, { title: 'One' }), await aPublication(hub, { title: 'Other' })]
  const sent = await editor.post(list, { one: `https://hub.example/en/desk/records/${one}`, other })
  expect(sent.headers.get('location')).toBe(`${list}/${one}/${other}`)
  const same = await editor.post(list, { one, other: one })
  expect([same.status, await same.text()]).toEqual([422, expect.stringContaining(t('merge.problem.same'))])
  const unknown = await editor.post(list, { one, other: 'pub_unknown' })
  expect([unknown.status, await unknown.text()]).toEqual([422, expect.stringContaining(t('merge.unknown'))])
})

test('only editors compare and merge', async () => {
  await using hub = await openHub()
  const [one, other] = [await aPublication(hub, { title: 'One' }), await aPublication(hub, { title: 'Other' })]
  const contributor = await hub.as(['contributor'])
  const path = `${list}/${one}/${other}`
  expect((await contributor.get(list)).status).toBe(404)
  expect((await contributor.get(path)).status).toBe(404)
  expect((await contributor.post(path, { do: 'merge', into: one })).status).toBe(404)
  expect((await hub.get('/en/library/other')).status).toBe(200)
})
