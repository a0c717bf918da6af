import * as fc from 'fast-check'
import { plainIdentifier, plainName, plainText } from '../plain.ts'
import type { Cue } from '../cue.ts'

/** A cue of these words from `startsAt` on, two seconds long. */
export function aCue(text: string, values: Partial<Cue> = {}): Cue {
  const startsAt = values.startsAt ?? 0
  return { startsAt, endsAt: startsAt + 2000, identifier: null, settings: null, speaker: null, text, ...values }
}

const hostileLines = fc.constantFrom(
  '',
  ' ',
  '00:01 --> 00:02',
  '00:01:02,5 -> 00:03',
  '0:00:01.000,0:00:03.000',
  '[00:01:02] Anna: so',
  '1 → 2',
  '00:01 → 00:02',
  '-->',
  '&lt;b&gt; &amp;amp; &nbsp; &#x2028;',
  '<c></c>',
  '<i></i>x',
  '<v Bob>said</v>',
  '<script>alert(1)</script>',
  '<00:01.000>',
  '{\\an8}up',
  'WEBVTT',
  'NOTE this',
  'STYLE',
  '42',
  'slide-4',
  'Anna: yes',
  'Anna:',
  '：：',
  'مرحبا بكم: أهلا',
  '\u200Fعربي\u200F',
  '你好：世界',
  '👩‍👩‍👧 family',
  'a\tb\u00a0',
  '\uFEFFmark',
)
const lines = fc.oneof(hostileLines, fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }))

/**
 * Words as a cue can hold them (`plainText`: no control characters, halves of characters or marks of byte order; lines end in \n) and not blank as a whole.
 * Blanks around lines and empty lines are kept as they are.
 */
const texts = fc
  .array(lines, { minLength: 1, maxLength: 4 })
  .map((parts) => plainText(parts.join('\n')))
  .filter((text) => text.trim() !== '')

const setting = fc.constantFrom(
  'line:0',
  'line:-1',
  'line:85%,end',
  'position:10.5%,line-left',
  'size:80%',
  'align:start',
  'vertical:rl',
  'region:fred',
)
const times = fc.record({ startsAt: fc.nat({ max: 400_000_000 }), length: fc.nat({ max: 100_000 }) })

/** Any cue: what identifier, settings and speaker may be is said by `plainIdentifier`, `plainSettings` and `plainName`. */
const anyCue = fc
  .record({
    times,
    identifier: fc.option(
      fc.oneof(fc.constantFrom('slide-4', 'x y: z', '8f0e7c1a-1b2c/12-0'), fc.string({ unit: 'binary' })),
    ),
    settings: fc.option(fc.array(setting, { minLength: 1, maxLength: 3 })),
    speaker: fc.option(
      fc.oneof(
        fc.constantFrom('Anna', 'O’Neill & <Sons>', 'أمينة ديالو', '陈泽伦', 'a.b: c'),
        fc.string({ unit: 'binary' }),
      ),
    ),
    text: texts,
  })
  .map(({ times, identifier, settings, speaker, text }): Cue => ({
    startsAt: times.startsAt,
    endsAt: times.startsAt + times.length,
    identifier: identifier === null ? null : plainIdentifier(identifier),
    settings: settings?.join(' ') ?? null,
    speaker: speaker === null ? null : plainName(speaker),
    text,
  }))

const inOrder = (cues: readonly Cue[]) => cues.toSorted((one, other) => one.startsAt - other.startsAt)

export const cueLists = fc.array(anyCue, { minLength: 1, maxLength: 12 }).map(inOrder)

const names = fc.constantFrom(
  'Anna',
  'Mary Jones',
  'JONES Mary',
  'Dr. Amina Diallo',
  'أمينة ديالو',
  'Speaker 1',
  '陈泽伦',
)

/** What SRT can hold: no identifiers and settings; either nobody is named, or somebody in each cue. */
export const srtCueLists = fc
  .tuple(cueLists, fc.boolean(), fc.array(names, { minLength: 12, maxLength: 12 }))
  .map(([cues, isNamed, spoken]) =>
    cues.map((cue, index): Cue => ({
      ...cue,
      identifier: null,
      settings: null,
      speaker: isNamed ? (spoken[index] ?? null) : null,
    })),
  )
