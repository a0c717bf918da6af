import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { changeSlug, hubId, setStatus } from '#features/records/index.ts'
import { deed, aSeminar } from '#testing/makers.ts'
import { openHub, wordsOf, type TestHub } from '#testing/hub.ts'
import { readMarkup } from './markup-reader.ts'

/** Status and where it leads. */
async function lead(hub: TestHub, path: string, headers = {}): Promise<[number, string | null]> {
  const response = await hub.get(path, headers)
  return [response.status, response.headers.get('location')]
}

const arabic = encodeURIComponent('جسور')

test('an address of another language, or of former days, leads to the proper one with all that follows it', async () => {
  await using hub = await openHub()
  const title = { en: 'Bridges', fr: 'Passerelles', ar: 'جسور' }
  const id = await aSeminar(hub.kysely, { title, sessions: ['One', 'Two'] })
  await changeSlug(handlesOf(hub.kysely).records, id, 'fr', 'Ponts', deed)

  for (const suffix of ['', '/agenda', '/agenda.pdf', '/sessions/2', '.ics', '/schedule.xml', '/schedule.json']) {
    expect(await lead(hub, `/fr/seminars/passerelles${suffix}`)).toEqual([301, `/fr/seminars/ponts${suffix}`])
    expect(await lead(hub, `/fr/seminars/bridges${suffix}`)).toEqual([301, `/fr/seminars/ponts${suffix}`])
    expect(await lead(hub, `/ar/seminars/ponts${suffix}`)).toEqual([301, `/ar/seminars/${arabic}${suffix}`])
    expect(await lead(hub, `/en/seminars/${arabic}${suffix}`)).toEqual([301, `/en/seminars/bridges${suffix}`])
    expect(await lead(hub, `/es/seminars/ponts${suffix}`)).toEqual([301, `/es/seminars/bridges${suffix}`])
  }
  expect(await lead(hub, '/fr/seminars/ponts')).toEqual([200, null])
})

test('people, organisations, programmes and series lead to their proper addresses as well', async () => {
  await using hub = await openHub({ seeded: true })
  const { records } = handlesOf(hub.kysely)
  const rows = await hub.kysely
    .selectFrom('record_slug')
    .innerJoin('record', 'record.id', 'record_slug.record_id')
    .select(['record_id as id', 'record.kind', 'slug'])
    .where('lang', '=', 'en')
    .where('record.kind', 'in', ['person', 'organisation', 'programme', 'series'])
    .execute()
  const folders = { person: 'people', organisation: 'organisations', programme: 'programmes', series: 'series' }
  const led: string[] = []
  for (const [kind, folder] of Object.entries(folders)) {
    const row = rows.find((one) => one.kind === kind)
    if (!row) continue
    await changeSlug(records, row.id, 'en', `new-${kind}`, deed)
    const answer = await lead(hub, `/en/${folder}/${encodeURIComponent(row.slug)}`)
    expect(answer).toEqual([301, `/en/${folder}/new-${kind}`])
    expect(await lead(hub, `/en/${folder}/new-${kind}`)).toEqual([200, null])
    led.push(kind)
  }
  expect(led).toEqual(Object.keys(folders))
})

test('an id for life leads to the best page of its record, in the reader’s language', async () => {
  await using hub = await openHub({ seeded: true })
  const kinds = await hub.kysely
    .selectFrom('record')
    .select((select) => ['kind', select.fn.min('id').as('id')])
    .groupBy('kind')
    .orderBy('kind')
    .execute()
  expect(kinds.map((row) => row.kind).join(' ')).toBe(
    'concept funding hub material organisation person programme publication recording scheme seminar series session track',
  )
  const places: Record<string, RegExp> = {
    concept: /^\/fr\/themes\/[\w-]+\/[\w.-]+$/,
    funding: /^\/fr\/(seminars\/|about$)/,
    hub: /^\/fr\/about$/,
    material: /^\/fr\/seminars\/[\w-]+$/,
    organisation: /^\/fr\/organisations\/[\w-]+$/,
    person: /^\/fr\/people\/[\w-]+$/,
    programme: /^\/fr\/programmes\/[\w-]+$/,
    publication: /^\/fr\/library\/[\w-]+$/,
    recording: /^\/fr\/seminars\/[\w-]+\/sessions\/1$/,
    scheme: /^\/fr\/themes/,
    seminar: /^\/fr\/seminars\/[\w-]+$/,
    series: /^\/fr\/series\/[\w-]+$/,
    session: /^\/fr\/seminars\/[\w-]+\/sessions\/\d+$/,
    track: /^\/fr\/seminars\/[\w-]+\/sessions\/1$/,
  }
  for (const { kind, id } of kinds) {
    const [status, location] = await lead(hub, `/r/${id}`, { 'accept-language': 'fr' })
    expect([kind, status, location]).toEqual([kind, 302, expect.stringMatching(places[kind] ?? /^$/)])
    expect([location, (await hub.get(location ?? '/')).status]).toEqual([location, 200])
  }
  expect(await lead(hub, `/r/${hubId}`, { 'accept-language': 'ar' })).toEqual([302, '/ar/about'])
})

test('what is withdrawn is gone from every address, the kept ones too, and comes back when it is published again', async () => {
  await using hub = await openHub({ cache: true })
  const { records } = handlesOf(hub.kysely)
  const id = await aSeminar(hub.kysely, { title: { en: 'Bridges' }, sessions: ['One'] })
  const addresses = ['', '/agenda', '/sessions/1', '.ics', '/schedule.xml'].map((end) => `/en/seminars/bridges${end}`)
  const statuses = async () => Promise.all([...addresses, `/r/${id}`].map(async (path) => (await hub.get(path)).status))
  expect(await statuses()).toEqual([200, 200, 200, 200, 200, 302])

  await setStatus(records, id, 'withdrawn', deed)
  hub.forget()
  expect(await statuses()).toEqual([404, 404, 404, 404, 404, 404])

  await setStatus(records, id, 'published', deed)
  hub.forget()
  expect(await statuses()).toEqual([200, 200, 200, 200, 200, 302])
})

test('an address of a former site leads to where its content is now', async () => {
  await using hub = await openHub()
  await hub.kysely
    .insertInto('redirect')
    .values([
      { path: '/fr/seminaires-anciens', target: '/fr/seminars', created_at: deed.at },
      { path: '/node/42', target: '/en/about', created_at: deed.at },
    ])
    .execute()

  expect(await lead(hub, '/node/42')).toEqual([301, '/en/about'])
  expect(await lead(hub, '/fr/seminaires-anciens')).toEqual([301, '/fr/seminars'])
  expect(await lead(hub, '/node/43')).toEqual([404, null])
})

test('the door of the hub leads to the language a reader prefers among those it speaks', async () => {
  await using hub = await openHub({ cache: true })
  const preferred = async (accept: string) => lead(hub, '/', { 'accept-language': accept })
  expect(await preferred('fr-BE, en;q=0.5')).toEqual([302, '/fr'])
  expect(await preferred('de, ar;q=0.8, en;q=0.5')).toEqual([302, '/ar'])
  expect(await preferred('tlh')).toEqual([302, '/en'])
  expect(await preferred('pt-BR;q=0.9, es;q=0')).toEqual([302, '/pt'])
  expect(await lead(hub, '/')).toEqual([302, '/en'])
  expect((await hub.get('/')).headers.get('vary')).toContain('Accept-Language')
})

test('an untidy address leads to the tidy one, its query kept', async () => {
  await using hub = await openHub()
  expect(await lead(hub, '/fr/seminars/')).toEqual([301, '/fr/seminars'])
  expect(await lead(hub, '/fr//seminars')).toEqual([301, '/fr/seminars'])
  expect(await lead(hub, '/fr/seminars/?page=2')).toEqual([301, '/fr/seminars?page=2'])
  expect(await lead(hub, '//evil.example/x/')).toEqual([301, '/evil.example/x'])
  expect(await lead(hub, '/fr/')).toEqual([301, '/fr'])
})

test('what there is not is told in the reader’s language: that of the address, else what they accept', async () => {
  await using hub = await openHub({ seeded: true })
  const missing = [
    ['/fr/seminars/rien', '', 'fr'],
    ['/ar/themes/theme/rien', '', 'ar'],
    ['/es/places/QQ', '', 'es'],
    ['/pt/people/ninguem', 'fr', 'pt'],
    ['/fr/seminars/developpement-durable-et-reintegration-2021/sessions/5', '', 'fr'],
    ['/fr/seminars/developpement-durable-et-reintegration-2021/sessions/01', '', 'fr'],
    ['/xx/seminars', 'es-MX', 'es'],
    ['/seminars', 'ar', 'ar'],
    ['/nowhere', '', 'en'],
    ['/r/sem_unknown', 'fr', 'fr'],
    ['/r/nothing', 'pt', 'pt'],
  ] as const
  for (const [path, accept, lang] of missing) {
    const response = await hub.get(path, accept ? { 'accept-language': accept } : {})
    const page = readMarkup(await response.text())
    expect([path, response.status, page.lang, page.headings]).toEqual([
      path,
      404,
      lang,
      [wordsOf(lang)['error.notFound']],
    ])
    expect(response.headers.get('cache-control')).toBe('no-store')
  }
})
