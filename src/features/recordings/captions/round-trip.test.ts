import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCaptions } from './read.ts'
import { cueLists, srtCueLists } from './testing/cues.ts'
import { writeSrt, writeText } from './write-text.ts'
import { writeVtt } from './write-vtt.ts'

const read = (text: string) => readCaptions(new TextEncoder().encode(text))

test('any list of cues that goes out as WebVTT comes in again as it was', () => {
  fc.assert(
    fc.property(cueLists, (cues) => {
      const { format, encoding, cues: again } = read(writeVtt(cues))
      expect({ format, encoding, again }).toEqual({ format: 'vtt', encoding: 'utf-8', again: cues })
    }),
    { numRuns: 1500 },
  )
})

test('a list of cues that goes out as SRT comes in again as it was, without what SRT does not know', () => {
  fc.assert(
    fc.property(srtCueLists, (cues) => {
      const { format, cues: again } = read(writeSrt(cues))
      expect({ format, again }).toEqual({ format: 'srt', again: cues })
    }),
    { numRuns: 1500 },
  )
})

test('a written file declares its language and keeps its note, whatever is in it', () => {
  const cue = { startsAt: 0, endsAt: 1000, identifier: null, settings: null, speaker: null, text: 'Bonjour' }
  const note = 'Made from the English.\n\n00:01 --> 00:02\nWEBVTT'
  const again = read(writeVtt([cue], { lang: 'FR-be', note }))

  expect([again.declaredLang, again.notes, again.cues, again.problems]).toEqual([
    'fr-BE',
    ['Made from the English.\n00:01 -> 00:02\nWEBVTT'],
    [cue],
    [],
  ])
})

test('a transcript with times is read again with its speakers and whole seconds', () => {
  fc.assert(
    fc.property(srtCueLists, (cues) => {
      const named = cues.filter(({ speaker, text }) => speaker !== null && /\p{L}/u.test(text))
      if (named.length === 0) return
      const again = read(writeText(named, { times: true })).cues
      expect(again.map(({ startsAt, speaker }) => [startsAt, speaker])).toEqual(
        named.map(({ startsAt, speaker }) => [Math.floor(startsAt / 1000) * 1000, speaker]),
      )
    }),
  )
})
