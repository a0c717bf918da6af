import { CaptionsUnreadable, type InsteadOfCaptions } from './cue.ts'
import type { Problems } from './problems.ts'

const signatures: readonly [what: InsteadOfCaptions, start: string, at?: number][] = [
  ['pdf', '%PDF-'],
  ['archive', 'PK\u0003\u0004'],
  ['archive', 'PK\u0005\u0006'],
  ['archive', '\u001f\u008b'],
  ['archive', '7z\u00bc\u00af'],
  ['archive', 'Rar!\u001a'],
  ['picture', '\u0089PNG'],
  ['picture', '\u00ff\u00d8\u00ff'],
  ['picture', 'GIF8'],
  ['picture', 'WEBP', 8],
  ['film', 'AVI ', 8],
  ['sound', 'WAVE', 8],
  ['film', 'ftyp', 4],
  ['film', '\u001aE\u00df\u00a3'],
  ['sound', 'ID3'],
  ['sound', 'OggS'],
  ['sound', 'fLaC'],
  ['binary', '\u00d0\u00cf\u0011\u00e0'],
  ['binary', '\u007fELF'],
  ['binary', '{\\rtf'],
]

function refuseOthers(bytes: Uint8Array): void {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 16))
  // Node's latin1 is Windows-1252, in which 0x80 to 0x9f are other characters.
  const raw = Array.from(bytes.subarray(0, head.length), (byte) => String.fromCharCode(byte)).join('')
  const found = signatures.find(([, start, at = 0]) => raw.startsWith(start, at))
  if (found) throw new CaptionsUnreadable(found[0])
}

/**
 * The text of a caption file and its encoding: by its mark; UTF-16 without one by where its zeros stand; UTF-8 when it is, or is save for a few bytes;
 * else the one of Windows-1252, 1256 (Arabic) and 1251 (Cyrillic) that its letters speak for.
 */
export function decodeCaptions(bytes: Uint8Array, problems: Problems): { text: string; encoding: string } {
  if (bytes.length === 0) throw new CaptionsUnreadable('empty')
  refuseOthers(bytes)
  const encoding = tellEncoding(bytes, problems)
  const text = new TextDecoder(encoding).decode(bytes)
  const controls = countControls(text)
  if (controls > 50 && controls > Math.min(text.length, sampled) / 10) throw new CaptionsUnreadable('binary')
  return { text: withoutControls(text, problems), encoding }
}

function tellEncoding(bytes: Uint8Array, problems: Problems): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const wide = tellWide(bytes)
  if (wide) return wide
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return tellBroken(bytes, problems)
  }
}

const sampled = 65_536

/** In UTF-16, the one half of nearly every character of a line of times is zero. */
function tellWide(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, sampled)
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 1) {
    if (bytes[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  if (odd > length / 6 && even < odd / 20) return 'utf-16le'
  return even > length / 6 && odd < even / 20 ? 'utf-16be' : null
}

function tellBroken(bytes: Uint8Array, problems: Problems): string {
  const seen = countSequences(bytes)
  const line = 1 + bytes.subarray(0, seen.firstFault).reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 0)
  if (seen.good > seen.faults || (seen.good > 0 && seen.faults === 1)) {
    problems.tell(line, 'badBytes', `${seen.faults} × ${(bytes[seen.firstFault] ?? 0).toString(16)}`)
    return 'utf-8'
  }
  const encoding = tellLegacy(bytes)
  problems.tell(line, 'encodingGuessed', encoding)
  return encoding
}

/** How many characters of several bytes are whole in UTF-8, and how many bytes above 7F are in none. */
function countSequences(bytes: Uint8Array): { good: number; faults: number; firstFault: number } {
  let good = 0
  let faults = 0
  let firstFault = -1
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    const more = byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : 0
    let followed = 0
    while (followed < more && ((bytes[at + followed + 1] ?? 0) & 0xc0) === 0x80) followed += 1
    if (more > 0 && followed === more) {
      good += 1
      at += more
    } else {
      faults += 1
      if (firstFault < 0) firstFault = at
    }
  }
  return { good, faults, firstFault }
}

const arabic = new Set([0xc7, 0xe1])
const cyrillic = new Set([0xe0, 0xe5, 0xe8, 0xee, 0xf2, 0xed])

/** Accented letters stand alone among others; whole words above 7F are Arabic (alif and lam are a fifth of it) or Cyrillic. */
function tellLegacy(bytes: Uint8Array): string {
  let high = 0
  let inWords = 0
  let alifLam = 0
  let vowels = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    high += 1
    if ((bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80) inWords += 1
    if (arabic.has(byte)) alifLam += 1
    if (cyrillic.has(byte)) vowels += 1
  }
  if (inWords < high * 0.6) return 'windows-1252'
  if (alifLam > high * 0.1) return 'windows-1256'
  return vowels > high * 0.25 ? 'windows-1251' : 'windows-1252'
}

const isControl = (code: number) => code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d && code !== 0x0c

function countControls(text: string): number {
  let count = 0
  for (let at = 0; at < text.length && at < sampled; at += 1) if (isControl(text.charCodeAt(at))) count += 1
  return count
}

// Zeros would end the guards by which empty lines are kept (payload.ts); marks of byte order stand wherever files were put together.
// oxlint-disable-next-line no-control-regex -- zeros are what is looked for
const strays = /[\u0000\uFEFF]/g

function withoutControls(text: string, problems: Problems): string {
  const zero = text.indexOf('\0')
  if (zero >= 0) problems.tell(text.slice(0, zero).split('\n').length, 'controlCharacters', text.slice(zero, zero + 80))
  return text.replace(strays, '')
}
