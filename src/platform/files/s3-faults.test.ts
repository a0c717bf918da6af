import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { inPieces } from '#testing/files.ts'
import { startS3Server, type S3Server } from '#testing/s3-server.ts'
import { createS3FileStore, type FileStore, type S3StoreOptions } from './index.ts'

let folder = ''
let server: S3Server
beforeAll(async () => {
  server = await startS3Server()
})
afterAll(async () => server[Symbol.asyncDispose]())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-store-'))
})
afterEach(async () => rm(folder, { recursive: true }))

const most = { maxBytes: 10_000_000 }
const nobody = 'a'.repeat(64)

const storeAt = (changes: Partial<S3StoreOptions>): FileStore =>
  createS3FileStore({ ...server.place, prefix: '', incoming: folder, ...changes })

/** What each use of a store is refused with: all the same words. */
async function complaints(store: FileStore): Promise<string[]> {
  const uses = [
    async () => store.put(inPieces(randomBytes(1000)), most),
    async () => store.stat(nobody),
    async () => store.has(nobody),
    async () => store.open(nobody),
    async () => store.remove(nobody),
  ]
  const said = await Promise.all(
    uses.map(async (use) =>
      use().then(
        () => 'nothing',
        (error: unknown) => String(error),
      ),
    ),
  )
  expect(await readdir(folder)).toEqual([])
  return [...new Set(said)]
}

async function listening(server: Server): Promise<{ endpoint: string; stop: () => void }> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const stop = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { endpoint: `http://127.0.0.1:${port}`, stop }
}

test('a storage that is down is said to be', async () => {
  const { endpoint, stop } = await listening(createServer())
  stop()
  expect(await complaints(storeAt({ endpoint }))).toEqual([
    `StorageError: The file storage at ${endpoint} cannot be reached (ECONNREFUSED). Is it running, and is FILES_URL right?`,
  ])
})

test('a key that is refused is said to be, and never shown', async () => {
  const advice = 'Look at FILES_KEY and FILES_SECRET, and at what the key may do: list the bucket, read, write, delete.'
  const refused = (code: string) =>
    `StorageError: The file storage at ${server.place.endpoint} refuses the key for the bucket “hub-files” (403 ${code}). ${advice}`
  expect(await complaints(storeAt({ secret: 'pa55word' }))).toEqual([refused('SignatureDoesNotMatch')])
  expect(await complaints(storeAt({ key: 'nobody' }))).toEqual([refused('InvalidAccessKeyId')])
})

test('a bucket that is not there is said to be', async () => {
  const missing = `StorageError: The file storage at ${server.place.endpoint} has no bucket “other”. Make it, or correct FILES_URL.`
  expect(await complaints(storeAt({ bucket: 'other' }))).toEqual([missing])
})

test('a storage that does not answer is given up', async () => {
  const { endpoint, stop } = await listening(createServer())
  const slow = `StorageError: The file storage at ${endpoint} did not answer in time.`
  expect(await complaints(storeAt({ endpoint, patience: 150 }))).toEqual([slow])
  stop()
})

test('a storage that breaks off, has no room, or gives up is asked again, and then said to be at fault', async () => {
  let asked = 0
  const answers: RequestListener[] = [
    (incoming) => incoming.socket.destroy(),
    (_, outgoing) => outgoing.writeHead(503).end('<Error><Code>SlowDown</Code></Error>'),
    (incoming, outgoing) => incoming.resume().on('end', () => outgoing.writeHead(200).end()),
    (_, outgoing) => outgoing.writeHead(507).end('<Error><Code>XMinioStorageFull</Code></Error>'),
  ]
  const { endpoint, stop } = await listening(
    createHttpServer((incoming, outgoing) => answers[Math.min(asked++, 3)]?.(incoming, outgoing)),
  )
  const store = storeAt({ endpoint })
  expect((await store.put(inPieces(randomBytes(100_000)), most)).bytes).toBe(100_000)
  expect(asked).toBe(3)
  expect(await complaints(store)).toEqual([
    `StorageError: The file storage at ${endpoint} answered 507 XMinioStorageFull.`,
  ])
  stop()
})

test('a storage that sends more than it was asked for is not read to its end', async () => {
  const { endpoint, stop } = await listening(
    createHttpServer((_, outgoing) =>
      outgoing.writeHead(200, { 'content-length': '900000000' }).write('x'.repeat(1000)),
    ),
  )
  expect(await storeAt({ endpoint }).stat(nobody)).toEqual({ bytes: 900_000_000 })
  await expect(storeAt({ endpoint }).open(nobody, { first: 1, last: 2 })).rejects.toThrow(
    'does not send parts of files',
  )
  stop()
})
