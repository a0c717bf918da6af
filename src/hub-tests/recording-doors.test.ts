import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveHubVersion } from '#features/records/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { recordingDesk } from '#testing/recordings.ts'
import { aSeminar } from '#testing/makers.ts'

/** What was made of a recording, each with words that nothing else in the hub has: all of them begin with “zq”. */
interface Made {
  readonly seminar: string
  readonly session: string
  readonly recording: string
  /** Of the recording, its tracks, its moment and its chapters. */
  readonly ids: readonly string[]
  /** The path of the session's page. */
  readonly page: string
  readonly slug: string
  /** Hash and name. */
  readonly files: readonly (readonly [sha256: string, name: string])[]
}

const words = ['zqtitle', 'zqnote', 'zqlabel', 'zqspeaker', 'zqspoken', 'zqchapter', 'zqmoment', 'zqfilm']

let hub: TestHub
let editor: SignedIn
let member: SignedIn
let made: Made
let doors: string[]

beforeAll(async () => {
  hub = await openHub({ seeded: true, environment: { HUB_TRUST_PROXY: '1' } })
  editor = await hub.as(['editor'])
  member = await hub.as(['member'])
  made = await makeRecording()
  doors = await listDoors()
}, 120_000)
afterAll(async () => hub[Symbol.asyncDispose]())

async function makeRecording(): Promise<Made> {
  const desk = recordingDesk(hub, editor)
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Open to all' }, sessions: ['09:00–10:00'] })
  const { id: session } = await hub.kysely
    .selectFrom('session')
    .select('id')
    .where('seminar_id', '=', seminar)
    .executeTakeFirstOrThrow()
  const place = { 'fact.seminar': seminar, 'fact.session': session }
  const recording = await desk.make('recording', { ...place, 'text.title': 'Zqtitle', 'text.note': 'Zqnote' })
  const addTrack = async (kind: string, content: Uint8Array<ArrayBuffer> | string, name: string) =>
    desk.make(
      'track',
      { 'fact.recording': recording, 'fact.kind': kind, 'fact.lang': 'en', 'text.label': `Zqlabel ${kind}` },
      new File([content], name),
    )
  // The sound of the demonstration is there for everybody; one byte more makes it another.
  const sound = await readFile(new URL('../../seeds/files/session-1-en.mp3', import.meta.url))
  const mp3 = new Uint8Array([...sound, 0])
  const captions =
    'WEBVTT\n\n00:00.000 --> 00:04.000\n<v Zqspeaker Demo>Zqspoken here\n\n00:04.000 --> 00:08.000\nMore\n'
  const ofRecording = { 'fact.recording': recording }
  const parts = [
    await addTrack('audio', mp3, 'zqfilm.mp3'),
    await addTrack('captions', captions, 'zqfilm.vtt'),
    await desk.make('chapter', { ...ofRecording, 'fact.start': '0:00', 'text.title': 'Zqchapter one' }),
    await desk.make('chapter', { ...ofRecording, 'fact.start': '0:04', 'text.title': 'Zqchapter two' }),
  ]
  await desk.publish(recording)
  const span = { 'fact.startsAt': '0:00', 'fact.endsAt': '0:04' }
  const moment = await desk.make('moment', { ...ofRecording, ...span, 'text.label': 'Zqmoment' })
  await desk.publish(moment)
  await desk.read()
  const page = (await hub.get(`/r/${session}`)).headers.get('location') ?? ''
  const rows = await hub.kysely
    .selectFrom('track')
    .select(['file', 'file_name'])
    .where('recording_id', '=', recording)
    .execute()
  const files = rows.map(({ file, file_name }) => [file ?? '', file_name ?? ''] as const)
  const slug = page.split('/')[3] ?? ''
  return { seminar, session, recording, ids: [recording, ...parts, moment], page, slug, files }
}

/** A route of the app as the table of doors writes it: `/:lang{en|fr}/seminars/:slug` → `/{l}/seminars/{slug}`. */
const written = (path: string): string =>
  path
    .replace(/^\/:lang\{[^}]*\}/, '/{l}')
    .replace(/:(\w+)(\{(?:[^{}]|\{[^}]*\})*\})?/g, '{$1}')
    .replace(/(.)\/$/, '$1')

/** Every address that can be asked for. */
const routes = (): string[] => {
  const asked = hub.http.app.routes.filter(({ method, path }) => method === 'GET' && !/(^|\/)\*$/.test(path))
  return [...new Set(asked.map(({ path }) => written(path)))]
}

/** Doors that ask who comes before they ask what for; here they are tried with the id of the recording. */
const isGuarded = (route: string) => /^\/\{l\}\/(desk|admin|account)(\/|$)/.test(route)

const takesSomething = (route: string) => /\{(?!l\})/.test(route)

/** What is put into the addresses that take something: what is hidden, and what stands beside it. A new door belongs in here. */
function fillings(slugs: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const { ids, seminar, session, page, slug, files } = made
  const below = (path: string, more: readonly string[] = []) => [...ids, ...more].map((id) => `/api/v1/${path}/${id}`)
  const ofSession = (...ends: string[]) => ends.map((end) => `${page}/${end}`)
  const ofSeminar = (end: string) => [`/en/seminars/${slug}${end}`]
  return {
    '/r/{id}': [...ids, seminar, session].map((id) => `/r/${id}`),
    '/api/v1/seminars/{id}': below('seminars', [seminar]),
    '/api/v1/sessions/{id}': below('sessions', [session]),
    '/api/v1/records/{id}': below('records', [seminar, session]),
    '/api/v1/programmes/{id}': below('programmes'),
    '/api/v1/organisations/{id}': below('organisations'),
    '/api/v1/publications/{id}': below('publications'),
    '/api/v1/schemes/{id}': below('schemes'),
    '/api/v1/concepts/{id}': below('concepts'),
    '/vocabularies/{file}': ['/vocabularies/theme.ttl', '/vocabularies/theme.jsonld'],
    '/assets/{name}': ['/assets/zqfilm.mp3'],
    '/files/{sha256}': files.map(([sha256]) => `/files/${sha256}`),
    '/files/{sha256}/{name}': files.map(([sha256, name]) => `/files/${sha256}/${name}`),
    '/{l}/library/{file}': ['csv', 'bib', 'ris'].map((ending) => `/en/library/export.${ending}`),
    '/{l}/library/{slug}': [`/en/library/${slugs['publication']}`],
    '/{l}/library/{slug}/read/{textLang}': [`/en/library/${slugs['publication']}/read/en`],
    '/{l}/organisations/{slug}': [`/en/organisations/${slugs['organisation']}`],
    '/{l}/people/{slug}': [`/en/people/${slugs['person']}`],
    '/{l}/programmes/{slug}': [`/en/programmes/${slugs['programme']}`],
    '/{l}/series/{slug}': [`/en/series/${slugs['series']}`],
    '/{l}/places/{code}': ['/en/places/ET'],
    '/{l}/themes/{scheme}': ['/en/themes/theme'],
    '/{l}/themes/{scheme}/{notation}': ['/en/themes/theme/governance'],
    '/{l}/invitation/{token}': ['/en/invitation/of-nobody'],
    '/{l}/preview/{token}': ids.map((id) => `/en/preview/${id}`),
    '/{l}/seminars/{slug}': ofSeminar(''),
    '/{l}/seminars/{file}': ofSeminar('.ics'),
    '/{l}/seminars/{slug}/agenda': ofSeminar('/agenda'),
    '/{l}/seminars/{slug}/agenda.pdf': ofSeminar('/agenda.pdf'),
    '/{l}/seminars/{slug}/schedule.json': ofSeminar('/schedule.json'),
    '/{l}/seminars/{slug}/schedule.xml': ofSeminar('/schedule.xml'),
    '/{l}/seminars/{slug}/sessions/{number}': [page, `${page}?t=1`, `${page}?find=zqspoken`, `${page}?play=en&text=en`],
    '/{l}/seminars/{slug}/sessions/{number}/captions/{file}': ofSession(
      ...['vtt', 'srt', 'txt', 'docx', 'pdf'].map((ending) => `captions/en.${ending}`),
    ),
    '/{l}/seminars/{slug}/sessions/{number}/chapters/{file}': ofSession('chapters/en.vtt', 'chapters/fr.vtt'),
    '/{l}/seminars/{slug}/sessions/{number}/embed': ofSession('embed?t=0&to=4'),
    '/{l}/seminars/{slug}/sessions/{number}/moment': ofSession('moment', 'moment?t=0&to=4'),
  }
}

/** What is looked for and harvested through doors that take nothing but a query. */
const queries = (): string[] => [
  ...words.flatMap((word) => [`/en/search?q=${word}`, `/api/v1/search?q=${word}`]),
  '/oai?verb=ListRecords&metadataPrefix=oai_dc',
  '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc',
  '/api/v1/sessions?limit=100',
  '/api/v1/seminars?limit=100',
]

async function listDoors(): Promise<string[]> {
  const rows = await hub.kysely
    .selectFrom('record_slug')
    .innerJoin('record', 'record.id', 'record_slug.record_id')
    .select(['record.kind', 'slug'])
    .where('lang', '=', 'en')
    .where('status', '=', 'published')
    .where('current', '=', true)
    .orderBy('slug')
    .execute()
  const by = fillings(Object.fromEntries(rows.map(({ kind, slug }) => [kind, slug])))
  const filled = routes().flatMap((route) => {
    const path = route.replace('{l}', 'en')
    return by[route] ?? [isGuarded(route) ? path.replace(/\{\w+\}/g, made.recording) : path]
  })
  return [...new Set([...filled.filter((door) => !door.includes('{')), ...queries()])]
}

interface Walked {
  readonly door: string
  readonly status: number
  /** What of the recording is told there, each once. */
  readonly told: readonly string[]
}

let walks = 0

/** Knocks at every door. What was asked for may be said again: it is no news to whoever asked. */
async function walk(who: Pick<TestHub, 'get'>): Promise<Walked[]> {
  hub.forget()
  // Each time from elsewhere: whoever knocks at so many is told to wait, and would see nothing.
  walks += 1
  const headers = { 'x-forwarded-for': `198.51.${walks}.1` }
  const secrets = [...made.ids, ...made.files.map(([sha256]) => sha256)]
  const walked: Walked[] = []
  for (const door of doors) {
    const response = await who.get(door, headers)
    const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
    const all = `${[...response.headers].join('\n')}\n${body}`
    const asked = door.split(/[/?=&.]/).filter((part) => part.length > 5)
    // Only what an error or a list of results repeats of the address: files and pages hold what they hold.
    const isEcho = response.status >= 400 || response.status === 303 || door.includes('q=') || door.includes('find=')
    const news = isEcho ? asked.reduce((rest, part) => rest.replaceAll(new RegExp(part, 'gi'), ''), all) : all
    const inWords = words.filter((word) => news.toLowerCase().includes(word))
    const told = [...new Set([...inWords, ...secrets.filter((secret) => news.includes(secret))])]
    walked.push({ door, status: response.status, told })
  }
  expect(walked.filter(({ status }) => status === 429 || status >= 500)).toEqual([])
  return walked
}

const telling = (walked: readonly Walked[]) => walked.filter(({ told }) => told.length > 0).map(({ door }) => door)

/** The doors that are the recording itself, or a part of it. */
const isItself = (door: string) =>
  (made.ids.some((id) => door.endsWith(id)) && !/^\/en\/(desk|admin)\//.test(door)) ||
  door.startsWith('/files/') ||
  door.startsWith(`${made.page}/`)

const set = async (change: { visibility?: string; status?: 'published' | 'draft' | 'withdrawn' }) => {
  await hub.kysely.updateTable('record').set(change).where('id', '=', made.recording).execute()
  await moveHubVersion(hub.kysely.$pickTables())
}

test('every address that takes something is filled in: a new door is tried too', () => {
  const open = routes().filter((route) => takesSomething(route) && !isGuarded(route))
  expect(Object.keys(fillings({})).toSorted()).toEqual(open.toSorted())
})

test('a recording for everybody is told at its doors: what follows would find it', async () => {
  await set({ status: 'published', visibility: 'public' })
  const walked = await walk(hub)
  const { page, ids, files } = made
  expect(telling(walked)).toEqual(
    expect.arrayContaining([
      page,
      `${page}?find=zqspoken`,
      ...['vtt', 'srt', 'txt'].map((ending) => `${page}/captions/en.${ending}`),
      `${page}/chapters/en.vtt`,
      `${page}/embed?t=0&to=4`,
      `${page}/moment?t=0&to=4`,
      ...ids.map((id) => `/api/v1/records/${id}`),
    ]),
  )
  const statuses = new Map(walked.map(({ door, status }) => [door, status]))
  expect(ids.map((id) => statuses.get(`/r/${id}`))).toEqual(ids.map(() => 302))
  expect(files.map(([sha256, name]) => statuses.get(`/files/${sha256}/${name}`))).toEqual([200, 200])
  const told = new Set(walked.flatMap((one) => one.told))
  expect(words.filter((word) => !told.has(word))).toEqual([])
})

test('a recording for members is told to a member, and to a visitor through no door there is', async () => {
  await set({ status: 'published', visibility: 'members' })
  const theirs = await walk(member)
  const { page } = made
  expect(telling(theirs)).toEqual(
    expect.arrayContaining([
      page,
      `${page}?find=zqspoken`,
      `${page}/captions/en.vtt`,
      `${page}/chapters/en.vtt`,
      `${page}/moment?t=0&to=4`,
    ]),
  )
  const html = (await (await member.get(page)).text()).replaceAll('&amp;', '&')
  const links = [...html.matchAll(/href="(\/files\/[^"]+key=[^"]+)"/g)].map(([, href = '']) => href)
  expect(links.length).toBe(2)
  for (const link of links) expect((await member.get(link)).status).toBe(200)

  const walked = await walk(hub)

  expect(walked.filter(({ told }) => told.length > 0)).toEqual([])
  expect(walked.filter(({ door, status }) => isItself(door) && status !== 404)).toEqual([])
  expect(walked.filter(({ door }) => isItself(door)).length).toBeGreaterThan(40)
  // The session stays where it is, and what is said of it tells of no recording.
  expect(walked.find(({ door }) => door === page)?.status).toBe(200)
})

const gone = [
  ['withdrawn', { status: 'withdrawn', visibility: 'public' }],
  ['a draft', { status: 'draft', visibility: 'public' }],
  ['of a group', { status: 'published', visibility: 'grp_0' }],
] as const

test.each(gone)('a recording that is %s is told to neither a visitor nor a member', async (_, change) => {
  await set(change)
  for (const who of [hub, member]) {
    const walked = await walk(who)
    expect(walked.filter(({ told }) => told.length > 0)).toEqual([])
    expect(walked.filter(({ door, status }) => isItself(door) && status !== 404)).toEqual([])
  }
})
