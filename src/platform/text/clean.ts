import { createHash } from 'node:crypto'

// Embeddings, overrides and isolates: they can make a text read as something else. Plain marks (LRM, RLM, ALM) stay.
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/g
// eslint-disable-next-line no-control-regex
const otherControls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g

/** The text without control characters that reorder or hide what a reader sees. Tabs and line ends stay. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(bidiControls, '').replace(otherControls, '')
}

/** A fingerprint of a text (SHA-256, hex) by which a translation knows the words it was made from. Line ends and NFC forms do not matter. */
export function hashText(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n?/g, '\n').normalize('NFC')).digest('hex')
}
