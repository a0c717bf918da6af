import { mendDoubleDecoding } from './mojibake.ts'
import { say } from './messages.ts'
import { findUtf8Fault } from './utf8.ts'
import type { Unsure } from './types.ts'

/** A saved page bigger than this is refused before it is read, in bytes. */
export const MAX_PAGE_BYTES = 10 * 1024 * 1024

export type DecodeProblem = {
  code: 'too-large' | 'empty' | 'blank' | 'binary' | 'bad-encoding'
  message: string
  line: number | null
  column: number | null
}
export type Decoded =
  { ok: true; text: string; encoding: string; notes: Unsure[] } | { ok: false; problem: DecodeProblem }

const signatures: readonly [name: string, bytes: readonly number[], at?: number][] = [
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a ZIP archive (or a Word, Excel, PowerPoint or OpenDocument file)', [0x50, 0x4b, 0x03, 0x04]],
  ['an empty ZIP archive', [0x50, 0x4b, 0x05, 0x06]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a WebP, WAV or AVI file', [0x52, 0x49, 0x46, 0x46]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21, 0x1a]],
  ['an old Word, Excel or PowerPoint file', [0xd0, 0xcf, 0x11, 0xe0]],
  ['an RTF document', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['an MP4 film', [0x66, 0x74, 0x79, 0x70], 4],
  ['a Matroska or WebM film', [0x1a, 0x45, 0xdf, 0xa3]],
  ['an MP3 recording', [0x49, 0x44, 0x33]],
  ['an Ogg recording', [0x4f, 0x67, 0x67, 0x53]],
  ['a SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
]

const startsWith = (bytes: Uint8Array, wanted: readonly number[], at = 0) =>
  wanted.every((byte, index) => bytes[at + index] === byte)

const refuse = (
  code: DecodeProblem['code'],
  message: string,
  line: number | null = null,
  column: number | null = null,
): Decoded => ({ ok: false, problem: { code, message, line, column } })

/** The words of a saved page from its bytes: line ends are \n, no byte order mark. Never throws. */
export function decodePage(bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_PAGE_BYTES) {
    const size = (bytes.length / 1024 / 1024).toFixed(1)
    return refuse('too-large', `The file has ${size} MB; a page may have at most ${MAX_PAGE_BYTES / 1024 / 1024} MB.`)
  }
  if (bytes.length === 0) return refuse('empty', 'The file is empty.')
  const binary = signatures.find(([, wanted, at]) => startsWith(bytes, wanted, at))
  if (binary) return refuse('binary', `The file is ${binary[0]}, not a page saved as text or HTML.`)
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return decodeUtf8(bytes.subarray(3), 'UTF-8 with BOM')
  if (startsWith(bytes, [0xff, 0xfe])) return decodeUtf16(bytes.subarray(2), 'UTF-16LE', [])
  if (startsWith(bytes, [0xfe, 0xff])) return decodeUtf16(bytes.subarray(2), 'UTF-16BE', [])
  return bytes.includes(0) ? decodeZeroBytes(bytes) : decodeUtf8(bytes, 'UTF-8')
}

function decodeZeroBytes(bytes: Uint8Array): Decoded {
  const zeros = [0, 0]
  for (let index = 0; index < bytes.length; index++)
    if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = bytes.length * 0.35
  if (odd > many && even < odd / 100) return decodeUtf16(bytes, 'UTF-16LE', [say.encodingNoMark('UTF-16LE')])
  if (even > many && odd < even / 100) return decodeUtf16(bytes, 'UTF-16BE', [say.encodingNoMark('UTF-16BE')])
  const place = findPlace(bytes, bytes.indexOf(0))
  return refuse('binary', 'The file holds zero bytes: it is not text.', place.line, place.column)
}

function findPlace(bytes: Uint8Array, offset: number): { line: number; column: number } {
  const before = new TextDecoder().decode(bytes.subarray(0, offset))
  const lines = before.split(/\r\n|\r|\n/)
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

function decodeUtf16(bytes: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE', notes: Unsure[]): Decoded {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
  const text = new TextDecoder(encoding).decode(even)
  if (even.length < bytes.length) notes.push(say.cutCharacter(countLines(text)))
  const zero = text.indexOf('\0')
  if (zero >= 0)
    return refuse('binary', 'The file holds zero characters: it is not text.', countLines(text.slice(0, zero)))
  return finish(text, encoding, notes)
}

function decodeUtf8(bytes: Uint8Array, encoding: string): Decoded {
  const fault = findUtf8Fault(bytes)
  const decoder = new TextDecoder()
  if (!fault) return finish(decoder.decode(bytes), encoding, [])
  if (fault.cutAtEnd && (fault.good > 0 || fault.at < bytes.length - 1)) {
    const text = decoder.decode(bytes.subarray(0, fault.at))
    if (text.length > 0 && (fault.good > 0 || fault.bad > 1))
      return finish(text, encoding, [say.cutCharacter(countLines(text))])
  }
  if (fault.good > 0 && fault.good >= fault.faults) {
    const place = findPlace(bytes, fault.at)
    const byte = (bytes[fault.at] ?? 0).toString(16).toUpperCase().padStart(2, '0')
    const message = `The file is UTF-8 but for byte ${byte} at line ${place.line}, column ${place.column}. Save it again in one encoding.`
    return refuse('bad-encoding', message, place.line, place.column)
  }
  return decodeLegacy(bytes, fault.at)
}

/** An encoding that an HTML page names itself, else Windows-1252 (of which Latin-1 is a part). */
function decodeLegacy(bytes: Uint8Array, firstHigh: number): Decoded {
  const { encoding, decoder } = chooseDecoder(bytes)
  const text = decoder.decode(bytes)
  let strange = 0
  let first = -1
  for (const match of text.slice(0, 200_000).matchAll(/(?![\s])[\p{Cc}\ufffd]/gu)) {
    strange++
    if (first < 0) first = match.index
  }
  const place = findPlace(bytes, firstHigh)
  if (strange > Math.min(text.length, 200_000) / 500 || strange > 20) {
    return refuse(
      'binary',
      'The file is neither UTF-8 nor any text that could be told.',
      countLines(text.slice(0, first)),
    )
  }
  return finish(text, encoding, [say.encodingGuessed(encoding, place.line)])
}

function chooseDecoder(bytes: Uint8Array): { encoding: string; decoder: TextDecoder } {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048))
  const named = /<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?([A-Za-z0-9_-]{2,20})/i.exec(head)?.[1]
  if (named && !/^utf/i.test(named)) {
    try {
      return { encoding: named.toLowerCase(), decoder: new TextDecoder(named) }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return { encoding: 'Windows-1252', decoder: new TextDecoder('windows-1252') }
}

const countLines = (text: string): number => text.split(/\r\n|\r|\n/).length

function finish(decoded: string, encoding: string, notes: Unsure[]): Decoded {
  const unix = decoded.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
  if (unix.trim() === '') return refuse('blank', 'The file holds nothing but blanks.')
  const mended = mendDoubleDecoding(unix)
  if (mended.count > 0) notes.push(say.mended(mended.count, countLines(unix.slice(0, mended.first))))
  const lost = mended.text.indexOf('\ufffd')
  if (lost >= 0) notes.push(say.lostCharacters(countLines(mended.text.slice(0, lost))))
  return { ok: true, text: mended.text, encoding, notes }
}
