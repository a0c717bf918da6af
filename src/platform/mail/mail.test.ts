import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { beforeEach, expect, test } from 'vitest'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { deliverDue, nextTry } from './deliver.ts'
import {
  createSender,
  listMessages,
  queueMessage,
  readAddress,
  readSender,
  retryMessage,
  type NewMessage,
} from './index.ts'

const start = '2026-03-01T10:00:00.000Z'
const origin = 'https://hub.example'

const { kysely } = await testDatabase()
const db = kysely.$pickTables<'mail'>()
beforeEach(async () => resetDatabase())

interface TestServer extends AsyncDisposable {
  readonly port: number
  readonly received: readonly Buffer[]
  read(): Promise<ParsedMail[]>
}

/** A mail server on this machine, that keeps what it is sent. */
async function aMailServer(options: SMTPServerOptions = {}, port = 0): Promise<TestServer> {
  const received: Buffer[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks))
        done()
      })
    },
    ...options,
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(port, '127.0.0.1', resolve)
  await promise
  const address = server.server.address() as AddressInfo
  return {
    port: address.port,
    received,
    read: async () => Promise.all(received.map(async (mail) => simpleParser(mail))),
    [Symbol.asyncDispose]: async () => new Promise<void>((done) => server.close(done)),
  }
}

const senderTo = (port: number) =>
  createSender({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'The Hub <hub@hub.example>',
    origin,
    outbox: '/nonexistent',
  })

const message = (more: Partial<NewMessage> = {}): NewMessage => ({
  kind: 'test',
  to: { address: 'amina@example.org', name: 'Amina' },
  lang: 'ar',
  subject: 'مرحبًا',
  body: 'سطر أول\n\nhttps://hub.example/ar/sign-in/link?token=abc\n',
  ...more,
})

test('a message arrives as it was written, in its language, whole', async () => {
  await using server = await aMailServer()
  await queueMessage(db, message(), start)

  expect(await deliverDue({ db, send: senderTo(server.port), now: () => start })).toBe(1)

  const [mail] = await server.read()
  expect(mail?.subject).toBe('مرحبًا')
  expect(mail?.text).toBe(message().body)
  expect(mail?.headers.get('content-language')).toBe('ar')
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
  expect(mail?.from?.value).toEqual([{ name: 'The Hub', address: 'hub@hub.example' }])
  const { items } = await listMessages(db)
  expect(items.map(({ state, attempts, sentAt }) => [state, attempts, sentAt])).toEqual([['sent', 1, start]])
  expect(await deliverDue({ db, send: senderTo(server.port), now: () => start })).toBe(0)
})

test('a server that is down keeps nothing from arriving once it is up, days later', async () => {
  const gone = await aMailServer()
  const { port } = gone
  await gone[Symbol.asyncDispose]()
  await queueMessage(db, message(), start)
  await queueMessage(db, message({ to: { address: 'bo@example.org' } }), start)
  let now = start
  const round = async () => deliverDue({ db, send: senderTo(port), now: () => now })

  expect(await round()).toBe(0)
  const { items } = await listMessages(db)
  expect(items.every(({ state }) => state === 'waiting')).toBe(true)
  expect(items.map(({ attempts }) => String(attempts)).toSorted()).toEqual(['0', '1'])
  expect(items.find(({ attempts }) => attempts === 1)?.lastError).toContain('ECONNREFUSED')
  for (let hours = 1; hours < 72; hours += 6) {
    now = new Date(Date.parse(start) + hours * 3_600_000).toISOString()
    await round()
  }

  await using back = await aMailServer({}, port)
  now = '2026-03-04T18:00:00.000Z'
  expect(await round()).toBe(2)
  expect(back.received.length).toBe(2)
  expect((await listMessages(db)).items.map(({ state }) => state)).toEqual(['sent', 'sent'])
})

test('pauses grow from a minute to six hours, for a week', () => {
  const pause = (attempts: number) =>
    (Date.parse(nextTry({ createdAt: start, attempts }, start) ?? '') - Date.parse(start)) / 60_000
  expect([1, 2, 3, 4, 9, 10, 100].map(pause)).toEqual([1, 2, 4, 8, 256, 360, 360])
  expect(nextTry({ createdAt: start, attempts: 30 }, '2026-03-08T09:00:00.000Z')).toBe(null)
})

test('an address that the server refuses for good is not tried again by itself, and does not hold up the others', async () => {
  await using server = await aMailServer({
    onRcptTo: ({ address }, _session, done) => {
      if (address !== 'gone@example.org') return done()
      return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
    },
  })
  const refused = await queueMessage(db, message({ to: { address: 'gone@example.org' } }), start)
  await queueMessage(db, message(), start)

  expect(await deliverDue({ db, send: senderTo(server.port), now: () => start })).toBe(1)

  const states = (await listMessages(db)).items.map(({ id, state, lastError }) => [id === refused, state, lastError])
  expect(states).toContainEqual([true, 'failed', expect.stringContaining('no such mailbox')])
  expect(await retryMessage(db, refused, start)).toBe(true)
  expect((await listMessages(db, { state: 'waiting' })).items.map(({ id }) => id)).toEqual([refused])
})

test('a link that has expired is not sent; one that was sent is forgotten', async () => {
  await using server = await aMailServer()
  await queueMessage(db, message({ isSecret: true, expiresAt: '2026-03-01T10:15:00.000Z' }), start)
  await queueMessage(db, message({ isSecret: true, expiresAt: '2026-03-01T11:15:00.000Z' }), start)

  await deliverDue({ db, send: senderTo(server.port), now: () => '2026-03-01T11:00:00.000Z' })

  const { items } = await listMessages(db)
  expect(items.map(({ state, body }) => `${state} ${body === null}`).toSorted()).toEqual(['expired false', 'sent true'])
  expect(server.received.length).toBe(1)
})

test('without a server each message is a file that only the hub may read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-outbox-'))
  const send = createSender({ smtpUrl: undefined, from: undefined, origin, outbox: join(folder, 'outbox') })
  await queueMessage(db, message(), start)

  expect(await deliverDue({ db, send, now: () => start })).toBe(1)

  const [name = '', ...others] = await readdir(join(folder, 'outbox'))
  expect([name.slice(0, 28), others]).toEqual(['2026-03-01T10-00-00-000Z-msg', []])
  const path = join(folder, 'outbox', name)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const mail = await simpleParser(await readFile(path))
  expect([mail.subject, mail.text?.trim(), mail.from?.text]).toEqual([
    'مرحبًا',
    message().body.trim(),
    'hub@hub.example',
  ])
  await rm(folder, { recursive: true })
})

test('names and subjects cannot add headers or receivers', async () => {
  await using server = await aMailServer()
  const hostile = 'Eve\r\nBcc: all@example.org\r\n\r\nHello\u202e <x@y.org>, "z" '
  await queueMessage(db, message({ subject: hostile, to: { address: 'amina@example.org', name: hostile } }), start)

  await deliverDue({ db, send: senderTo(server.port), now: () => start })

  const [mail] = await server.read()
  const to = mail?.to && !Array.isArray(mail.to) ? mail.to.value : []
  expect(to.map(({ address }) => address)).toEqual(['amina@example.org'])
  expect(mail?.bcc).toBe(undefined)
  expect(mail?.headers.has('bcc')).toBe(false)
  expect(mail?.subject).toBe('Eve Bcc: all@example.org Hello <x@y.org>, "z"')
})

test.each([
  'a@b.org\r\nRCPT TO:<c@d.org>',
  'a@b.org, c@d.org',
  'a b@c.org',
  'a..b@c.org',
  '.a@c.org',
  'a@-c.org',
  'a@c',
  'a@1.2.3.4',
  'a@xn--.org.',
  'ü@c.org',
  `${'a'.repeat(65)}@c.org`,
])('%j is no address', (text) => {
  expect(readAddress(text)).toBe(null)
})

test('addresses and senders are read as people write them', () => {
  expect(readAddress(' Amina.Diallo+hub@Example.ORG ')).toBe('amina.diallo+hub@example.org')
  expect(readSender('hub@example.org')).toEqual({ name: '', address: 'hub@example.org' })
  expect(readSender('"The Hub" <hub@example.org>')).toEqual({ name: 'The Hub', address: 'hub@example.org' })
  expect(readSender('The Hub <hub>')).toBe(null)
})

test('two that send at the same moment send each message once', async () => {
  await using server = await aMailServer()
  for (let count = 0; count < 6; count += 1) await queueMessage(db, message(), start)
  const send = senderTo(server.port)
  const rounds = await Promise.all([1, 2].map(async () => deliverDue({ db, send, now: () => start })))
  expect([rounds.reduce((sum, count) => sum + count), server.received.length]).toEqual([6, 6])
})
