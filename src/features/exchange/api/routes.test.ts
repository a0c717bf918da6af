import { Validator } from '@seriousme/openapi-schema-validator'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Organisation, Programme } from '#features/directory/index.ts'
import { searchQuery } from '#features/search/index.ts'
import { createAnswerError } from '#platform/http/answer-error.ts'
import { createLog } from '#platform/log.ts'
import { aRecorded } from '#testing/recorded-values.ts'
import { aSeminarValue, aSessionValue, aSpeakerValue, aText } from '#testing/seminar-values.ts'
import type { ApiDeps, SeminarFilter } from './deps.ts'
import { describeApi } from './openapi.ts'
import { operations } from './operations.ts'
import { apiRoutes } from './routes.tsx'
import { Problem } from './schemas/answers.ts'

const origin = 'https://hub.example'
const answerError = createAnswerError(() => 'a page', createLog({ level: 'silent' }))
const organisation: Organisation = {
  id: 'org_01',
  name: aText('African Union'),
  href: '/en/organisations/african-union',
  synthetic: false,
  type: 'regional-organisation',
  short: aText('AU'),
  summary: null,
  places: [{ code: '002', role: 'covers' }],
}
const programme: Programme = {
  id: 'prg_01',
  name: aText('Prottasha'),
  href: '/en/programmes/prottasha',
  synthetic: false,
  short: null,
  summary: aText('In Bangladesh.'),
  remark: null,
  from: '2017',
  to: null,
  places: [{ code: 'BD', role: 'covers' }],
  partners: [organisation],
  concepts: [],
}
const concept = {
  id: 'con_01',
  scheme: 'sdg',
  notation: '8',
  broader: [],
  narrower: [],
  related: ['gcm:16'],
  exactMatch: [],
  m49: [],
  texts: { label: [aText('Decent work'), aText('Travail décent', 'fr', 'current')] },
  translators: { label: { fr: 'usr_translator' } },
}
const publication = {
  id: 'pub_01',
  href: '/en/library/a-paper',
  work: {
    id: 'pub_01',
    types: ['study' as const],
    sourceLang: 'en',
    title: { en: 'A paper' },
    subtitle: {},
    summary: {},
    issued: '2021-08',
    series: { id: 'ser_01', name: 'Papers', number: 2 },
    contributors: [
      { role: 'author' as const, kind: 'organisation' as const, agentId: null, name: 'Samuel Hall', given: null },
    ],
    identifiers: [{ scheme: 'doi' as const, value: '10.1000/x' }],
    editions: [],
    concepts: [],
    places: ['BD'],
    funders: [],
  },
  texts: { title: [aText('A paper'), aText('Un document', 'fr', 'current')] },
  concepts: [],
  seriesId: 'ser_01',
  synthetic: false,
  publishedAt: null,
  updatedAt: '2021-01-01T00:00:00.000Z',
}
const found = {
  id: 'pub_01',
  kind: 'publication',
  title: aText('A paper'),
  href: '/en/library/a-paper',
  score: 0.5,
  isOwn: false,
  passages: [
    {
      lang: 'fr',
      href: '/en/library/a-paper/read/fr?page=12',
      anchor: { page: 12 },
      pieces: [
        { text: 'le ', isFound: false },
        { text: 'retour', isFound: true },
      ],
    },
  ],
}
const seminars = [1, 2, 3].map((number) =>
  aSeminarValue({
    id: `sem_0${number}`,
    sessions: [
      aSessionValue({
        isRecorded: true,
        speakers: [aSpeakerValue()],
        startsAt: '2021-12-01T13:00:00.000Z',
        endsAt: '2021-12-01T15:00:00.000Z',
      }),
    ],
    links: [
      {
        id: 'pub_01',
        kind: 'publication',
        relation: 'based_on',
        direction: 'to',
        title: aText('Paper 2'),
        href: null,
        note: null,
      },
    ],
    organisers: [organisation],
    funding: [{ id: 'fst_01', mark: 'eu', statement: aText('Funded by the European Union.'), funders: [organisation] }],
    concepts: [{ id: 'con_01', scheme: 'sdg', notation: '8', label: aText('Decent work'), href: '/en/themes/sdg/8' }],
    places: [{ code: 'ET', role: 'focus' }],
  }),
)

/** Whether the description has a component of this name. */
function isNamed(description: unknown, part: string, name: string): boolean {
  const object = z.record(z.string(), z.unknown())
  return name in object.parse(object.parse(object.parse(description)['components'])[part])
}

/** An interface over a few values, which remembers what it was asked. */
function openApi() {
  const asked: { filters: SeminarFilter[]; chains: (readonly string[])[] } = { filters: [], chains: [] }
  const deps: ApiDeps = {
    origin,
    languages: ['en', 'fr', 'ar'],
    listSeminars: async (reader, filter) => {
      asked.filters.push(filter)
      asked.chains.push(reader.chain)
      return {
        items: seminars.slice((filter.page - 1) * filter.limit, filter.page * filter.limit),
        total: 3,
        validUntil: '2030-01-01T00:00:00.000Z',
      }
    },
    readSeminar: async (_reader, id) => {
      const seminar = seminars.find((one) => one.id === id)
      return seminar ? { seminar, validUntil: null } : null
    },
    listSessions: async () => ({ items: seminars.map((seminar) => ({ seminar, number: 1 })), total: 3 }),
    findSession: async (id) => (id === 'ses_01' ? { seminarId: 'sem_01', number: 1 } : null),
    listRecorded: async (_reader, sessions) =>
      new Map(sessions.map(({ seminar, session }) => [session.id, seminar.id === 'sem_01' ? [aRecorded()] : []])),
    listProgrammes: async () => [programme],
    listOrganisations: async () => [organisation],
    listPublications: async () => ({ items: [publication], total: 1 }),
    readPublication: async (_reader, id) => (id === 'pub_01' ? publication : null),
    listSchemes: async () => [{ id: 'sch_01', notation: 'sdg', texts: { label: [aText('Goals')] } }],
    listConcepts: async (scheme) => (scheme === undefined || scheme === 'sdg' ? [concept] : []),
    search: async (_reader, query, limit) => ({
      items: [found],
      total: 300,
      facets: { kind: [{ value: 'publication', count: 300 }], lang: [{ value: 'fr', label: 'français', count: 2 }] },
      alsoSearched: ['retour'],
      suggestions: ['retours'],
      hasNext: query('page') !== '50' && limit < 300,
      at: 0,
      isComplete: query('q') !== 'early',
      isPartial: false,
    }),
    findLater: async () => null,
    readRecord: async (_reader, id) =>
      id === 'con_01'
        ? {
            id,
            kind: 'concept',
            sourceLang: 'en',
            links: [],
            synthetic: false,
            version: 1,
            publishedAt: null,
            updatedAt: '2021-01-01T00:00:00.000Z',
            texts: concept.texts,
          }
        : null,
  }
  const app = new Hono<{ Variables: { validUntil?: string | undefined } }>()
  let validUntil: string | undefined
  app.use(async (c, next) => {
    await next()
    validUntil = c.get('validUntil')
  })
  app.route('/api/v1', apiRoutes(deps))
  app.onError(async (error, c) =>
    answerError({ error, path: c.req.path, accept: c.req.header('accept'), lang: 'en', requestId: 'req_1' }),
  )
  const get = async (path: string, headers: Record<string, string> = {}) => app.request(`/api/v1${path}`, { headers })
  return { app, asked, get, validUntil: () => validUntil }
}

test.each([
  ['/seminars', operations.seminars.answer],
  [
    '/seminars?limit=2&page=2&phase=held&from=2021-01-01&to=2021-12-31&series=ser_01&theme=sdg:8&lang=fr',
    operations.seminars.answer,
  ],
  ['/seminars/sem_01', operations.seminar.answer],
  ['/sessions', operations.sessions.answer],
  ['/sessions/ses_01', operations.session.answer],
  ['/publications?series=ser_01&theme=sdg:8', operations.publications.answer],
  ['/publications/pub_01?lang=fr', operations.publication.answer],
  ['/programmes', operations.programmes.answer],
  ['/programmes/prg_01', operations.programme.answer],
  ['/organisations?lang=sw', operations.organisations.answer],
  ['/organisations/org_01', operations.organisation.answer],
  ['/schemes', operations.schemes.answer],
  ['/schemes/sdg', operations.scheme.answer],
  ['/concepts?scheme=sdg', operations.concepts.answer],
  ['/concepts/sdg:8', operations.concept.answer],
  ['/search', operations.search.answer],
  ['/search?q=retour&kind=publication&lang=fr&exact=1&page=50&limit=100', operations.search.answer],
  ['/records/con_01', operations.record.answer],
] as const satisfies readonly (readonly [string, z.ZodType])[])(
  '%s answers what its schema says and nothing else',
  async (path, schema) => {
    const response = await openApi().get(path)
    const body: unknown = await response.json()

    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    expect(schema.parse(body)).toEqual(body)
  },
)

test('what is found has whole addresses, its passages their place, and the list an end', async () => {
  const { get } = openApi()
  const answer = Object(await (await get('/search?q=return&limit=5')).json())

  expect(answer).toEqual({
    items: [
      {
        id: 'pub_01',
        kind: 'publication',
        url: 'https://hub.example/en/library/a-paper',
        lang: 'fr',
        title: { lang: 'en', state: 'source', value: 'A paper' },
        score: 0.5,
        passages: [
          {
            text: 'le retour',
            lang: 'fr',
            url: 'https://hub.example/en/library/a-paper/read/fr?page=12',
            anchor: { page: 12 },
          },
        ],
      },
    ],
    total: 300,
    facets: { kind: [{ value: 'publication', count: 300 }], lang: [{ value: 'fr', label: 'français', count: 2 }] },
    alsoSearched: ['retour'],
    suggestions: ['retours'],
    partial: false,
    complete: true,
    next: 'https://hub.example/api/v1/search?q=return&limit=5&page=2&at=0',
  })
  expect(Object(await (await get('/search?q=return&page=50')).json()).next).toBeNull()
})

test('what an index that is being made finds is not kept', async () => {
  const early = await openApi().get('/search?q=early')

  expect([early.headers.get('cache-control'), Object(await early.json()).complete]).toEqual([
    'private, no-store',
    false,
  ])
})

test('every name of the search page’s query is one of the interface, and so is `limit`', () => {
  expect(Object.keys(operations.search.query.shape).toSorted()).toEqual([...searchQuery, 'limit'].toSorted())
})

test('a seminar has the fields that were promised', async () => {
  const body: unknown = await (await openApi().get('/seminars/sem_01')).json()

  expect(body).toMatchObject({
    id: 'sem_01',
    url: 'https://hub.example/en/seminars/links',
    phase: 'held',
    title: { lang: 'en', state: 'source', value: 'Links between development and reintegration' },
    series: { id: 'ser_01', title: { value: 'Interregional seminars' }, number: 3, planned: null },
    sessions: [
      {
        id: 'ses_01',
        number: 1,
        startsAt: '2021-12-01T13:00:00.000Z',
        channels: [
          { lang: 'en', kind: 'floor' },
          { lang: 'fr', kind: 'interpretation' },
        ],
      },
    ],
    languages: [
      { lang: 'en', state: 'source' },
      { lang: 'fr', state: 'behind' },
    ],
    links: [{ id: 'pub_01', relation: 'based_on', url: 'https://hub.example/r/pub_01' }],
  })
})

test('a session has its recordings, with times in seconds and whole addresses', async () => {
  const body: unknown = await (await openApi().get('/sessions/ses_01')).json()
  const page = `${origin}/en/seminars/links/sessions/1`

  expect(body).toMatchObject({
    recorded: true,
    recordings: [
      {
        id: 'rec_01',
        url: `${page}#recording`,
        duration: 754.5,
        part: { from: 1, to: 90.5 },
        tracks: [
          {
            id: 'trk_01',
            kind: 'video',
            url: `${origin}/files/aa/day.mp4`,
            type: 'video/mp4',
            bytes: 5000,
            duration: 754.5,
            withheld: null,
            versions: [{ kind: 'audio', url: `${origin}/files/bb/day-audio.m4a`, type: 'audio/mp4', bytes: 900 }],
            captions: null,
          },
          { id: 'trk_02', kind: 'captions', lines: 3, captions: { vtt: `${page}/captions/en.vtt` } },
          { id: 'trk_03', kind: 'audio', url: null, withheld: 'takedown', type: null, bytes: null, versions: [] },
        ],
        chapters: [
          { from: 0, to: 20, title: { lang: 'fr', value: 'Début' }, slide: null },
          { from: 20, to: null, title: null, slide: 2 },
        ],
        chapterFiles: { json: `${page}/chapters/en.json` },
      },
    ],
  })
})

test('a list leads to its next page and ends', async () => {
  const { get, validUntil } = openApi()
  const first: unknown = await (await get('/seminars?limit=2&lang=fr')).json()
  const last: unknown = await (await get('/seminars?limit=2&lang=fr&page=2')).json()

  expect(first).toMatchObject({
    items: [{ id: 'sem_01' }, { id: 'sem_02' }],
    total: 3,
    next: 'https://hub.example/api/v1/seminars?limit=2&lang=fr&page=2',
  })
  expect(last).toMatchObject({ items: [{ id: 'sem_03' }], total: 3, next: null })
  expect(validUntil()).toBe('2030-01-01T00:00:00.000Z')
})

test('filters reach the hub as they were asked; a theme by name becomes its id', async () => {
  const { get, asked } = openApi()
  await get('/seminars?phase=held&from=2021-01-01&theme=sdg:8&series=ser_01')
  const unknown: unknown = await (await get('/seminars?theme=sdg:99')).json()

  expect(asked.filters).toEqual([
    { phase: 'held', from: '2021-01-01', series: 'ser_01', concept: 'con_01', page: 1, limit: 20 },
  ])
  expect(unknown).toEqual({ items: [], total: 0, next: null })
})

test.each([
  ['?lang=pt-br', {}, ['pt-BR', 'pt', 'en', 'fr', 'ar']],
  ['', { 'accept-language': 'ar,fr;q=0.5' }, ['ar', 'fr', 'en']],
  ['?lang=fr', { 'accept-language': 'ar' }, ['fr', 'en', 'ar']],
])('texts come in the language of %s with headers %j, else along the chain', async (query, headers, chain) => {
  const { get, asked } = openApi()
  const response = await get(`/seminars${query}`, headers)

  expect(asked.chains).toEqual([chain])
  expect(response.headers.get('vary')).toBe('Accept-Language')
})

test.each([
  ['/seminars?limit=0', 'query "limit": should be a whole number from 1 to 100'],
  ['/seminars?limit=101', 'query "limit": should be a whole number from 1 to 100'],
  ['/seminars?page=-1', 'query "page": should be a whole number from 1 to 100000'],
  ['/seminars?page=1e3', 'query "page": should be a whole number from 1 to 100000'],
  ['/seminars?from=2021-02-30', 'query "from": should be a day, such as 2021-12-01'],
  [
    '/seminars?phase=over',
    'query "phase": should be one of announced, registration-open, registration-closed, live, held, recorded',
  ],
  ['/seminars?lang=%00', 'query "lang": should be a language tag (BCP 47), such as fr or pt-BR'],
  ['/seminars?them=sdg:8', 'query "them": there is no such parameter here'],
  ['/seminars?page=1&page=2', 'query "page": given more than once'],
  ["/seminars?series='%20or%201=1", 'query "series": should be an id'],
  ['/seminars/sem_99', 'There is no such record: sem_99'],
  ['/sessions/ses_99', 'There is no such record: ses_99'],
  ['/records/sem_99', 'There is no such record: sem_99'],
  ['/nothing', 'There is no such resource of the API'],
])('%s is refused by name, to other sites too', async (path, detail) => {
  const response = await openApi().get(path)
  const status = detail.startsWith('query') ? 400 : 404
  const problem: unknown = await response.json()

  expect([
    response.status,
    response.headers.get('content-type'),
    response.headers.get('access-control-allow-origin'),
  ]).toEqual([status, 'application/problem+json', '*'])
  expect(problem).toMatchObject({
    type: 'about:blank',
    status,
    detail,
    instance: decodeURI(`/api/v1${path.split('?')[0] ?? ''}`),
  })
  expect(Problem.parse(problem)).toEqual(problem)
})

test('what cannot be done says what can', async () => {
  const response = await openApi().app.request('/api/v1/seminars', { method: 'POST' })

  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
})

test('other sites may ask', async () => {
  const headers = { origin: 'https://other.example', 'access-control-request-method': 'GET' }
  const response = await openApi().app.request('/api/v1/seminars', { method: 'OPTIONS', headers })

  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
})

test('the description is valid OpenAPI and every path in it answers', async () => {
  const { get } = openApi()
  const description: unknown = await (await get('/openapi.json')).json()

  expect(description).toEqual(JSON.parse(JSON.stringify(describeApi(origin))))
  expect(await new Validator().validate(JSON.parse(JSON.stringify(description)))).toEqual({ valid: true })
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)]
  expect(references.filter(([, part = '', name = '']) => !isNamed(description, part, name))).toEqual([])
  const paths = Object.keys(describeApi(origin).paths).filter((path) => !path.includes('{'))
  const statuses = await Promise.all(paths.map(async (path) => (await get(path)).status))
  expect(statuses).toEqual(paths.map(() => 200))
})
