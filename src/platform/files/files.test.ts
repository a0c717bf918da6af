import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inPieces } from '#testing/files.ts'
import { createLocalFileStore, isNamedLike, servedAs, typeName } from './index.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-store-'))
})
afterEach(async () => rm(folder, { recursive: true }))

const most = { maxBytes: 10_000_000 }

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
  expect(['application/pdf', 'text/html', 'image/svg+xml'].map(typeName)).toEqual(['PDF', 'HTML', null])
  expect([
    isNamedLike('A.PDF', 'application/pdf'),
    isNamedLike('a.pdf', 'text/plain'),
    isNamedLike('a', 'text/html'),
  ]).toEqual([true, false, false])
})
