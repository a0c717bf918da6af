import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { handlesOf } from '#features/exchange/index.ts'
import { saveText } from '#features/records/index.ts'
import { aRecord } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { createTranslationDeps } from '../../../translation-desk.ts'
import { createMachine, MachineError, translateWaiting, type MachineSettings } from './index.ts'

const now = '2026-11-24T09:00:00.000Z'
const never = new AbortController().signal
const english = 'Sustainable reintegration begins long before people return to their communities of origin.'
const french = 'La réintégration durable commence bien avant que les personnes ne retournent dans leurs communautés.'

interface Asked {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

type Answer = (asked: Asked, response: ServerResponse) => void | Promise<void>

/** A service on the loopback that answers as the test says, and keeps what it was asked. */
async function aService(answer: Answer): Promise<{ url: string; asked: Asked[] } & AsyncDisposable> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
      const call = { url: request.url ?? '', headers: request.headers, body }
      asked.push(call)
      void answer(call, response)
    })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const json =
  (value: unknown): Answer =>
  (_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(value))
  }

const Sent = z.object({ q: z.array(z.string()) })

/** A LibreTranslate that knows these sentences. */
const libre =
  (words: Readonly<Record<string, string>>): Answer =>
  (asked, response) => {
    const translatedText = Sent.parse(asked.body).q.map((text) => words[text] ?? `ter ${text}`)
    return json({ translatedText })(asked, response)
  }

const chat = (content: string): Answer => json({ choices: [{ message: { role: 'assistant', content } }] })

async function tryOut(answer: Answer, more: Partial<MachineSettings> = {}, text = 'Return') {
  await using service = await aService(answer)
  const machine = createMachine({ url: service.url, kind: 'libretranslate', ...more })
  const outcome = await machine(text, 'en', 'fr-BE', never).catch((error: unknown) => {
    if (!(error instanceof MachineError)) throw error
    return `${error.fault} ${error.detail}`.trim()
  })
  return { outcome, asked: service.asked }
}

test('LibreTranslate is sent what is said, and Markdown is put around its answers', async () => {
  const text = '## Goals\n\n- Return in [dignity](/x)'
  const answer = libre({ Goals: 'Buts', 'Return in': 'Retour dans la', dignity: 'dignité' })
  const { outcome, asked } = await tryOut(answer, { key: 'k' }, text)
  expect(outcome).toBe('## Buts\n\n- Retour dans la [dignité](/x)')
  expect(asked.map(({ url, body }) => [url, body])).toEqual([
    ['/translate', { q: ['Goals', 'Return in', 'dignity'], source: 'en', target: 'fr', format: 'text', api_key: 'k' }],
  ])
  expect(await tryOut(answer, {}, '42\n')).toEqual({ outcome: '42\n', asked: [] })
})

test('a chat model is told what to do and what not, with key and model', async () => {
  const { outcome, asked } = await tryOut(chat(' Retour\r\n'), { kind: 'openai', key: 'secret', model: 'small' })
  expect(outcome).toBe('Retour')
  const [call] = asked
  expect([call?.url, call?.headers.authorization]).toEqual(['/chat/completions', 'Bearer secret'])
  expect(call?.body).toMatchObject({
    model: 'small',
    temperature: 0,
    messages: [{ role: 'system' }, { role: 'user', content: 'Return' }],
  })
  expect(JSON.stringify(call?.body)).toContain('from English into French (Belgium)')
})

const failures: [what: string, answer: Answer, more: Partial<MachineSettings>, outcome: string][] = [
  ['a fault', (_, response) => void response.writeHead(500).end('x'), {}, 'refused 500'],
  ['too many requests', (_, response) => void response.writeHead(429).end(), { kind: 'openai' }, 'refused 429'],
  [
    'no answer',
    async (_, response) => pause(5000, undefined, { ref: false }).then(() => void response.end()),
    { patience: 100 },
    'late',
  ],
  ['no JSON', (_, response) => void response.end('<html>'), {}, 'garbage'],
  ['other JSON', json({ translatedText: 'Retour' }), {}, 'garbage'],
  ['too few pieces', json({ translatedText: [] }), {}, 'garbage'],
  ['no choice', json({ choices: [] }), { kind: 'openai' }, 'garbage'],
  ['far too much', (_, response) => void response.end('x'.repeat(2_000_000)), {}, 'garbage'],
  ['a broken connection', (_, response) => void response.destroy(), {}, 'away'],
  [
    'another address',
    (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    {},
    'away',
  ],
]

test.each(failures)('a service that fails is told apart: %s', async (_, answer, more, outcome) => {
  expect((await tryOut(answer, more)).outcome).toBe(outcome)
})

test('nobody at the address is told as well', async () => {
  const machine = createMachine({ url: 'http://127.0.0.1:1', kind: 'openai' })
  await expect(machine('Return', 'en', 'fr', never)).rejects.toMatchObject({ fault: 'away' })
})

async function work(hub: TestHub, url: string): Promise<number> {
  const deps = { ...createTranslationDeps(hub.kysely, () => now, []), hasMachine: true }
  return translateWaiting(deps, createMachine({ url, kind: 'libretranslate', patience: 2000 }), never)
}

const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('asked for on the page, made in the background, it says that it is a machine’s until a person has checked it', async () => {
  await using service = await aService(libre({ 'A seminar': 'Un séminaire', [english]: french }))
  await using hub = await openHub({ now, environment: { TRANSLATE_URL: service.url } })
  const translator = await hub.as([{ role: 'translator', scope: 'fr' }])
  const id = await aRecord(hub.kysely, 'seminar', {
    title: { en: 'A seminar', es: 'Un seminario' },
    objectives: { en: `- ${english}` },
    note: { en: 'Kept', fr: 'Gardé' },
  })
  const path = `/en/desk/translation/${id}/fr`
  expect(plain(await (await translator.get(path)).text())).toContain('Machine translation of what is missing')
  expect((await translator.post(`${path}/machine`, {})).headers.get('location')).toBe(path)
  expect(plain(await (await translator.get(path)).text())).toContain('A machine was asked')

  expect([await work(hub, service.url), await work(hub, service.url)]).toEqual([1, 0])
  const html = await (await translator.get(path)).text()
  expect(await findMarkupFaults(html)).toEqual([])
  expect(plain(html)).toMatch(/A machine made 2 texts.*⚙ Machine .*Made by a machine/)
  const rows = await hub.kysely
    .selectFrom('record_text')
    .select(['field', 'body', 'state'])
    .where('lang', '=', 'fr')
    .orderBy('field')
    .execute()
  expect(rows).toEqual([
    { field: 'note', body: 'Gardé', state: 'current' },
    { field: 'objectives', body: `- ${french}`, state: 'machine' },
    { field: 'title', body: 'Un séminaire', state: 'machine' },
  ])
})

test.each<[what: string, answer: Answer, words: RegExp]>([
  ['a fault', (_, response) => void response.writeHead(503).end(), /failed\. The service refused, with status 503\./],
  ['another language', libre({ [english]: english }), /failed\. The answer is in another language\./],
  ['nothing', libre({ [english]: ' ' }), /failed\. The service answered something that is no translation\./],
])('what goes wrong is told to whoever asked, and nothing is written: %s', async (_, answer, words) => {
  await using service = await aService(answer)
  await using hub = await openHub({ now, environment: { TRANSLATE_URL: service.url } })
  const editor = await hub.as(['editor'])
  const id = await aRecord(hub.kysely, 'seminar', { objectives: { en: english } })
  const path = `/en/desk/translation/${id}/fr`
  await editor.post(`${path}/machine`, {})
  await work(hub, service.url)
  expect(plain(await (await editor.get(path)).text())).toMatch(words)
  expect(await hub.kysely.selectFrom('record_text').select('body').where('lang', '=', 'fr').execute()).toEqual([])
})

test('what a person wrote meanwhile is not overwritten', async () => {
  await using hub = await openHub({ now })
  const id = await aRecord(hub.kysely, 'seminar', { title: { en: 'A seminar' } })
  const { records } = handlesOf(hub.kysely)
  await using service = await aService(async (asked, response) => {
    await records
      .transaction()
      .execute((tx) =>
        saveText(tx, id, { field: 'title', lang: 'fr', body: 'Le séminaire' }, { actor: 'usr_x', at: now }),
      )
    return libre({})(asked, response)
  })
  const request = { record_id: id, lang: 'fr', asked_by: 'usr_x', asked_at: now }
  await hub.kysely
    .insertInto('translation_request')
    .values({ ...request, ended_at: null, made: null, problem: null })
    .execute()
  await work(hub, service.url)
  const [row] = await hub.kysely.selectFrom('record_text').select(['body', 'state']).where('lang', '=', 'fr').execute()
  expect(row).toEqual({ body: 'Le séminaire', state: 'current' })
})

test('without an endpoint there is no machine, and nobody asks one for a language they do not write', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aRecord(hub.kysely, 'seminar', { title: { en: 'A seminar' } })
  const path = `/en/desk/translation/${id}/fr`
  expect(await (await editor.get(path)).text()).not.toContain('/machine')
  expect((await editor.post(`${path}/machine`, {})).status).toBe(404)
  await using other = await openHub({ now, environment: { TRANSLATE_URL: 'http://127.0.0.1:1' } })
  const arabic = await other.as([{ role: 'translator', scope: 'ar' }])
  const another = await aRecord(other.kysely, 'seminar', { title: { en: 'A seminar' } })
  expect((await arabic.post(`/en/desk/translation/${another}/fr/machine`, {})).status).toBe(404)
  expect((await arabic.post('/en/desk/translation/sem_none/ar/machine', {})).status).toBe(404)
})
