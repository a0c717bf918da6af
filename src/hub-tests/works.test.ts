import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertOrganisations, insertPeople, insertProgrammes } from '#features/directory/index.ts'
import { openHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { aPublication } from '#testing/publications.ts'

test('whoever made it, the place and the programme list what the library has, and lead to all of it', async () => {
  await using hub = await openHub()
  const { directory } = handlesOf(hub.kysely)
  const person = await aRecord(hub.kysely, 'person', { name: { en: 'Amina Benali' } })
  await insertPeople(directory, [{ id: person, organisation_id: null }])
  const firm = await aRecord(hub.kysely, 'organisation', { name: { en: 'Samuel Hall' } })
  await insertOrganisations(directory, [{ id: firm, type: 'network' }])
  const programme = await aRecord(hub.kysely, 'programme', { name: { en: 'A programme' } })
  await insertProgrammes(directory, [{ id: programme, from_year: '2017', to_year: null }])
  await aPublication(hub, { title: 'Kept back', authors: [person, firm], places: ['ET'], status: 'draft' })
  const none = await (await hub.get('/en/people/amina-benali')).text()
  expect(none).not.toContain('Kept back')

  const links = [{ to: programme, relation: 'presents' as const }]
  for (let number = 1; number <= 11; number += 1) {
    const issued = `20${10 + number}`
    await aPublication(hub, { title: `Work no. ${number}`, issued, authors: [person, firm], places: ['ET'], links })
  }
  for (const [path, query] of [
    ['/en/people/amina-benali', `author=${person}`],
    ['/en/organisations/samuel-hall', `author=${firm}`],
    ['/en/places/ET', 'place=ET'],
    ['/en/programmes/a-programme', `programme=${programme}`],
  ] as const) {
    const html = await (await hub.get(path)).text()
    // The newest ten, and the way to the eleventh.
    expect([path, html.match(/Work no\. \d+/g)?.length, html.includes('Work no. 1<')]).toEqual([path, 10, false])
    expect(html).toContain(`<a href="/en/library?${query}">All of these in the library</a>`)
    const all = await (await hub.get(`/en/library?${query}`)).text()
    expect([path, all.match(/>Work no\. \d+/g)?.length]).toEqual([path, 11])
    expect(all).not.toContain('Kept back')
  }
})

test('the first page shows the newest publications and the way to the library', async () => {
  await using hub = await openHub()
  await aPublication(hub, { title: 'The old one', issued: '1999' })
  for (const issued of ['2020', '2021-03', '2021-04-01']) await aPublication(hub, { title: `Of ${issued}`, issued })
  const html = await (await hub.get('/en')).text()
  const titles = [...html.matchAll(/>(Of [\d-]+|The old one)</g)].map(([, title]) => title)
  expect(titles).toEqual(['Of 2021-04-01', 'Of 2021-03', 'Of 2020'])
  expect(html).toContain('<a href="/en/library">The whole library</a>')
})
