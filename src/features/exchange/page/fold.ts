const plain: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
  İ: 'i',
}
const known = new Map<string, string>()

function foldCharacter(character: string): string {
  if (character.length > 1) return character
  const code = character.charCodeAt(0)
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660)
  const base = plain[character] ?? character.normalize('NFD').charAt(0).toLowerCase()
  return base.length === 1 ? base : character
}

/** Lower case, no accents, plain dashes and apostrophes, ASCII digits: as long as the text, character for character. */
export function fold(text: string): string {
  return text
    .replace(/\P{ASCII}/gu, (character) => {
      const found = known.get(character)
      if (found !== undefined) return found
      const folded = foldCharacter(character)
      known.set(character, folded)
      return folded
    })
    .toLowerCase()
}

/** One space for any run of blanks (no-break ones too), no invisible characters, NFC. */
export function tidy(text: string): string {
  return (
    text
      .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
      // In stretches, and the stretches once more: the engine remembers each step of a run, and runs of millions overflow what it has.
      .replace(/[\s\p{Cc}]{1,10000}/gu, ' ')
      .replace(/ {2,10000}/g, ' ')
      .trim()
      .normalize('NFC')
  )
}

/** A piece of text short enough for a message. */
export function quote(text: string): string {
  return text.length > 80 ? `“${text.slice(0, 79)}…”` : `“${text}”`
}
