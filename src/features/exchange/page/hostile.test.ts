import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tidy } from './fold.ts'
import { decodePage, type PageRead, readPage } from './index.ts'

const names = [
  'atelier-2023.fr.txt',
  'seminar-2022.en.html',
  'seminario-2022.es.txt',
  'seminario-2022.pt.html',
  'nadwa-2021.ar.txt',
]
const samples = names.map((name) => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8'))
const bytesOf = (text: string) => new TextEncoder().encode(text)

const wordsOf = (text: string | null) => (text ?? '').replace(/[\s\p{P}\p{S}]+/gu, ' ').trim()

/** Whether words are the beginning of others; `tail`, a line cut in its middle, may be half a heading. */
function begins(part: string | null, whole: string | null, tail: string): boolean {
  const words = wordsOf(part)
  const sure = words.endsWith(tail) ? words.slice(0, words.length - tail.length).trim() : words
  return wordsOf(whole).startsWith(words) || wordsOf(whole).startsWith(sure)
}

/** What of a cut page does not begin what the whole page gives. The last session may be cut itself. */
function comparePart(part: PageRead, whole: PageRead, tail: string): string[] {
  const fields = (['objectives', 'audiences', 'background'] as const).filter(
    (field) => !begins(part.seminar[field], whole.seminar[field], tail),
  )
  const sessions = part.sessions.filter((session, index) => {
    const right = whole.sessions[index]
    const isLast = index === part.sessions.length - 1
    const same = session.title === right?.title && session.abstract === right.abstract
    return session.number !== right?.number || !(isLast ? begins(session.title, right.title, tail) : same)
  })
  return [...fields, ...sessions.map(({ number }) => `session ${number}`)]
}

describe('a page cut off anywhere', () => {
  test.each(['atelier-2023.fr.txt', 'seminario-2022.es.txt'])(
    '%s: what is found begins what the whole gives',
    (name) => {
      const text = samples[names.indexOf(name)] ?? ''
      const whole = readPage({ text })
      const wrong: [length: number, fields: string[]][] = []
      for (let length = 0; length <= text.length; length++) {
        const part = readPage({ text: text.slice(0, length) })
        const tail = text.slice(0, length).split('\n').at(-1) ?? ''
        const fields = part.ok && whole.ok ? comparePart(part, whole, wordsOf(tail)) : []
        if (fields.length > 0) wrong.push([length, fields])
      }
      expect(whole.ok).toBe(true)
      expect(wrong).toEqual([])
    },
  )

  test('bytes cut off anywhere never throw', () => {
    const problems = new Set<string>()
    for (const bytes of samples.map(bytesOf)) {
      for (let length = 0; length < bytes.length; length += 7) {
        const decoded = decodePage(bytes.subarray(0, length))
        if (decoded.ok) readPage({ text: decoded.text })
        else problems.add(decoded.problem.code)
      }
    }
    expect([...problems]).toEqual(['empty'])
  })
})

describe('anything at all', () => {
  const scrap = fc.constantFrom(
    'Dates',
    'Objectives',
    'Format',
    'Agenda',
    'Background',
    'Sesión 1:',
    '1. ',
    '- ',
    '\n',
    '\n\n',
    ' ',
    ':',
    '“',
    '<p>',
    '</p>',
    '<h2>',
    '</h2>',
    '<ol><li>',
    '</ol>',
    '<a href="',
    '">',
    '</a>',
    '<nav>',
    '<script>',
    '<strong>',
    '<title>',
    '<!--',
    '<iframe src=',
    '31 février 2022',
    '1 - 2 December 2021',
    '08/12/2022',
    '24-',
    '99',
    'third of five seminars',
    'two sessions per day',
    '(2h each)',
    'at 1pm CET',
    'https://example.org/a_FR.pdf',
    '[a](',
    'ندوة',
    '٣',
    '\u0000',
    '\ufffd',
    '\ud800',
    '𝐀',
    'İ',
    'ǆ',
    '\u0301',
  )
  const page = fc.oneof(
    fc.array(scrap, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 400 }),
  )

  test('text never throws, and every line it speaks of exists', () => {
    fc.assert(
      fc.property(
        page,
        fc.constantFrom('text', 'html'),
        fc.constantFrom('fr', 'xx', ''),
        (text, format, claimedLang) => {
          const read = readPage({ text, format, claimedLang })
          if (!read.ok) return
          const lines = [...read.unsure, ...read.left, ...read.sessions, ...read.links].flatMap(({ line }) =>
            line === null ? [] : [line],
          )
          const most = text.split('\n').length
          expect(lines.filter((line) => line < 1 || line > most)).toEqual([])
          for (const { startsOn } of read.sessions) expect(startsOn ?? '2021-01-01').toMatch(/^\d{4}-\d\d-\d\d$/)
        },
      ),
      { numRuns: 1500 },
    )
  })

  test('bytes never throw', () => {
    const found = fc.check(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const decoded = decodePage(bytes)
        if (decoded.ok) readPage({ text: decoded.text })
      }),
      { numRuns: 1500 },
    )
    expect(found.counterexample).toBe(null)
  })

  test('a page with one byte changed never throws', () => {
    const bytes = samples.map(bytesOf)
    const found = fc.check(
      fc.property(fc.constantFrom(...bytes), fc.nat(), fc.nat(255), (whole, at, byte) => {
        const decoded = decodePage(whole.with(at % whole.length, byte))
        if (decoded.ok) readPage({ text: decoded.text })
      }),
      { numRuns: 200 },
    )
    expect(found.counterexample).toBe(null)
  })
})

/** Milliseconds of work that a page takes: of this thread alone, whatever else the machine does meanwhile. */
function workOf(page: string): number {
  const began = process.threadCpuUsage()
  const decoded = decodePage(bytesOf(page))
  if (decoded.ok) readPage({ text: decoded.text })
  const { user, system } = process.threadCpuUsage(began)
  return (user + system) / 1000
}

/** How many times the work of a quarter the whole takes. Four times as much should take about four times as long. */
const growthOf = (text: string): number => workOf(text) / Math.max(workOf(text.slice(0, text.length / 4)), 100)

describe('work stays bounded', () => {
  const size = 5_000_000
  const head = 'Dates\n\n1 - 2 December 2021\n\nFormat\n\n'

  test.each([
    ['5 MB of blanks', head + ' '.repeat(size)],
    ['one line of 5 MB', head + 'two sessions per day, the third seminar '.repeat(size / 40)],
    ['one line of dates', head + '1 December 2021 '.repeat(size / 16)],
    ['full stops', head + '. '.repeat(size / 2)],
    ['addresses', head + 'https://a.b '.repeat(size / 12)],
    ['text decoded twice', head + 'Ã©'.repeat(size / 2)],
    ['100,000 headings', 'Objectives\ntext\n'.repeat(100_000)],
    ['100,000 headings in HTML', '<h2>Dates</h2><p>1 December 2021</p>'.repeat(100_000)],
    ['100,000 sessions', `${head}${'Session 1: x\n'.repeat(100_000)}`],
    ['100,000 nested elements', `${'<div>'.repeat(100_000)}<h2>Dates</h2><p>1 December 2021</p>`],
    ['100,000 nested lists', `${'<ul><li>'.repeat(100_000)}Dates`],
    ['less-than signs', '<'.repeat(size)],
    ['a long attribute', `<p class="${'a '.repeat(size / 2)}">x`],
    ['a million line breaks', `<p>${'x<br>'.repeat(size / 5)}`],
  ])('%s', { timeout: 120_000 }, (_, text) => {
    // A quadratic step would take sixteen times as long.
    expect(growthOf(text)).toBeLessThan(12)
  })

  test('a run of blanks is one space, however long it is', () => {
    const lengths = [1, 9_999, 10_000, 10_001, 25_000, 5_000_000]
    expect(lengths.map((length) => tidy(`a${' \u00a0'.repeat(length / 2 + 1)}b`))).toEqual(lengths.map(() => 'a b'))
  })

  test('what was not looked at is told', () => {
    const long = readPage({ text: `${head}${'word '.repeat(10_000)}` })
    expect(long.ok && long.unsure.map((note) => [note.what, note.line])).toContainEqual(['text', 7])
    const many = readPage({ text: `${head}${'x\n'.repeat(30_000)}` })
    expect(many.ok && many.unsure.map((note) => [note.what, note.line])).toContainEqual(['text', 20_004])
  })
})
