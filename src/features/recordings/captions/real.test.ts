import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { guessCaptionLang } from './language.ts'
import { cueAt, slideMarks } from './navigate.ts'
import { readCaptions } from './read.ts'

const folder = '../shared/data/captions'
const files = [
  { name: 'zc_expression', cues: 119, slides: 8, lang: 'en' },
  { name: 'zc_expression-zh', cues: 119, slides: 0, lang: 'zh' },
  { name: 'jt_ai-bias', cues: 294, slides: 41, lang: 'en' },
]

const seconds = (time: string) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

/** The times of a file by another way than the reader's. */
function timesIn(text: string): number[][] {
  const found = text.matchAll(/^([\d:.]+) --> ([\d:.]+)/gm)
  return Array.from(found, ([, from = '', to = '']) => [from, to].map((time) => Math.round(seconds(time) * 1000)))
}

describe.runIf(existsSync(folder))('real captions', () => {
  test.each(files)('$name is read whole: every cue, its times, its slides', ({ name, cues, slides, lang }) => {
    const bytes = readFileSync(join(folder, `${name}.vtt`))
    const read = readCaptions(bytes)

    expect([read.format, read.encoding, read.cues.length, read.problemCount]).toEqual(['vtt', 'utf-8', cues, 0])
    expect(read.cues.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual(timesIn(bytes.toString()))
    expect(slideMarks(read.cues).map(({ number }) => number)).toEqual(Array.from({ length: slides }, (_, at) => at + 1))
    expect(guessCaptionLang(read.cues)).toBe(lang)
  })

  test('the same second is the same cue in English and Chinese', () => {
    const [english, chinese] = ['zc_expression', 'zc_expression-zh'].map(
      (name) => cueAt(readCaptions(readFileSync(join(folder, `${name}.vtt`))).cues, 102_000)?.startsAt,
    )
    expect([english, chinese]).toEqual([98_420, 98_420])
  })
})
