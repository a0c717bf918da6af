/** Lines of one paragraph as one text; a word that was parted at the end of a line is whole again. */
export function joinLines(lines: readonly string[]): string {
  let text = ''
  for (const line of lines) {
    const next = line.trim()
    if (next === '') continue
    if (text === '') text = next
    else if (/\p{L}[\u00AD\u2010-]$/u.test(text) && /^\p{Ll}/u.test(next)) text = text.slice(0, -1) + next
    else if (/\p{L}\u00AD$/u.test(text)) text = text.slice(0, -1) + next
    else text = `${text} ${next}`
  }
  return text
}

/** Whether a text ends as sentences do. */
export function endsSentence(text: string): boolean {
  return /[.!?:;…؟۔؛]["'”»’)\]]*\d*\s*$/.test(text)
}

/** Whether a text begins as none does: in the middle of a sentence. */
export function startsInside(text: string): boolean {
  return /^[\p{Ll},;)]/u.test(text.trimStart())
}
