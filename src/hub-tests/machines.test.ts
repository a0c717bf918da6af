import { Validator } from '@seriousme/openapi-schema-validator'
import { XMLParser } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { Parser } from 'n3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { saveText } from '#features/records/index.ts'
import { deed, aSeminar } from '#testing/makers.ts'
import { interfaceLanguages, openHub, type TestHub } from '#testing/hub.ts'
import { readMarkup } from './markup-reader.ts'

// The tests of this part only read, save those that open a hub of their own and stand last.
let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ seeded: true })
})
afterAll(async () => hub[Symbol.asyncDispose]())

const december = {
  en: '/en/seminars/sustainable-development-and-reintegration-2021',
  fr: '/fr/seminars/developpement-durable-et-reintegration-2021',
  ar: `/ar/seminars/${encodeURIComponent('التنمية-المستدامة-وإعادة-الإدماج-2021')}`,
}

const text = async (path: string, type: string): Promise<string> => {
  const response = await hub.get(path)
  expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 200, type])
  return response.text()
}

/** An answer of the API, to be looked into. */
const json = async (path: string) => Object(JSON.parse(await text(path, 'application/json')))

test('a seminar’s page tells programs that it is an event with its sessions', async () => {
  const page = readMarkup(await text(december.fr, 'text/html; charset=UTF-8'))
  expect(page.jsonLd.length).toBe(1)
  const event = Object(JSON.parse(page.jsonLd[0] ?? ''))

  expect([event['@context'], event['@type'], event.inLanguage]).toEqual(['https://schema.org', 'Event', ['en', 'fr']])
  expect([event.name, event.startDate, event.endDate]).toEqual([page.headings[0], '2021-12-01', '2021-12-02'])
  expect(event.url).toBe(hub.origin + december.fr)
  expect(event.subEvent.map((one: { '@type': string }) => one['@type'])).toEqual(['Event', 'Event', 'Event', 'Event'])
})

test('every page that carries linked data carries it whole', async () => {
  const paths = ['/en', '/en/seminars', december.en, `${december.en}/sessions/1`, '/en/programmes', '/en/themes/theme']
  const kinds = []
  for (const path of paths) {
    const { jsonLd } = readMarkup(await text(path, 'text/html; charset=UTF-8'))
    for (const one of jsonLd) kinds.push([path, typeof JSON.parse(one)])
  }
  expect(kinds.length).toBeGreaterThan(1)
  expect(kinds.filter(([, kind]) => kind !== 'object')).toEqual([])
})

/** The events of a calendar, as a calendar program reads them. */
async function readCalendar(path: string): Promise<ICAL.Event[]> {
  const component = ICAL.Component.fromString(await text(path, 'text/calendar; charset=utf-8'))
  return component.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

const iso = (time: { toJSDate: () => Date }) => time.toJSDate().toISOString()

test('a calendar program reads each session of the seminar, and of the whole hub', async () => {
  const example = await json('/api/v1/seminars?phase=registration-open')
  const sessions: { startsAt: string; endsAt: string }[] = example.items[0].sessions
  const events = await readCalendar('/en/seminars/example-seminar.ics')
  expect(sessions.length).toBe(3)
  expect(events.map((event) => [iso(event.startDate), iso(event.endDate)])).toEqual(
    sessions.map(({ startsAt, endsAt }) => [new Date(startsAt).toISOString(), new Date(endsAt).toISOString()]),
  )

  const all = await readCalendar('/fr/calendar.ics')
  const uids = all.map((event) => event.uid)
  expect(new Set(uids).size).toBe(uids.length)
  expect(uids).toEqual(expect.arrayContaining(events.map((event) => event.uid)))
  for (const lang of ['en', 'fr', 'ar'] as const)
    expect((await readCalendar(`${december[lang]}.ics`)).length).toBeGreaterThan(0)
})

test('the schedule holds every session of the seminar, as XML and as JSON', async () => {
  const { items } = await json('/api/v1/seminars')
  for (const seminar of items) {
    const path = new URL(seminar.url).pathname
    const xml = await text(`${path}/schedule.xml`, 'application/xml; charset=utf-8')
    const parsed = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^(day|room|event)$/.test(name) }).parse(
      xml,
      true,
    )
    const days: { room?: { event?: { title: string }[] }[] }[] = parsed.schedule.day ?? []
    const titles = days.flatMap((day) => (day.room ?? []).flatMap((room) => room.event ?? [])).map((one) => one.title)
    const wanted: string[] = seminar.sessions.map((session: { title: { value: string } }) => session.title.value)
    expect([path, titles.toSorted()]).toEqual([path, wanted.toSorted()])

    const { schedule } = await json(`${path}/schedule.json`)
    const rooms = schedule.conference.days.flatMap((day: { rooms: object }) => Object.values(day.rooms))
    expect([path, rooms.flat().length]).toEqual([path, wanted.length])
  }
})

test('the agenda is a PDF in every script', async () => {
  for (const path of [december.fr, december.ar]) {
    const response = await hub.get(`${path}/agenda.pdf`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([bytes.subarray(0, 5).toString(), bytes.length > 5000]).toEqual(['%PDF-', true])
  }
})

test('the interface for programs describes itself, and does what it says', async () => {
  const description = await json('/api/v1/openapi.json')
  expect(await new Validator().validate(description)).toEqual({ valid: true })
  expect(description.openapi).toMatch(/^3\.1\./)

  const paths = Object.keys(description.paths).filter((one) => !one.includes('{') && one !== '/search')
  expect(paths.length).toBeGreaterThan(6)
  for (const path of paths) {
    const list = await json(`/api/v1${path}`)
    expect([path, Object.keys(list), list.items.length > 0]).toEqual([path, ['items', 'total', 'next'], true])
    const one = Object.keys(description.paths).includes(`${path}/{id}`)
    expect(one).toBe(true)
    expect([path, await json(`/api/v1${path}/${list.items[0].id}`)]).toEqual([path, list.items[0]])
  }
})

test('a list is read to its end by its next addresses', async () => {
  const ids: string[] = []
  let next: string | null = `${hub.origin}/api/v1/concepts?limit=50`
  let total = 0
  while (next !== null) {
    const page = await json(next.slice(hub.origin.length))
    ids.push(...page.items.map((item: { id: string }) => item.id))
    next = page.next
    total = page.total
  }

  expect(total).toBeGreaterThan(100)
  expect([ids.length, new Set(ids).size]).toEqual([total, total])
})

test('programs on other sites may read what is public', async () => {
  for (const path of ['/api/v1/seminars', '/fr/calendar.ics', '/fr/feed.atom', '/vocabularies/theme.ttl']) {
    expect([path, (await hub.get(path)).headers.get('access-control-allow-origin')]).toEqual([path, '*'])
  }
  expect((await hub.get('/fr/seminars')).headers.get('access-control-allow-origin')).toBeNull()
})

test('every vocabulary is SKOS in Turtle and in JSON-LD', async () => {
  const { items } = await json('/api/v1/schemes')
  expect(items.length).toBeGreaterThan(3)
  for (const { notation } of items) {
    const quads = new Parser().parse(await text(`/vocabularies/${notation}.ttl`, 'text/turtle; charset=utf-8'))
    const concepts = quads.filter(({ object }) => object.value === 'http://www.w3.org/2004/02/skos/core#Concept')
    const { total } = await json(`/api/v1/concepts?scheme=${notation}`)
    expect([notation, concepts.length]).toEqual([notation, total])
    const graph: unknown = JSON.parse(await text(`/vocabularies/${notation}.jsonld`, 'application/ld+json'))
    expect(typeof graph).toBe('object')
  }
})

test('the feed and the sitemap are XML whose addresses all answer', async () => {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^(entry|url|link)$/.test(name) })
  for (const lang of interfaceLanguages) {
    const { feed } = parser.parse(await text(`/${lang}/feed.atom`, 'application/atom+xml; charset=utf-8'), true)
    expect([lang, feed.entry.length]).toEqual([lang, 6])
    for (const { link } of feed.entry) {
      const path = new URL(link[0]['@_href']).pathname
      expect([path, (await hub.get(path)).status]).toEqual([path, 200])
    }
  }
})

test('a title with markup in it stays a title, in the page, the linked data, the feed and the calendar', async () => {
  await using own = await openHub()
  const evil = `</script><script>alert(1)</script><!-- "x" 'y' & ]]> \u2028 <b>bold</b>`
  const id = await aSeminar(own.kysely, { title: { en: evil }, startsOn: '2027-03-10', sessions: ['09:00–10:00'] })
  const { records } = handlesOf(own.kysely)
  await saveText(records, id, { field: 'objectives', lang: 'en', body: `[x](javascript:alert(1)) ${evil}` }, deed)
  const slug = 'script-script-alert-1-script-x-y-b-bold-b'
  for (const path of [`/en/seminars/${slug}`, `/en/seminars/${slug}/sessions/1`, '/en', '/en/seminars']) {
    const response = await own.get(path)
    expect([path, response.status]).toEqual([path, 200])
    const page = readMarkup(await response.text())
    const scripts = page.elements.filter((element) => element.tagName === 'script')
    expect(scripts.length).toBe(1 + page.jsonLd.length)
    expect(page.elements.some((element) => element.tagName === 'b')).toBe(false)
    expect(page.links.filter(({ href }) => /^javascript:/i.test(href))).toEqual([])
    expect(page.jsonLd.map((one) => typeof JSON.parse(one))).toEqual(page.jsonLd.map(() => 'object'))
  }
  const page = readMarkup(await (await own.get(`/en/seminars/${slug}`)).text())
  expect(Object(JSON.parse(page.jsonLd[0] ?? '')).name).toBe(evil)

  const feed = new XMLParser().parse(await (await own.get('/en/feed.atom')).text(), true)
  expect(String(feed.feed.entry.title)).toContain('</script>')
  const calendar = ICAL.Component.fromString(await (await own.get(`/en/seminars/${slug}.ics`)).text())
  expect(calendar.getAllSubcomponents('vevent').length).toBe(1)
})
