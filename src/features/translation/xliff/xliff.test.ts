import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashText } from '#platform/text/index.ts'
import {
  closeXliff,
  decodeXliff,
  openXliff,
  readXliff,
  writeFile,
  type FileOut,
  type UnitIn,
  type UnitOut,
} from './index.ts'

const unit = (source: string, target: string | null, more: Partial<UnitOut> = {}): UnitOut => ({
  field: 'summary',
  label: 'Summary',
  source,
  sourceHash: hashText(source),
  target,
  state: target === null ? 'missing' : 'current',
  ...more,
})

const file = (units: readonly UnitOut[], recordId = 'sem_1'): FileOut => ({
  recordId,
  address: 'https://hub.example/r/sem_1?a&"b"',
  name: 'A “name” <&>\t',
  units,
})

const document = (...files: readonly FileOut[]) => openXliff('en', 'ar') + files.map(writeFile).join('') + closeXliff

function unitsOf(text: string): readonly UnitIn[] {
  const read = readXliff(text)
  if (!read.ok) throw new Error(`${read.fault} in line ${read.line}: ${read.detail}`)
  return read.units
}

const hard = [
  'Bonjour',
  'عودة طوعية',
  '🙂‍↔️',
  ']]>',
  '<![CDATA[',
  '&amp;',
  '<b>',
  '"',
  '\t',
  '\r',
  '\r\n',
  '\n',
  '\n\n',
  '\n\n\n',
  ' ',
  '\u0000',
  '\u001F',
  '\uFFFF',
  '\uD800',
  '\uDC00',
  '\u0301',
  '\u0085',
  '\u2028',
  '- *item*\n',
]
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...hard), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

test('whatever a text holds goes out and comes back as it was', () => {
  fc.assert(
    fc.property(anyText, fc.option(anyText), (source, target) => {
      const [back] = unitsOf(document(file([unit(source, target)])))
      expect(back).toMatchObject({
        recordId: 'sem_1',
        field: 'summary',
        source,
        target,
        hasCodes: false,
        isPartial: false,
      })
      expect([back?.sourceHash, back?.targetHash]).toEqual([hashText(source), target === null ? '' : hashText(target)])
    }),
    { numRuns: 500 },
  )
})

test('the document says what XLIFF 2.1 wants said', () => {
  const text = document(file([unit('One.\n\nTwo.', 'واحد.\n\nاثنان.'), unit('New', null, { field: 'title' })]))
  expect(text).toContain('version="2.1" srcLang="en" trgLang="ar">')
  expect(text).toContain('<segment id="s1" state="final"><source>One.</source><target>واحد.</target></segment>')
  expect(text).toContain('<ignorable><source>\n\n</source><target>\n\n</target></ignorable>')
  expect(text).toContain('<segment id="s1" state="initial"><source>New</source></segment>')
})

const wrap = (inside: string, attributes = 'version="2.1" srcLang="en" trgLang="ar"') =>
  `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" ${attributes}><file id="sem_1">${inside}</file></xliff>`

test('what an agency’s tool makes of it is read: prefixes, groups, other segments, another order, comments, CDATA', () => {
  const text = `<?xml version="1.0"?>
    <x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="ar" xmlns:t="urn:tool">
      <x:file id="sem_1"><x:group id="g"><x:unit id="summary">
        <t:own><t:more>nothing of ours</t:more></t:own>
        <x:segment state="final"><x:source>One. </x:source><x:target order="3">ب<!-- why --></x:target></x:segment>
        <x:ignorable><x:source>-</x:source></x:ignorable>
        <x:segment state="reviewed"><x:source>Two.</x:source><x:target order="1"><x:mrk id="m1"><![CDATA[<أ>]]></x:mrk></x:target></x:segment>
      </x:unit></x:group></x:file></x:xliff>`
  expect(unitsOf(text)).toEqual([
    {
      recordId: 'sem_1',
      field: 'summary',
      line: 3,
      source: 'One. -Two.',
      target: '<أ>-ب',
      isPartial: false,
      isReviewed: true,
      hasCodes: false,
      sourceHash: undefined,
      targetHash: undefined,
    },
  ])
})

test('half a unit, codes and a unit that stands there twice are told', () => {
  const half = '<segment><source>A</source><target>B</target></segment><segment><source>C</source></segment>'
  expect(unitsOf(wrap(`<unit id="u">${half}</unit>`))).toMatchObject([{ target: null, isPartial: true }])
  const codes = '<segment><source>A</source><target>B<ph id="1"/></target></segment>'
  expect(unitsOf(wrap(`<unit id="u">${codes}</unit>`))).toMatchObject([{ hasCodes: true }])
  const read = readXliff(wrap('<unit id="u"/>\n<unit id="v"/>\n<unit id="u"/>\n<unit id="u"/>'))
  expect(read).toMatchObject({ ok: true, units: [{ field: 'v' }], twice: [{ line: 3 }, { line: 4 }] })
})

const bomb = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`

test.each([
  ['a billion laughs', `<?xml version="1.0"?>\n${bomb}\n${wrap('&b;')}`, 'doctype', 2],
  ['an external entity', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${wrap('&e;')}`, 'doctype', 1],
  ['an entity without a DTD', wrap('\n&nbsp;'), 'entity', 2],
  ['an ampersand alone', wrap('\n\nA & B'), 'malformed', 3],
  ['a character XML has not', wrap('\n\u0007'), 'malformed', 2],
  ['a reference to none', wrap('&#xD800;'), 'malformed', 1],
  ['tags that cross', wrap('<a>\n<b></a></b>'), 'malformed', 2],
  ['an attribute twice', wrap('<unit id="a" id="b"/>'), 'malformed', 1],
  ['a prefix of nobody', wrap('<q:unit/>'), 'malformed', 1],
  ['an attribute without quotes', wrap('<unit id=a/>'), 'malformed', 1],
  ['two roots', `${wrap('')}<more/>`, 'malformed', 1],
  ['words after the end', `${wrap('')}\nmore`, 'malformed', 2],
  ['a comment in a comment', wrap('<!-- a -- b -->'), 'malformed', 1],
  ['a second declaration', wrap('<?xml version="1.0"?>'), 'malformed', 1],
  ['an end of CDATA alone', wrap('\n]]>'), 'malformed', 2],
  ['nothing', '', 'cut', 1],
  ['no XML', 'PK\u0003', 'malformed', 1],
  ['words', 'Dear agency', 'malformed', 1],
  ['another format', '<tmx version="1.4"/>', 'other', 1],
  ['XLIFF 1.2', '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', 'version', 1],
  ['XLIFF 2.2', '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.2" version="2.2"/>', 'version', 1],
  ['no target language', wrap('', 'version="2.1" srcLang="en"'), 'languages', 1],
  ['a language that is none', wrap('', 'version="2.1" srcLang="en" trgLang="a_b"'), 'languages', 1],
  [
    'a bad character code',
    wrap('<unit id="a"><segment><source><cp hex="zz"/></source></segment></unit>'),
    'malformed',
    1,
  ],
  ['a deep nest', wrap('<a>'.repeat(200)), 'deep', 1],
  ['too much', wrap('x'.repeat(10_000_000)), 'large', 1],
])('a file is refused with its place: %s', (_, text, fault, line) => {
  expect(readXliff(text)).toMatchObject({ ok: false, fault, line })
})

test('a file cut off anywhere is refused, and so is one with a letter gone wrong or accepted as the same', () => {
  const whole = document(
    file([unit('One.\n\nTwo & <three>.', 'واحد\n\n🙂'), unit('New', null, { field: 'title' })]),
  ).trimEnd()
  for (let length = 0; length < whole.length; length += 1) {
    expect([length, readXliff(whole.slice(0, length)).ok]).toEqual([length, false])
  }
  const bytes = new TextEncoder().encode(whole)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      const changed = bytes.slice()
      changed[at] = value
      const decoded = decodeXliff(changed)
      if (decoded.ok) readXliff(decoded.text)
    }),
    { numRuns: 500 },
  )
})

test('UTF-16 with its mark is read, other bytes and 11 MB are refused', () => {
  const text = document(file([unit('One', 'واحد')]))
  const utf16 = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))
  const decoded = decodeXliff(utf16)
  expect(decoded.ok && unitsOf(decoded.text).length).toBe(1)
  expect(decodeXliff(Uint8Array.of(0xfe, 0xff, 0, 0x41))).toEqual({ ok: true, text: 'A' })
  expect(decodeXliff(Uint8Array.of(0x41, 0xff, 0xfe))).toMatchObject({ ok: false, fault: 'encoding' })
  expect(decodeXliff(new Uint8Array(11_000_000))).toMatchObject({ ok: false, fault: 'large' })
})
