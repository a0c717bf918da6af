import { hash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inPieces } from '#testing/files.ts'
import { startS3Server, type S3Server } from '#testing/s3-server.ts'
import {
  createLocalFileStore,
  createS3FileStore,
  FileRefusedError,
  FileTooLargeError,
  type FileStore,
} from './index.ts'

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

/** Every file below the folder. */
async function listed(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

async function bytesOf(stream: ReadableStream<Uint8Array> | null): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer())
}

interface Kind {
  readonly name: string
  readonly open: () => FileStore
  /** The names of all that is kept, and of what was left behind where files are received. */
  readonly kept: () => Promise<string[]>
  readonly replace: (sha256: string, content: Uint8Array<ArrayBuffer>) => Promise<void>
}

let rounds = 0
const prefix = () => `round-${rounds}/`
const kinds: readonly Kind[] = [
  {
    name: 'a folder',
    open: () => createLocalFileStore(folder),
    kept: listed,
    replace: async (sha256, content) => writeFile(join(folder, sha256.slice(0, 2), sha256), content),
  },
  {
    name: 'an S3-compatible storage',
    open: () => createS3FileStore({ ...server.place, prefix: prefix(), incoming: folder }),
    kept: async () => {
      const keys = (await server.keys()).filter((key) => key.startsWith(prefix()))
      return [...keys.map((key) => key.slice(prefix().length)), ...(await listed())]
    },
    replace: async (sha256, content) => server.write(prefix() + sha256, content),
  },
]

describe.each(kinds)('$name', ({ open, kept, replace }) => {
  beforeEach(() => (rounds += 1))

  test('a file is kept by its hash, read whole and in part, and taken away', async () => {
    const store = open()
    const content = randomBytes(3_300_000)
    const stored = await store.put(inPieces(content), most)
    const sha256 = hash('sha256', content, 'hex')

    expect(stored).toEqual({ sha256, bytes: 3_300_000, type: 'application/octet-stream' })
    expect(await kept()).toEqual([sha256])
    expect([await store.has(sha256), await store.stat(sha256)]).toEqual([true, { bytes: 3_300_000 }])
    expect((await bytesOf(await store.open(sha256))).equals(content)).toBe(true)
    for (const [first, last] of [
      [0, 0],
      [131_000, 131_100],
      [1_048_500, 2_200_000],
      [3_299_999, 3_299_999],
    ] as const) {
      const part = await bytesOf(await store.open(sha256, { first, last }))
      expect(part.equals(content.subarray(first, last + 1))).toBe(true)
    }

    await store.remove(sha256)
    await store.remove(sha256)
    expect([await store.has(sha256), await store.stat(sha256), await store.open(sha256)]).toEqual([false, null, null])
    expect(await kept()).toEqual([])
  })

  test('a file that is on the disk already is taken from there, or left when it is refused', async () => {
    const store = open()
    const path = join(folder, 'received')
    await writeFile(path, '%PDF-1.7\nwords')
    const refusing = { ...most, accepts: () => false }
    await expect(store.take(path, refusing)).rejects.toThrow(FileRefusedError)
    await expect(store.take(path, { maxBytes: 3 })).rejects.toThrow(FileTooLargeError)
    expect(await kept()).toEqual(['received'])

    const stored = await store.take(path, { ...most, name: 'a.txt' })
    expect(stored).toEqual({ sha256: hash('sha256', '%PDF-1.7\nwords', 'hex'), bytes: 14, type: 'application/pdf' })
    expect(await kept()).toEqual([stored.sha256])
    expect((await bytesOf(await store.open(stored.sha256))).toString()).toBe('%PDF-1.7\nwords')
  })

  test('what is no hash is no file, and leads nowhere', async () => {
    const store = open()
    await writeFile(join(folder, 'other'), 'x')
    for (const name of ['other', '../other', '', 'A'.repeat(64), `${'a'.repeat(63)}/`, '.'.repeat(64)]) {
      expect([await store.has(name), await store.open(name)]).toEqual([false, null])
      await store.remove(name)
    }
    expect(await kept()).toEqual(['other'])
  })

  test('what breaks off half-way, or is too large or refused, leaves nothing', async () => {
    const store = open()
    const content = randomBytes(50_000)
    async function* broken() {
      yield* inPieces(content.subarray(0, 20_000))
      throw new Error('The reader went away')
    }
    await expect(store.put(broken(), most)).rejects.toThrow('The reader went away')
    await expect(store.put(inPieces(content), { maxBytes: 49_999 })).rejects.toThrow(FileTooLargeError)
    await expect(store.put(inPieces(content), { ...most, accepts: () => false })).rejects.toThrow(FileRefusedError)
    expect(await kept()).toEqual([])
    expect((await store.put(inPieces(content), { maxBytes: 50_000 })).bytes).toBe(50_000)
  })

  test('many who bring the same at once keep it once, whole', async () => {
    const store = open()
    const content = randomBytes(200_000)
    const stored = await Promise.all(Array.from({ length: 8 }, async () => store.put(inPieces(content, 7000), most)))
    expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(await kept()).toEqual([stored[0]?.sha256])
    expect((await bytesOf(await store.open(stored[0]?.sha256 ?? ''))).equals(content)).toBe(true)
  })

  test('what a process left half received is cleared away after a day', async () => {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, '.new-old'), 'x')
    await utimes(join(folder, '.new-old'), new Date(), new Date(Date.now() - 2 * 86_400_000))
    await writeFile(join(folder, '.new-young'), 'x')
    const { sha256 } = await open().put(inPieces(Buffer.from('x')), most)
    expect((await kept()).toSorted()).toEqual(['.new-young', sha256].toSorted())
  })

  test('a large file takes little memory, however slowly it is read', async () => {
    const store = open()
    const piece = randomBytes(1_000_000)
    async function* large() {
      for (let at = 0; at < 300; at++) yield piece
    }
    const before = process.memoryUsage()
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
    const { sha256 } = await store.put(large(), { maxBytes: 1e9 })
    clearInterval(watch)
    const streams = await Promise.all(Array.from({ length: 50 }, async () => store.open(sha256)))
    const readers = streams.map((stream) => stream?.getReader())
    for (const reader of readers) await reader?.read()
    await pause(20)
    const after = process.memoryUsage()
    expect(after.external - before.external).toBeLessThan(100_000_000)
    expect(most - before.rss).toBeLessThan(200_000_000)
    const handles = await readdir('/proc/self/fd').catch(() => [])
    expect(handles.length).toBeLessThan(200)
    await Promise.all(readers.map(async (reader) => reader?.cancel()))
  })

  test('a file that has become shorter breaks the answer off instead of ending it', async () => {
    const store = open()
    const content = randomBytes(3_000_000)
    const { sha256 } = await store.put(inPieces(content), most)
    const stream = await store.open(sha256)
    await replace(sha256, content.subarray(0, 2_000_000))
    await expect(bytesOf(stream)).rejects.toThrow('is shorter than it was')
  })
})

test('in a folder a file lies by the beginning of its name, and only its owner may look', async () => {
  const store = createLocalFileStore(join(folder, 'data/files'))
  const { sha256 } = await store.put(inPieces(Buffer.from('words')), most)
  expect(await readFile(join(folder, 'data/files', sha256.slice(0, 2), sha256), 'utf8')).toBe('words')
  const empty = await store.put(inPieces(Buffer.alloc(0)), most)
  expect([await store.stat(empty.sha256), await bytesOf(await store.open(empty.sha256))]).toEqual([
    { bytes: 0 },
    Buffer.alloc(0),
  ])
  expect((await stat(join(folder, 'data/files'))).mode & 0o777).toBe(0o700)
})

test('a folder that takes no more files says so, and what was there stays', async () => {
  const store = createLocalFileStore(folder)
  const content = randomBytes(100)
  const sha256 = hash('sha256', content, 'hex')
  // In the place of the folder the file belongs in is something else, so it cannot be put there.
  await writeFile(join(folder, sha256.slice(0, 2)), 'in the way')
  await expect(store.put(inPieces(content), most)).rejects.toThrow(/EEXIST|ENOTDIR/)
  expect(await listed()).toEqual([sha256.slice(0, 2)])
  await writeFile(join(folder, 'received'), content)
  await expect(store.take(join(folder, 'received'), most)).rejects.toThrow(/EEXIST|ENOTDIR/)
  expect((await listed()).toSorted()).toEqual([sha256.slice(0, 2), 'received'].toSorted())
})
