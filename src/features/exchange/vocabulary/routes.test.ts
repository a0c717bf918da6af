import { Hono } from 'hono'
import { Parser } from 'n3'
import { expect, test } from 'vitest'
import { aText } from '#testing/seminar-values.ts'
import { vocabularyRoutes } from './routes.ts'

const app = new Hono().route(
  '/vocabularies',
  vocabularyRoutes({
    origin: 'https://hub.example',
    languages: ['en', 'fr'],
    listSchemes: async () => [{ id: 'sch_01', notation: 'sdg', texts: { label: [aText('Goals')] } }],
    listConcepts: async () => [],
  }),
)
app.onError((error, c) => c.text(error.name, 404))

test.each([
  ['text/turtle', '/vocabularies/sdg.ttl'],
  ['application/ld+json', '/vocabularies/sdg.jsonld'],
  ['application/json', '/vocabularies/sdg.jsonld'],
  ['text/html;q=0.5, text/turtle', '/vocabularies/sdg.ttl'],
  ['text/html,application/xhtml+xml,*/*;q=0.8', '/fr/themes/sdg'],
  ['image/png', '/fr/themes/sdg'],
  ['', '/fr/themes/sdg'],
])('who accepts %j is led to %s', async (accept, location) => {
  const response = await app.request('/vocabularies/sdg', { headers: { accept, 'accept-language': 'fr' } })

  expect([response.status, response.headers.get('location')]).toEqual([303, location])
  expect([response.headers.get('vary'), response.headers.get('cache-control')]).toEqual([
    'Accept, Accept-Language',
    'private, no-cache',
  ])
})

test('each format comes as its own type, open to other sites', async () => {
  const turtle = await app.request('/vocabularies/sdg.ttl')
  const jsonLd = await app.request('/vocabularies/sdg.jsonld')

  expect([turtle.headers.get('content-type'), jsonLd.headers.get('content-type')]).toEqual([
    'text/turtle; charset=utf-8',
    'application/ld+json',
  ])
  expect([
    turtle.headers.get('access-control-allow-origin'),
    jsonLd.headers.get('access-control-allow-origin'),
  ]).toEqual(['*', '*'])
  expect(new Parser().parse(await turtle.text()).length).toBe(3)
  expect(await jsonLd.json()).toMatchObject({
    '@graph': [{ id: 'https://hub.example/vocabularies/sdg', prefLabel: { en: 'Goals' } }],
  })
})

test.each(['/vocabularies/none', '/vocabularies/none.ttl', '/vocabularies/sdg.xml', '/vocabularies/.ttl'])(
  '%s is not there',
  async (path) => {
    const response = await app.request(path)

    expect([response.status, await response.text()]).toEqual([404, 'NotFoundError'])
  },
)
