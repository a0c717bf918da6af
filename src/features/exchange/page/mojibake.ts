/** What Windows-1252 makes of the bytes 80 to 9F; the five that it leaves out stand for themselves. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const byteOf = new Map(Array.from(high, (character, index): [string, number] => [character, 0x80 + index]))

function readByte(character: string): number | null {
  const code = character.charCodeAt(0)
  return code >= 0xa0 && code <= 0xff ? code : (byteOf.get(character) ?? null)
}

function decodeAgain(run: string): string | null {
  const bytes: number[] = []
  for (const character of run) {
    const byte = readByte(character)
    if (byte === null) return null
    bytes.push(byte)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return null
  }
}

/**
 * Undoes UTF-8 that was read as Windows-1252 (“Ã©” is “é”). Only whole runs of high characters that make sense
 * as UTF-8 change; text that is right has none, since a letter of two bytes never reads as an accented word.
 */
export function mendDoubleDecoding(text: string): { text: string; count: number; first: number } {
  let count = 0
  let first = -1
  const mended = text.replace(
    /[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}/g,
    (run: string, at: number) => {
      const right = decodeLongest(run)
      if (right === null) return run
      count++
      if (first < 0) first = at
      return right
    },
  )
  return { text: mended, count, first }
}

/** The run may be followed by a quotation mark or a dash of the text itself: shorter pieces are tried too. */
function decodeLongest(run: string): string | null {
  for (let length = run.length; length > 1; length--) {
    const right = decodeAgain(run.slice(0, length))
    if (right !== null && !/[\u0080-\u009f]/.test(right)) return right + run.slice(length)
  }
  return null
}
