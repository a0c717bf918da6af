import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { moveHubVersion, setStatus, type KindName } from '#features/records/index.ts'
import { deed } from '#testing/makers.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { fillHub, type Filled } from './fill-hub.ts'
import { readSitemap } from './site.ts'

/** Every address that can be asked for: pages, what programs read, and the addresses of each record by its id. */
async function listDoors(hub: TestHub, filled: Filled): Promise<string[]> {
  const pages = (await readSitemap(hub)).flatMap((entry) => entry['en'] ?? [])
  const seminars = pages.filter((path) => /^\/en\/seminars\/[^/]+$/.test(path))
  const ofSeminars = ['.ics', '/schedule.xml', '/schedule.json', '/sessions/1', '/agenda']
  const lists = ['seminars', 'sessions', 'programmes', 'organisations', 'schemes', 'concepts']
  const singles: Partial<Record<KindName, string>> = {
    seminar: 'seminars',
    session: 'sessions',
    programme: 'programmes',
    organisation: 'organisations',
    scheme: 'schemes',
    concept: 'concepts',
  }
  const ids = Object.entries(filled).flatMap(([kind, ids]) => ids.map((id) => [kind, id] as const))
  const doors = [
    '/en/seminars?theme=c1',
    '/en/seminars?series=zq-series-1',
    '/en/places/BE',
    '/en/places/002',
    '/en/search?q=zq&kind=seminar',
    ...[1, 2, 3, 4, 5].map((page) => `/en/search?q=zq&page=${page}`),
    '/api/v1/search?q=zq&limit=100',
    '/en/search.atom?q=zq&kind=seminar',
    '/sitemap.xml',
    '/en/feed.atom',
    '/en/podcast.xml',
    '/en/calendar.ics',
    '/vocabularies/theme.ttl',
    '/vocabularies/theme.jsonld',
    ...seminars.flatMap((path) => ofSeminars.map((end) => path + end)),
    ...lists.map((name) => `/api/v1/${name}`),
    ...ids.flatMap(([kind, id]) => {
      const single = Object.entries(singles).find(([name]) => name === kind)?.[1]
      return [`/r/${id}`, `/api/v1/records/${id}`, ...(single ? [`/api/v1/${single}/${id}`] : [])]
    }),
  ]
  return [...new Set([...pages, ...doors])]
}

interface Walked {
  readonly door: string
  readonly status: number
  readonly text: string
}

async function walk(hub: TestHub, doors: readonly string[]): Promise<Walked[]> {
  const walked: Walked[] = []
  for (const door of doors) {
    const response = await hub.get(door)
    walked.push({ door, status: response.status, text: `${response.headers.get('location')} ${await response.text()}` })
  }
  return walked
}

/** The doors behind which a record's name, its slug or its id can be read. An error may name the address that was asked for. */
const tellOf = (walked: readonly Walked[], kind: string, id: string): string[] =>
  walked
    .filter(({ door, status, text }) => {
      const asked = door.split('/').filter((part) => part.length > 5)
      const told = status < 400 ? text : asked.reduce((rest, part) => rest.replaceAll(part, ''), text)
      return new RegExp(`zq.${kind}.1\\b|${id}`, 'i').test(told)
    })
    .map(({ door }) => door)

const hide = {
  draft: async (hub: TestHub, id: string) =>
    hub.kysely.updateTable('record').set({ status: 'draft' }).where('id', '=', id).execute(),
  'for members': async (hub: TestHub, id: string) =>
    hub.kysely.updateTable('record').set({ visibility: 'members' }).where('id', '=', id).execute(),
  withdrawn: async (hub: TestHub, id: string) => setStatus(handlesOf(hub.kysely).records, id, 'withdrawn', deed),
}

test.each(['draft', 'for members', 'withdrawn'] as const)('a seminar that is %s is behind no door', async (how) => {
  await using hub = await openHub()
  const filled = await fillHub(hub, 2)
  const [id = ''] = filled.seminar
  const doors = await listDoors(hub, filled)
  const before = await walk(hub, doors)
  expect(before.filter(({ status }) => status >= 400)).toEqual([])
  const told = tellOf(before, 'seminar', id)
  expect(told).toEqual(
    expect.arrayContaining([
      '/en',
      '/en/seminars',
      '/en/seminars?theme=c1',
      '/en/seminars?series=zq-series-1',
      '/en/series/zq-series-1',
      '/en/themes/theme/c1',
      '/en/places/BE',
      '/en/people/zq-person-1',
      '/en/organisations/zq-organisation-1',
      '/en/programmes/zq-programme-1',
      '/en/seminars/zq-seminar-2',
      '/en/search?q=zq&kind=seminar',
      '/en/feed.atom',
      '/en/calendar.ics',
      '/sitemap.xml',
      '/api/v1/seminars',
      '/api/v1/sessions',
      '/api/v1/search?q=zq&limit=100',
      '/en/search.atom?q=zq&kind=seminar',
      `/r/${id}`,
      `/api/v1/records/${id}`,
    ]),
  )

  await hide[how](hub, id)
  await moveHubVersion(handlesOf(hub.kysely).records)

  const after = await walk(hub, doors)
  expect(tellOf(after, 'seminar', id)).toEqual([])
  const gone = after.filter(({ door }) => door.includes('/zq-seminar-1') || door.endsWith(id))
  expect(gone.length).toBeGreaterThan(8)
  expect(gone.filter(({ status }) => status !== 404)).toEqual([])
  expect((await hub.get('/en/seminars/zq-seminar-1/agenda.pdf')).status).toBe(404)
  // Its sessions and recordings are published, and still nobody comes to them but through it.
  const parts = [
    ...(await hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', id).execute()),
    ...(await hub.kysely.selectFrom('material').select('id').where('seminar_id', '=', id).execute()),
  ]
  expect(parts.length).toBe(4)
  const ofParts = after.filter(({ door }) => parts.some((part) => door.endsWith(part.id)))
  expect(ofParts.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 404))
})

test('parts, people, terms and what else is withdrawn is behind no door, also where what it is tied to stays', async () => {
  await using hub = await openHub()
  const filled = await fillHub(hub, 2)
  const kinds = ['session', 'material', 'person', 'organisation', 'programme', 'funding', 'series', 'concept'] as const
  const firsts = kinds.map((kind) => [kind, filled[kind][0] ?? ''] as const)
  const doors = await listDoors(hub, filled)
  const before = await walk(hub, doors)
  for (const [kind, id] of firsts) expect([kind, tellOf(before, kind, id).length > 3]).toEqual([kind, true])

  for (const [, id] of firsts) await hide.withdrawn(hub, id)

  const after = await walk(hub, doors)
  expect(firsts.map(([kind, id]) => [kind, tellOf(after, kind, id)])).toEqual(kinds.map((kind) => [kind, []]))
  // The second of each is still there, on the page of the seminar that had both.
  const page = after.find(({ door }) => door === '/en/seminars/zq-seminar-1')?.text ?? ''
  const seconds = ['session 3', 'material 3', 'person 2', 'organisation 2', 'programme 2', 'funding 2', 'concept 2']
  expect(seconds.filter((name) => !page.includes(`Zq ${name}`))).toEqual([])
})

test('a vocabulary that is withdrawn takes its terms along', async () => {
  await using hub = await openHub()
  const filled = await fillHub(hub, 1)
  const terms = [...filled.scheme, ...filled.concept]
  const doors = await listDoors(hub, filled)
  const telling = async () => {
    const walked = await walk(hub, doors)
    return [tellOf(walked, 'scheme', terms[0] ?? ''), tellOf(walked, 'concept', terms[1] ?? '')]
  }
  expect((await telling()).map((told) => told.length > 3)).toEqual([true, true])

  await hide.withdrawn(hub, terms[0] ?? '')

  expect(await telling()).toEqual([[], []])
})
