import { plainName, plainText } from './plain.ts'
import { decodeEntities } from './entities.ts'

/** What one voice says in a cue, before its lines are looked at for names (`Name: text`). */
export interface Piece {
  readonly speaker: string | null
  /** Lines between which and around which no blanks stand, save where a guard keeps them. */
  readonly lines: string[]
}

/**
 * The empty span `<c></c>` at the end of a line keeps it as it is: blanks, emptiness, what would else be read as times or as a name. The writers put
 * it there, players draw nothing for it. While a payload is read a zero character stands for it, which no text can hold.
 */
export const guard = '\0'
const guards = ['<c></c>', '<i></i>']

const plainTags = new Set('c i b u s ruby rt rp lang font span em strong'.split(' '))
const lineTags = new Set(['br', 'p', 'div'])

const isLetter = (code: number) => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
const isTimestamp = (text: string) => /^\d[\d:.,]{3,20}$/.test(text)

/**
 * The words of a cue by voice: known tags lose their brackets, entities are decoded, unknown tags (script) stay as text. Braces as SubStation has them
 * (`{\an8}`) are left out where `hasBraces`. Each character is looked at a fixed number of times.
 */
export function readPayload(lines: readonly string[], hasBraces: boolean): Piece[] {
  const text = lines.length === 1 ? (lines[0] ?? '') : lines.join('\n')
  if (!text.includes('<') && !(hasBraces && text.includes('{\\'))) return [piece(null, text)]
  return new PayloadReader(text, hasBraces).read()
}

class PayloadReader {
  private readonly pieces: Piece[] = []
  private readonly text: string
  private readonly hasBraces: boolean
  private parts: string[] = []
  private speaker: string | null = null

  constructor(text: string, hasBraces: boolean) {
    this.text = text
    this.hasBraces = hasBraces
  }

  read(): Piece[] {
    let from = 0
    let at = 0
    while (at < this.text.length) {
      const code = this.text.charCodeAt(at)
      const isOpen = code === 0x3c || (code === 0x7b && this.hasBraces)
      const end = isOpen ? this.skipMarkup(at, from) : -1
      if (end < 0) at += 1
      else from = at = end
    }
    this.parts.push(this.text.slice(from))
    this.close(null)
    return this.pieces
  }

  /** Where the text goes on after the markup at `at`; -1 when it is text. */
  private skipMarkup(at: number, from: number): number {
    const { text } = this
    const guarded = guards.find((one) => text.startsWith(one, at))
    if (guarded) {
      this.parts.push(text.slice(from, at), guard)
      return at + guarded.length
    }
    if (text.charCodeAt(at) === 0x7b) {
      const end = text.startsWith('{\\', at) ? endOf(text, at, '}', '{') : -1
      if (end >= 0) this.parts.push(text.slice(from, at))
      return end
    }
    const end = endOf(text, at, '>', '<')
    if (end < 0) return -1
    const written = this.readTag(text.slice(at + 1, end - 1))
    if (written === null) return -1
    this.parts.push(text.slice(from, at))
    if (typeof written === 'string') this.parts.push(written)
    else this.close(written.speaker)
    return end
  }

  /** What stands for a tag: text, another voice, or null when it is none. */
  private readTag(inside: string): string | { speaker: string | null } | null {
    const isEnd = inside.startsWith('/')
    let to = isEnd ? 1 : 0
    while (isLetter(inside.charCodeAt(to)) && to < 8) to += 1
    const name = inside.slice(isEnd ? 1 : 0, to).toLowerCase()
    const next = inside.charAt(to)
    if (!['', ' ', '\t', '\n', '.', '/'].includes(next)) return isTimestamp(inside) ? '' : null
    if (name === 'v') return { speaker: isEnd ? null : annotation(inside.slice(to)) }
    if (plainTags.has(name)) return ''
    return lineTags.has(name) ? '\n' : null
  }

  private close(next: string | null): void {
    const made = piece(this.speaker, this.parts.join(''))
    if (made.lines.length > 0) this.pieces.push(made)
    this.parts = []
    this.speaker = next
  }
}

/** One behind the closing sign, when it comes before the next opening one. */
function endOf(text: string, at: number, close: string, open: string): number {
  for (let end = at + 1; end < text.length; end += 1) {
    const character = text.charAt(end)
    if (character === close) return end + 1
    if (character === open) return -1
  }
  return -1
}

/** The name in a voice tag, behind its classes (`<v.loud Mary>`). */
function annotation(text: string): string | null {
  let at = 0
  if (text.startsWith('.')) while (at < text.length && text.charAt(at).trim() !== '') at += 1
  return plainName(decodeEntities(text.slice(at)))
}

function piece(speaker: string | null, text: string): Piece {
  const decoded = decodeEntities(text)
  return { speaker, lines: decoded.split('\n').flatMap((line) => line.trim() || []) }
}

/** Lines as a cue's text, without guards. */
export function wordsOf(lines: readonly string[]): string {
  const [only = ''] = lines
  return plainText(lines.length === 1 ? only : lines.join('\n'))
}
