/** What Windows-1252 makes of the bytes 80 to 9F; the five that it leaves out stand for themselves. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const byteOf = new Map(Array.from(high, (character, index): [string, number] => [character, 0x80 + index]))

function readByte(character: string): number | null {
  const code = character.charCodeAt(0)
  return code >= 0xa0 && code <= 0xff ? code : (byteOf.get(character) ?? null)
}

/** The character that a lead byte and its continuation bytes stand for in UTF-8 (RFC 3629); null when they do not fit. */
function decodeAgain(run: string): { character: string; length: number } | null {
  const lead = run.charCodeAt(0)
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  if (run.length < length) return null
  let code = lead & (0xff >> (length + 1))
  for (let index = 1; index < length; index++) {
    const byte = readByte(run.charAt(index))
    if (byte === null || byte < 0x80 || byte > 0xbf) return null
    code = code * 64 + (byte & 0x3f)
  }
  const least = [0xa0, 0x800, 0x10000][length - 2] ?? 0xa0
  const fits = code >= least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return fits ? { character: String.fromCodePoint(code), length } : null
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
      const right = decodeAgain(run)
      if (right === null) return run
      count++
      if (first < 0) first = at
      return right.character + run.slice(right.length)
    },
  )
  // The no-break space that is the second half of a broken “à” is often a plain one by the time a page is saved.
  return { text: count > 0 ? mended.replaceAll('Ã ', 'à') : mended, count, first }
}
