/** What is not UTF-8 in some bytes: the first fault's place, how many faults, how many good sequences. */
export type Utf8Fault = {
  at: number
  faults: number
  /** Well-formed sequences of several bytes: many of them tell that the file is meant to be UTF-8. */
  good: number
  /** How many bytes the unfinished sequence at the end has, when the only fault is there; else 0. */
  bad: number
  cutAtEnd: boolean
}

function expectedLength(byte: number): number {
  if (byte < 0x80) return 1
  if (byte >= 0xc2 && byte <= 0xdf) return 2
  if (byte >= 0xe0 && byte <= 0xef) return 3
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0
}

/** The second byte's range is narrower after some first bytes (RFC 3629, section 4). */
function followsLead(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0 && second <= 0xbf
  if (lead === 0xed) return second >= 0x80 && second <= 0x9f
  if (lead === 0xf0) return second >= 0x90 && second <= 0xbf
  if (lead === 0xf4) return second >= 0x80 && second <= 0x8f
  return second >= 0x80 && second <= 0xbf
}

/** How many bytes from `at` fit the sequence that begins there. */
function fittingLength(bytes: Uint8Array, at: number, wanted: number): number {
  let length = 1
  while (length < wanted && at + length < bytes.length) {
    const next = bytes[at + length] ?? 0
    if (length === 1 ? !followsLead(bytes[at] ?? 0, next) : next < 0x80 || next > 0xbf) break
    length++
  }
  return length
}

/** The first byte that UTF-8 (RFC 3629) does not allow, or null when all is well. */
export function findUtf8Fault(bytes: Uint8Array): Utf8Fault | null {
  let at = -1
  let faults = 0
  let good = 0
  let bad = 0
  for (let index = 0; index < bytes.length;) {
    const wanted = expectedLength(bytes[index] ?? 0)
    const length = wanted === 0 ? 1 : fittingLength(bytes, index, wanted)
    if (wanted === 0 || length < wanted) {
      if (at < 0) at = index
      faults++
      bad = wanted > 0 && index + length === bytes.length ? length : 0
    } else if (wanted > 1) good++
    index += length
  }
  return at < 0 ? null : { at, faults, good, bad, cutAtEnd: faults === 1 && bad > 0 }
}
