import { cleanText } from '#platform/text/index.ts'

/** One property of an iCalendar component, its value already in the form its type asks for. */
export interface Property {
  readonly name: string
  readonly params?: Readonly<Record<string, string>>
  readonly value: string
}

const encoder = new TextEncoder()
const longestLine = 75

/** A value of type TEXT (RFC 5545 §3.3.11): control characters left out, then escaped. */
export function escapeText(text: string): string {
  return cleanText(text.toWellFormed())
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '\\n')
}

/** A parameter's value, always quoted: it can hold no quote and no line end, so those are replaced (RFC 6868 is little read). */
function parameter(value: string): string {
  return `"${cleanText(value.toWellFormed()).replace(/"/g, '’').replace(/\s+/g, ' ')}"`
}

const bare = /^[A-Za-z0-9/_+. -]+$/

/** A content line, unfolded. Parameter values that need no quotes have none: some readers compare them with their quotes. */
export function contentLine({ name, params = {}, value }: Property): string {
  const written = Object.entries(params).map(([key, text]) => `;${key}=${bare.test(text) ? text : parameter(text)}`)
  return `${name}${written.join('')}:${value}`
}

/** A line folded at 75 octets, never inside a character (RFC 5545 §3.1). */
function foldLine(line: string): string {
  if (line.length * 3 <= longestLine) return line
  const folded: string[] = []
  let current = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > longestLine) {
      folded.push(current)
      current = ' '
      octets = 1
    }
    current += character
    octets += size
  }
  return [...folded, current].join('\r\n')
}

/** Content lines as they travel: folded, each ended by CRLF. */
export function writeLines(lines: readonly string[]): string {
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}
