import { expect, test } from 'vitest'
import { aTrackValue } from '#testing/recorded-values.ts'
import { soundIn } from './domain.ts'

const file = (name: string, type: string) => ({ sha256: 'dd', name, type })
const anAudio = (changes: Parameters<typeof aTrackValue>[0] = {}) =>
  aTrackValue({ kind: 'audio', href: '/files/dd/en.mp3', file: file('en.mp3', 'audio/mpeg'), versions: [], ...changes })

test('the sound of a film is what was taken out of it, the smaller one where there are two', () => {
  const small = { kind: 'small_audio' as const, href: '/files/ee/small.m4a', type: 'audio/mp4', bytes: 300 }
  const film = aTrackValue()

  expect(soundIn([film], 'en')).toEqual({
    href: '/files/bb/day-audio.m4a',
    type: 'audio/mp4',
    bytes: 900,
    duration: 754_500,
  })
  expect(soundIn([{ ...film, versions: [...film.versions, small] }], 'en')?.bytes).toBe(300)
  expect(soundIn([{ ...film, versions: [{ ...small, kind: 'small_video' }] }], 'en')).toBeNull()
})

test('of several sounds one that players play comes before one that is smaller', () => {
  const ogg = anAudio({ file: file('en.ogg', 'audio/ogg'), bytes: 10, media: null })

  expect(soundIn([ogg, anAudio()], 'en')).toMatchObject({ type: 'audio/mpeg', bytes: 5000 })
  expect(soundIn([ogg], 'en')).toEqual({ href: '/files/dd/en.mp3', type: 'audio/ogg', bytes: 10, duration: null })
})

test('a language is met by its kinds in countries, and by no other', () => {
  expect(soundIn([anAudio({ lang: 'pt-BR' })], 'pt')?.bytes).toBe(5000)
  expect(soundIn([anAudio({ lang: 'pt' })], 'pt-BR')).toBeNull()
  expect(soundIn([anAudio({ lang: 'fro' })], 'fr')).toBeNull()
})

test('what is elsewhere, held back, of no known length or no sound is none', () => {
  const none = [
    anAudio({ file: null, isElsewhere: true, href: 'https://example.org/en.mp3' }),
    anAudio({ file: null, withheld: 'takedown', href: '' }),
    anAudio({ bytes: null }),
    anAudio({ kind: 'captions' }),
    aTrackValue({ versions: [] }),
  ]

  expect(none.map((track) => soundIn([track], 'en'))).toEqual([null, null, null, null, null])
})
