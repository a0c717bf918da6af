import { expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { fillHub } from './fill-hub.ts'

const pages = `
  /en /en/seminars /en/seminars?theme=c1 /en/seminars?series=zq-series-1 /en/series/zq-series-1
  /en/seminars/zq-seminar-1 /en/seminars/zq-seminar-1/agenda /en/seminars/zq-seminar-1/sessions/1
  /en/seminars/zq-seminar-1.ics /en/seminars/zq-seminar-1/schedule.xml /en/seminars/zq-seminar-1/schedule.json
  /en/library /en/library?type=paper&theme=c1&place=BE&lang=en&year=2021&sort=title /en/library/zq-publication-1
  /en/programmes /en/programmes/zq-programme-1 /en/organisations /en/organisations/zq-organisation-1 /en/people
  /en/people/zq-person-1 /en/themes /en/themes/theme /en/themes/theme/c1 /en/places /en/places/BE /en/about
  /en/calendar.ics /en/feed.atom /en/podcast.xml /sitemap.xml /api/v1/seminars /api/v1/seminars?phase=recorded
  /api/v1/sessions /api/v1/programmes /api/v1/organisations /api/v1/publications /api/v1/schemes /api/v1/concepts
  /api/v1/search?q=zq /en/search?q=zq /en/search.atom?q=zq /vocabularies/theme.ttl
`
  .trim()
  .split(/\s+/)

/** A query of the embedded database takes half a millisecond: pages that are read most are held to few. */
function mostFor(path: string): number {
  // What is recorded is another record with parts of its own.
  if (path.includes('/sessions')) return 24
  // The first page draws on more features than any other.
  if (path === '/en') return 13
  return /^\/en(\/(seminars|series|library|programmes|people)(\/[^/]+)?)?$/.test(path) ? 12 : 18
}

/** How many queries each page takes, the second time it is asked for: the first reads what the hub says of itself. */
async function count(hub: TestHub): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const path of pages) {
    const { status } = await hub.get(path)
    expect([path, status]).toEqual([path, 200])
    counted[path] = (await countQueries(async () => hub.get(path))).queries.length
  }
  return counted
}

test('a page asks the database as often for one of everything as for three', async () => {
  await using small = await openHub()
  await fillHub(small, 1)
  const forOne = await count(small)
  await using large = await openHub()
  await fillHub(large, 3)
  const forThree = await count(large)

  expect(forThree).toEqual(forOne)
  expect(Object.entries(forThree).filter(([path, queries]) => queries < 1 || queries > mostFor(path))).toEqual([])
})

test('a page that is kept asks nothing', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  await hub.get('/fr/seminars')

  expect((await countQueries(async () => hub.get('/fr/seminars'))).queries).toEqual([])
})
