import { expect, test } from 'vitest'
import { CaptionsUnreadable, type Cue } from './cue.ts'
import { readCaptions } from './read.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, durationMs: number | null = null) => readCaptions(bytes(text), { durationMs })
const short = ({ startsAt, endsAt, speaker, text }: Cue) => [startsAt, endsAt, speaker, text]
const cuesOf = (text: string) => read(text).cues.map(short)
const problemsOf = (text: string, durationMs: number | null = null) =>
  read(text, durationMs).problems.map(({ line, problem }) => [line, problem])

test('WebVTT with all that it may have is read whole', () => {
  const file = `\uFEFFWEBVTT - The talk\r
Kind: captions\r
Language: fr\r
\r
STYLE\r
::cue { color: red }\r
\r
REGION\r
id:fred\r
\r
NOTE first line\r
second line\r
\r
slide-4\r
00:01.500 --> 01:00:02.000 line:0 align:start\r
<v.loud Mary Jones>Bonjour <i>à</i> <c.red>tous</c> &amp; <00:02.000>merci</v>\r
\r
7\r
00:02.000 --> 00:03.000\r
<ruby>漢<rt>かん</rt></ruby> <lang en>a &lt; b</lang>\r
`
  expect(read(file)).toEqual({
    format: 'vtt',
    encoding: 'utf-8',
    declaredLang: 'fr',
    cues: [
      {
        startsAt: 1500,
        endsAt: 3_602_000,
        identifier: 'slide-4',
        settings: 'line:0 align:start',
        speaker: 'Mary Jones',
        text: 'Bonjour à tous & merci',
      },
      { startsAt: 2000, endsAt: 3000, identifier: null, settings: null, speaker: null, text: '漢かん a < b' },
    ],
    notes: ['The talk', 'first line\nsecond line'],
    problems: [
      { line: 5, problem: 'styleLeftOut', excerpt: 'STYLE' },
      { line: 8, problem: 'styleLeftOut', excerpt: 'REGION' },
      { line: 19, problem: 'overlap', excerpt: '漢かん a < b' },
    ],
    problemCount: 3,
  })
})

test.each([
  ['with hours', '00:01:02.500 --> 00:01:03.500'],
  ['without hours', '01:02.500 --> 01:03.500'],
  ['with commas', '00:01:02,500 --> 00:01:03,500'],
  ['of one digit each', '0:1:2.5 --> 0:1:3.5'],
  ['in frames, 24 of them a second at least', '00:01:02:12 --> 00:01:03:12'],
  ['in fullwidth digits', '００：０１：０２．５００ --> ００：０１：０３．５００'],
  ['in Arabic digits', '٠٠:٠١:٠٢٫٥٠٠ --> ٠٠:٠١:٠٣٫٥٠٠'],
  ['in Persian digits', '۰۰:۰۱:۰۲٫۵۰۰ --> ۰۰:۰۱:۰۳٫۵۰۰'],
  ['with a short arrow', '00:01:02.500 -> 00:01:03.500'],
  ['with a dash for an arrow', '00:01:02.500 –> 00:01:03.500'],
  ['with a parted arrow', '00:01:02.500 -- > 00:01:03.500'],
  ['with a drawn arrow', '00:01:02.500 → 00:01:03.500'],
  ['with an arrow from a web page', '00:01:02.500 --&gt; 00:01:03.500'],
  ['as a translator leaves them', '00: 01: 02, 500 -> 00: 01: 03, 500'],
  ['in brackets', '[00:01:02.500] --> [00:01:03.500]'],
  ['behind their number', '1 00:01:02,500 --> 00:01:03,500'],
  ['without blanks', '00:01:02.500-->00:01:03.500'],
  ['with the milliseconds behind a colon', '00:01:02:500 --> 00:01:03:500'],
  ['in minutes over an hour and seconds', '1:02.5 --> 1:03.5'],
])('times %s are read', (name, times) => {
  const [[start, end, speaker, text] = []] = cuesOf(`WEBVTT\n\n${times}\nHello`)
  const half = name.includes('frames') ? 480 : 500
  expect([start, end, speaker, text]).toEqual([62_000 + half, 63_000 + half, null, 'Hello'])
})

test('what is wrong with cues is told with its line, and the others are as they should be', () => {
  const file = `1
00:00:09,000 --> 00:00:08,000
backwards

2
00:00:01,000 --> 00:00:04,000

3
00:00:01,000 --> 00:00:04,000
first
00:00:03,000 --> 00:00:05,000
second
4
00:00:06,000 -->
endless

a line of its own

5
x0:00:00 --> 00:00:20,000
unread start

6
00:00:30,000 --> 00:00:61,000
long seconds`
  expect(cuesOf(file)).toEqual([
    [1000, 4000, null, 'first'],
    [3000, 5000, null, 'second'],
    [6000, 9000, null, 'endless\na line of its own'],
    [6000, 20_000, null, 'unread start'],
    [9000, 30_000, null, 'backwards'],
    [30_000, 61_000, null, 'long seconds'],
  ])
  expect(problemsOf(file)).toEqual(
    [
      [2, 'endsBeforeStart'],
      [6, 'emptyCue'],
      [9, 'unordered'],
      [11, 'noBlankLine'],
      [11, 'overlap'],
      [14, 'noBlankLine'],
      [14, 'noEnd'],
      [17, 'textOutsideCue'],
      [20, 'badTime'],
      [20, 'overlap'],
      [2, 'overlap'],
      [24, 'oddTime'],
    ].sort(([one], [other]) => Number(one) - Number(other)),
  )
})

test('settings that WebVTT does not have are left out and told, words behind the times are words', () => {
  const { cues, problems } = read(
    'WEBVTT\n\n00:01.000 --> 00:02.000 align:start line:x size:500\nA\n\n00:03.000 --> 00:04.000 B\nC',
  )

  expect(cues.map(({ settings, text }) => [settings, text])).toEqual([
    ['align:start', 'A'],
    [null, 'B\nC'],
  ])
  expect(problems.map(({ line, problem }) => [line, problem])).toEqual([[3, 'badSettings']])
})

test('several voices in one cue become several of the same times; script stays text', () => {
  const file = 'WEBVTT\n\nslide-1\n00:01.000 --> 00:02.000\n<v Anna>Yes.</v>\n<v Bob>No <script>alert(1)</script>\n'
  expect(read(file).cues.map(({ identifier, speaker, text }) => [identifier, speaker, text])).toEqual([
    ['slide-1', 'Anna', 'Yes.'],
    [null, 'Bob', 'No <script>alert(1)</script>'],
  ])
})

test('a file whose lines are all parted by blank ones is read', () => {
  expect(
    read('1\n\n00:00:01,000 --> 00:00:02,000\n\nHello\n\n2\n\n00:00:03,000 --> 00:00:04,000\n\nthere\n'),
  ).toMatchObject({
    format: 'srt',
    cues: [{ text: 'Hello' }, { text: 'there' }],
    problems: [],
  })
})

test('captions that are longer than the recording are told of', () => {
  const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n01:10.000 --> 01:20.000\nB'

  expect(problemsOf(file, 60_000)).toEqual([[6, 'beyondRecording']])
  expect(problemsOf(file, 79_000)).toEqual([])
})

const french = 'WEBVTT\n\n00:01.000 --> 00:02.000\nL’été à Orléans : « déjà vu »'
const arabic = 'WEBVTT\n\n00:01.000 --> 00:02.000\nإعادة الإدماج المستدامة للعائدين إلى الوطن'
const windows1256 = (text: string) => {
  const decoder = new TextDecoder('windows-1256')
  const byte = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]))
  return Uint8Array.from(text, (character) => byte.get(character) ?? 63)
}
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16()

test.each([
  ['utf-8', bytes(french), french],
  ['utf-16le', Buffer.from(`\uFEFF${french}`, 'utf16le'), french],
  ['utf-16le', Buffer.from(french, 'utf16le'), french],
  ['utf-16be', swapped(`\uFEFF${arabic}`), arabic],
  ['utf-16be', swapped(french), french],
  ['windows-1252', Uint8Array.from(Buffer.from(french.replace('’', '\u0092'), 'latin1')), french],
  ['windows-1256', windows1256(arabic), arabic],
])('the encoding %s is told', (encoding, file, text) => {
  const found = readCaptions(file)
  expect([found.encoding, found.cues[0]?.text]).toEqual([encoding, text.split('\n').at(-1)])
})

test('UTF-8 with a broken character stays UTF-8 and says where', () => {
  const file = Buffer.concat([bytes(`${french}\n\n00:03.000 --> 00:04.000\n`), Buffer.of(0xc3), bytes('x et après')])
  const found = readCaptions(file)
  expect([found.encoding, found.cues[1]?.text]).toEqual(['utf-8', '\uFFFDx et après'])
  expect(found.problems.map(({ line, problem }) => [line, problem])).toEqual([[7, 'badBytes']])
})

test('stray zeros and byte order marks, and line ends of every kind, leave no trace', () => {
  expect(cuesOf('\uFEFFWEBVTT\r\r00:01.000 --> 00:02.000\u2028A\0B\uFEFF\r\n\n00:03.000 --> 00:04.000\rC')).toEqual([
    [1000, 2000, null, 'AB'],
    [3000, 4000, null, 'C'],
  ])
})

test('without its first line WebVTT is read and the missing line told', () => {
  expect(problemsOf('00:01.000 --> 00:02.000\nA')).toEqual([[1, 'noHeader']])
})

test('SBV is read', () => {
  const { format, cues } = read('0:00:01.000,0:00:02.500\nOne[br]two\n\n0:00:03.000,0:00:04.000\nThree')
  expect([format, cues.map(short)]).toEqual([
    'sbv',
    [
      [1000, 2500, null, 'One\ntwo'],
      [3000, 4000, null, 'Three'],
    ],
  ])
})

test.each([
  ['nothing', Buffer.of(), 'empty'],
  ['blanks', bytes(' \n \n'), 'empty'],
  ['a picture', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), 'picture'],
  ['a film', Buffer.from('\0\0\0\u0020ftypisom', 'latin1'), 'film'],
  ['a Word document', Buffer.from('PK\u0003\u0004', 'latin1'), 'archive'],
  ['a web page', bytes('<!doctype html><p>Hello'), 'markup'],
  ['TTML', bytes('<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml">'), 'otherCaptions'],
  ['prose', bytes('We met at ten.\nNobody spoke.'), 'noTimes'],
  ['a header alone', bytes('WEBVTT\n\n'), 'noCues'],
  ['times alone', bytes('WEBVTT\n\n00:01.000 --> 00:02.000\n\n'), 'noCues'],
])('a file with %s is refused, and says what it is', (_, file, instead) => {
  expect(() => readCaptions(file)).toThrow(expect.objectContaining({ name: 'CaptionsUnreadable', instead }))
})

test('a file that is larger than may be is refused before it is read', () => {
  expect(() => readCaptions(bytes(french), { maxBytes: 10 })).toThrow(new CaptionsUnreadable('tooLarge'))
})
