import { createHmac } from 'node:crypto'
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { carryLink, createFileLinks, linkSeconds, readFileLink } from './links.ts'

const secret = 'a secret of a hub that is long enough for one'
const at = '2026-11-24T09:00:00.000Z'
const file = { sha256: '0a'.repeat(32), name: 'جدول الأعمال (1).mp3' }

const linksAt = (now: string, other = secret) => createFileLinks(other, () => now)
const queryOf = (href: string) => new URL(href, 'https://hub.example').searchParams
const after = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()

/** The link that an address of ours holds. */
function linkIn(href: string) {
  const link = readFileLink(queryOf(href))
  if (link === null || link === 'wrong') throw new Error(`no link: ${href}`)
  return link
}

test('a link is good for the file and the visit it was made for, until it expires', () => {
  const href = linksAt(at).hrefFor('vis_1', file)
  const link = linkIn(href)
  expect(href.split('?')[0]).toBe(`/files/${file.sha256}/${encodeURIComponent(file.name)}`)
  expect([link.until, link.visit]).toEqual([Date.parse(at) / 1000 + linkSeconds, 'vis_1'])
  const isGoodAt = (seconds: number) => linksAt(after(seconds)).isGood(link, file)
  expect([0, linkSeconds - 1, linkSeconds, linkSeconds * 9].map(isGoodAt)).toEqual([true, true, false, false])
  // Clocks of processes differ by seconds, not by an hour.
  expect([-30, -3600].map(isGoodAt)).toEqual([true, false])
})

test('nothing in a link can be changed, and no other secret makes one', () => {
  const links = linksAt(at)
  const link = linkIn(links.hrefFor('vis_1', file))
  const head = link.key.startsWith('A') ? 'B' : 'A'
  const others: [typeof link, typeof file][] = [
    [{ ...link, until: link.until - 1 }, file],
    [{ ...link, until: link.until + 30 }, file],
    [{ ...link, until: 999_999_999_999 }, file],
    [{ ...link, visit: 'vis_2' }, file],
    [{ ...link, key: head + link.key.slice(1) }, file],
    [{ ...link, key: `é${link.key.slice(2)}` }, file],
    [{ ...link, key: '' }, file],
    [link, { ...file, name: 'other.mp3' }],
    [link, { ...file, sha256: '0b'.repeat(32) }],
  ]
  expect(others.map(([one, of]) => links.isGood(one, of))).toEqual(others.map(() => false))
  expect(linksAt(at, `${secret}!`).isGood(link, file)).toBe(false)
  // Neither the secret itself nor what else is signed with it makes a key.
  const words = JSON.stringify([link.until, link.visit, file.sha256, file.name])
  const byHand = createHmac('sha256', secret).update(words).digest('base64url')
  expect(links.isGood({ ...link, key: byHand }, file)).toBe(false)
})

const key = 'k'.repeat(43)
const hostile: [query: string, read: ReturnType<typeof readFileLink>][] = [
  ['', null],
  ['t=5&utm_source=x', null],
  [`until=1&for=vis_1&key=${key}`, { until: 1, visit: 'vis_1', key }],
  [`key=${key}&t=5&for=vis_1&until=1`, { until: 1, visit: 'vis_1', key }],
  ['until=1', 'wrong'],
  ['key', 'wrong'],
  [`for=vis_1&key=${key}`, 'wrong'],
  [`until=1&key=${key}`, 'wrong'],
  [`until=1&until=1&for=vis_1&key=${key}`, 'wrong'],
  [`until=1&for=vis_1&for=vis_2&key=${key}`, 'wrong'],
  [`until=1&for=vis_1&key=${key}&key=${key}`, 'wrong'],
  ...['0', '-1', '01', '1.5', '1e9', '0x1', '١', ' 1', '1'.repeat(13), '9'.repeat(5000), 'Infinity', ''].map(
    (until): [string, 'wrong'] => [`until=${until}&for=vis_1&key=${key}`, 'wrong'],
  ),
  ...['', '%00', "'--", '../x', 'x'.repeat(65), 'é'].map((visit): [string, 'wrong'] => [
    `until=1&for=${visit}&key=${key}`,
    'wrong',
  ]),
  ...['', `${key}=`, key.slice(1), `${key}k`, `${key.slice(1)}+`, `${key.slice(2)}%0a`, 'k'.repeat(100_000)].map(
    (one): [string, 'wrong'] => [`until=1&for=vis_1&key=${one}`, 'wrong'],
  ),
]

test.each(hostile)('the query %.80j is read as what it is', (query, read) => {
  expect(readFileLink(new URLSearchParams(query))).toEqual(read)
})

test('whatever a query holds, it is a link, none, or a wrong one', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 300 }), (text) => {
      const link = readFileLink(new URLSearchParams(text))
      expect(link === null || link === 'wrong' || !linksAt(at).isGood(link, file)).toBe(true)
    }),
  )
})

test('a playlist hands its link on to the pieces of its stream, and prolongs nothing', () => {
  const stream = { sha256: '0c'.repeat(32), name: 'stream.mp4' }
  const link = linkIn(linksAt(at).hrefFor('vis_1', { sha256: '0d'.repeat(32), name: 'stream.m3u8' }))
  const later = linksAt(after(3600))
  const address = `../${stream.sha256}/stream.mp4`
  const playlist = `#EXTM3U\n#EXT-X-MAP:URI="${address}",BYTERANGE="800@0"\n#EXTINF:6.0,\n#EXT-X-BYTERANGE:900@800\n${address}\n../x/y.mp4\n`
  const href = later.hrefOn(link, stream)
  expect(carryLink(playlist, link, later)).toBe(playlist.replaceAll(address, href))
  expect(linkIn(href)).toMatchObject({ until: link.until, visit: link.visit })
  expect(later.isGood(linkIn(href), stream)).toBe(true)
  expect(linksAt(after(linkSeconds)).isGood(linkIn(href), stream)).toBe(false)
})
