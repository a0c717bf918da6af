import { hash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inPieces } from '#testing/files.ts'
import { createLocalFileStore, FileTooLargeError, isNamedLike, servedAs, typeName } from './index.ts'

let folder = ''
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

test('a file is kept by its hash, read whole and in part, and taken away', async () => {
  const store = createLocalFileStore(join(folder, 'data/files'))
  const content = randomBytes(300_000)
  const stored = await store.put(inPieces(content), most)
  const sha256 = hash('sha256', content, 'hex')

  expect(stored).toEqual({ sha256, bytes: 300_000, type: 'application/octet-stream' })
  expect(await readFile(join(folder, 'data/files', sha256.slice(0, 2), sha256))).toEqual(content)
  expect([await store.has(sha256), await store.stat(sha256)]).toEqual([true, { bytes: 300_000 }])
  expect((await bytesOf(await store.open(sha256))).equals(content)).toBe(true)
  const part = await bytesOf(await store.open(sha256, { first: 131_000, last: 131_100 }))
  expect(part.equals(content.subarray(131_000, 131_101))).toBe(true)

  await store.remove(sha256)
  await store.remove(sha256)
  expect([await store.has(sha256), await store.stat(sha256), await store.open(sha256)]).toEqual([false, null, null])
})

test('what is no hash is no file, and leads nowhere', async () => {
  const store = createLocalFileStore(folder)
  await writeFile(join(folder, 'other'), 'x')
  for (const name of ['other', '../other', '', 'A'.repeat(64), `${'a'.repeat(63)}/`, '.'.repeat(64)]) {
    expect([await store.has(name), await store.open(name)]).toEqual([false, null])
    await store.remove(name)
  }
  expect(await listed()).toEqual(['other'])
})

test('what breaks off half-way, or is too large, leaves nothing', async () => {
  const store = createLocalFileStore(folder)
  const content = randomBytes(50_000)
  async function* broken() {
    yield* inPieces(content.subarray(0, 20_000))
    throw new Error('The reader went away')
  }
  await expect(store.put(broken(), most)).rejects.toThrow('The reader went away')
  await expect(store.put(inPieces(content), { maxBytes: 49_999 })).rejects.toThrow(FileTooLargeError)
  expect(await listed()).toEqual([])
  expect((await store.put(inPieces(content), { maxBytes: 50_000 })).bytes).toBe(50_000)
})

test('a folder that takes no more files says so, and what was there stays', async () => {
  const store = createLocalFileStore(folder)
  const content = randomBytes(100)
  const sha256 = hash('sha256', content, 'hex')
  // In the place of the folder the file belongs in is something else, so it cannot be put there.
  await writeFile(join(folder, sha256.slice(0, 2)), 'in the way')
  await expect(store.put(inPieces(content), most)).rejects.toThrow(/EEXIST|ENOTDIR/)
  expect(await listed()).toEqual([sha256.slice(0, 2)])
})

test('many who bring the same at once keep it once, whole', async () => {
  const store = createLocalFileStore(folder)
  const content = randomBytes(200_000)
  const stored = await Promise.all(Array.from({ length: 8 }, async () => store.put(inPieces(content, 7000), most)))
  expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(1)
  expect(await listed()).toEqual([stored[0]?.sha256])
  expect((await bytesOf(await store.open(stored[0]?.sha256 ?? ''))).equals(content)).toBe(true)
})

test('what a process left half received is cleared away after a day', async () => {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, '.new-old'), 'x')
  await utimes(join(folder, '.new-old'), new Date(), new Date(Date.now() - 2 * 86_400_000))
  await writeFile(join(folder, '.new-young'), 'x')
  const { sha256 } = await createLocalFileStore(folder).put(inPieces(Buffer.from('x')), most)
  expect((await listed()).toSorted()).toEqual(['.new-young', sha256].toSorted())
})

test('a large file takes little memory, however slowly it is read', async () => {
  const store = createLocalFileStore(folder)
  const piece = randomBytes(1_000_000)
  async function* large() {
    for (let at = 0; at < 300; at++) yield piece
  }
  const before = process.memoryUsage()
  const { sha256 } = await store.put(large(), { maxBytes: 1e9 })
  const streams = await Promise.all(Array.from({ length: 50 }, async () => store.open(sha256)))
  const readers = streams.map((stream) => stream?.getReader())
  for (const reader of readers) await reader?.read()
  await pause(20)
  const after = process.memoryUsage()
  expect(after.arrayBuffers + after.external - before.arrayBuffers - before.external).toBeLessThan(100_000_000)
  const open = await readdir('/proc/self/fd').catch(() => [])
  expect(open.length).toBeLessThan(200)
  await Promise.all(readers.map(async (reader) => reader?.cancel()))
})

test('a file that has become shorter breaks the answer off instead of ending it', async () => {
  const store = createLocalFileStore(folder)
  const content = randomBytes(300_000)
  const { sha256 } = await store.put(inPieces(content), most)
  const stream = await store.open(sha256)
  await writeFile(join(folder, sha256.slice(0, 2), sha256), content.subarray(0, 200_000))
  await expect(bytesOf(stream)).rejects.toThrow('is shorter than it was')
})

const contents: [content: string | Buffer, name: string, type: string][] = [
  ['%PDF-1.4\nall of it text', 'a.txt', 'application/pdf'],
  [Buffer.from('%PDF-1.4\n\0'), 'a.html', 'application/pdf'],
  [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'a.pdf', 'image/png'],
  [Buffer.from('ffd8ffe000104a46494600', 'hex'), '', 'image/jpeg'],
  [Buffer.from('504b0304140000000000', 'hex'), 'a.zip', 'application/zip'],
  ['', 'a.txt', 'text/plain'],
  ['Words, words', '', 'text/plain'],
  ['\ufeffWords', 'a.txt', 'text/plain'],
  ['a;b\n1;2', 'A.CSV', 'text/csv'],
  ['# Title', 'a.md', 'text/markdown'],
  ['WEBVTT - a title\n', 'a.txt', 'text/vtt'],
  ['\ufeffWEBVTT', 'a', 'text/vtt'],
  ['WEBVTTX', 'a.vtt', 'text/plain'],
  ['BEGIN:VCALENDAR\r\n', 'a', 'text/calendar'],
  ['{\\rtf1 words}', 'a.txt', 'application/rtf'],
  ['<p>words', 'a.csv', 'text/html'],
  ['  \n<!-- x --><b>', 'a.txt', 'text/html'],
  ['x'.repeat(2000) + '<SCRIPT>', 'a.txt', 'text/html'],
  ['<?xml version="1.0"?><a/>', 'a.csv', 'application/xml'],
  ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', 'a', 'text/html'],
  ['<svg onload="x">', 'a.png', 'image/svg+xml'],
  ['1 < 2 and 3 > 2', 'a.txt', 'text/plain'],
  [Buffer.from('a\0b'), 'a.txt', 'application/octet-stream'],
  [Buffer.from('é', 'latin1'), 'a.txt', 'application/octet-stream'],
  [Buffer.from('fffe3c006800740006d006c00', 'hex'), 'a.txt', 'application/octet-stream'],
  [Buffer.concat([Buffer.from('a'.repeat(100_000)), Buffer.from([0xc3])]), 'a.txt', 'application/octet-stream'],
]

test.each(contents)('%j as %j is %s', async (content, name, type) => {
  const store = createLocalFileStore(folder)
  expect((await store.put(inPieces(Buffer.from(content), 3), { ...most, name })).type).toBe(type)
})

const told = (type: string) => Object.values(servedAs(type))

test('a browser is told of what is on the list, and of nothing else', () => {
  expect(told('application/pdf')).toEqual(['application/pdf', true])
  expect(told('text/plain')).toEqual(['text/plain; charset=utf-8', true])
  expect(told('text/csv')).toEqual(['text/csv; charset=utf-8', false])
  expect(told('audio/x-m4a')).toEqual(['audio/mp4', true])
  for (const type of [
    'text/html',
    'image/svg+xml',
    'application/xml',
    'application/javascript',
    'x/y',
    '__proto__',
    '',
  ]) {
    expect(told(type)).toEqual(['application/octet-stream', false])
  }
  expect([typeName('application/pdf'), typeName('text/html')]).toEqual(['PDF', null])
  expect([
    isNamedLike('A.PDF', 'application/pdf'),
    isNamedLike('a.pdf', 'text/plain'),
    isNamedLike('a', 'text/html'),
  ]).toEqual([true, false, false])
})
