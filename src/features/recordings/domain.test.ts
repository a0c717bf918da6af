import { expect, test } from 'vitest'
import { hasMovedOn, isWithin, playable, readSecond, secondOf, type Track, type TrackKind } from './domain.ts'

function aTrack(id: string, kind: TrackKind, lang: string, isFile = true): Track {
  const file = isFile ? { sha256: id, name: id, type: 'audio/ogg' } : null
  const texts = { versions: [], label: null, channel: null, href: `/${id}`, isBehind: false, synthetic: false }
  const care = { rules: { spans: [], speakers: null }, withheld: null }
  return {
    id,
    kind,
    lang,
    ...texts,
    ...care,
    isElsewhere: !isFile,
    file,
    bytes: null,
    media: null,
    cues: 0,
    textBytes: 0,
  }
}

test.each([
  ['754', 754_000],
  ['754.5', 754_500],
  ['0', 0],
  ['86400', 86_400_000],
  ['86400.001', null],
  ['99999', null],
  ['', null],
  ['-1', null],
  ['1e3', null],
  ['1.2345', null],
  [undefined, null],
])('the second %s of an address is %s milliseconds', (text, milliseconds) => {
  expect(readSecond(text)).toBe(milliseconds)
})

test.each([0, 754_000, 754_500, 1, 86_400_000])('%s milliseconds are written as they are read', (milliseconds) => {
  expect(readSecond(secondOf(milliseconds))).toBe(milliseconds)
})

test('what plays comes in the order of the reader’s languages, a film before a sound', () => {
  const tracks = [
    aTrack('es-audio', 'audio', 'es'),
    aTrack('fr-captions', 'captions', 'fr'),
    aTrack('fr-audio', 'audio', 'fr'),
    aTrack('en-video', 'video', 'en'),
    aTrack('fr-video', 'video', 'fr'),
    aTrack('fr-elsewhere', 'video', 'fr', false),
  ]
  expect(playable(tracks, ['fr', 'en']).map(({ id }) => id)).toEqual(['fr-video', 'fr-audio', 'en-video', 'es-audio'])
  expect(playable(tracks, []).map(({ id }) => id)).toEqual(['en-video', 'fr-video', 'es-audio', 'fr-audio'])
})

test('a span holds its beginning and not its end', () => {
  const span = { startsAt: 10, endsAt: 20 }
  expect([9, 10, 19, 20].map((at) => isWithin(at, span))).toEqual([false, true, true, false])
})

test('lines are behind only when those they were made from are known to have changed', () => {
  expect(hasMovedOn('a', 'a')).toBe(false)
  expect(hasMovedOn('a', 'b')).toBe(true)
  expect(hasMovedOn(null, 'b')).toBe(false)
  expect(hasMovedOn('a', null)).toBe(false)
})
