import { describe, expect, test } from 'vitest'
import { decodePage, MAX_PAGE_BYTES } from './index.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian)
  return bytes
}
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

const text = 'Objectifs\nRéunir les équipes'
const plain = { ok: true, text, notes: [] }

describe('encodings', () => {
  test.each([
    ['UTF-8', utf8(text), 'UTF-8'],
    ['UTF-8 with a byte order mark', join([0xef, 0xbb, 0xbf], utf8(text)), 'UTF-8 with BOM'],
    ['UTF-16, little end first', join([0xff, 0xfe], utf16(text, true)), 'UTF-16LE'],
    ['UTF-16, big end first', join([0xfe, 0xff], utf16(text, false)), 'UTF-16BE'],
    ['CRLF', utf8(text.replace('\n', '\r\n')), 'UTF-8'],
    ['CR alone', utf8(text.replace('\n', '\r')), 'UTF-8'],
  ])('%s is read', (_, bytes, encoding) => {
    expect(decodePage(bytes)).toEqual({ ...plain, encoding })
  })

  test('Latin-1 is read as Windows-1252, and said', () => {
    expect(decodePage(latin1(text))).toEqual({
      ...plain,
      encoding: 'Windows-1252',
      notes: [
        {
          what: 'encoding',
          why: 'The file is not UTF-8; it was read as Windows-1252. Check the accented letters.',
          line: 2,
        },
      ],
    })
  })

  test('an HTML page may name its encoding', () => {
    const arabic = join(utf8('<meta charset="windows-1256"><p>'), [0xe4, 0xcf, 0xe6, 0xc9])
    expect(decodePage(arabic)).toMatchObject({
      ok: true,
      encoding: 'windows-1256',
      text: '<meta charset="windows-1256"><p>ندوة',
    })
  })

  test('UTF-16 without its mark is told by its zero bytes', () => {
    expect(decodePage(utf16(text, true))).toMatchObject({ ok: true, text, encoding: 'UTF-16LE' })
    expect(decodePage(utf16(text, false))).toMatchObject({ ok: true, text, encoding: 'UTF-16BE' })
  })

  test('a file cut in the middle of a letter loses that letter only', () => {
    expect(decodePage(utf8('Série, équipe é').slice(0, -1))).toEqual({
      ok: true,
      text: 'Série, équipe ',
      encoding: 'UTF-8',
      notes: [{ what: 'encoding', why: 'The file ends in the middle of a character; it may be cut off.', line: 1 }],
    })
  })

  test('text decoded twice is mended, and said', () => {
    const twice = 'Un peu\nd’avance : la rÃ©intÃ©gration, câ€™est Ã  dire “lÃ â€\u009d'
    expect(decodePage(utf8(twice))).toMatchObject({
      ok: true,
      text: 'Un peu\nd’avance : la réintégration, c’est à dire “là”',
      notes: [{ what: 'encoding', line: 2 }],
    })
  })

  test('right text with many accents is left alone', () => {
    const right = 'Ça a été « à l’œuvre » — ÀÉÎÔÛ, São Tomé, Ñandú… “œuvre”'
    expect(decodePage(utf8(right))).toEqual({ ok: true, text: right, encoding: 'UTF-8', notes: [] })
  })

  test('a letter lost before is told with its line', () => {
    expect(decodePage(utf8('a\nb\nr\ufffdunion'))).toMatchObject({ ok: true, notes: [{ what: 'encoding', line: 3 }] })
  })
})

describe('what is no page', () => {
  test.each([
    ['PDF', utf8('%PDF-1.7 …'), 'The file is a PDF document, not a page saved as text or HTML.'],
    [
      'ZIP',
      Uint8Array.from([0x50, 0x4b, 3, 4, 9]),
      'The file is a ZIP archive (or a Word, Excel, PowerPoint or OpenDocument file), not a page saved as text or HTML.',
    ],
    ['PNG', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), 'The file is a PNG picture, not a page saved as text or HTML.'],
    ['MP4', join([0, 0, 0, 32], utf8('ftypisom')), 'The file is an MP4 film, not a page saved as text or HTML.'],
  ])('%s is named', (_, bytes, message) => {
    expect(decodePage(bytes)).toEqual({ ok: false, problem: { code: 'binary', message, line: null, column: null } })
  })

  test('zero bytes have a place', () => {
    expect(decodePage(utf8('Dates\nab\0c'))).toEqual({
      ok: false,
      problem: { code: 'binary', message: 'The file holds zero bytes: it is not text.', line: 2, column: 3 },
    })
  })

  test('one wrong byte among UTF-8 has a line and a column', () => {
    const bytes = join(utf8('été\nune équipe '), [0xff], utf8(' à part'))
    expect(decodePage(bytes)).toEqual({
      ok: false,
      problem: {
        code: 'bad-encoding',
        message: 'The file is UTF-8 but for byte FF at line 2, column 12. Save it again in one encoding.',
        line: 2,
        column: 12,
      },
    })
  })

  test('random bytes are not text', () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, index) => ((index * 7919) % 255) + 1)
    expect(decodePage(noise)).toMatchObject({ ok: false, problem: { code: 'binary' } })
  })

  test.each([
    ['an empty file', new Uint8Array(), 'empty'],
    ['only a byte order mark', Uint8Array.from([0xef, 0xbb, 0xbf]), 'blank'],
    ['blanks', utf8(' \r\n\t\u00a0 '), 'blank'],
    ['more than 10 MB', new Uint8Array(MAX_PAGE_BYTES + 1), 'too-large'],
  ])('%s is refused', (_, bytes, code) => {
    expect(decodePage(bytes)).toMatchObject({ ok: false, problem: { code } })
  })

  test('50 MB are refused with their size', () => {
    expect(decodePage(new Uint8Array(50 * 1024 * 1024))).toEqual({
      ok: false,
      problem: {
        code: 'too-large',
        message: 'The file has 50.0 MB; a page may have at most 10 MB.',
        line: null,
        column: null,
      },
    })
  })
})
