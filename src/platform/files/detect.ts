import { extensionOf } from './types.ts'

const markup = /^\s*<[!?/a-z]|<(?:!doctype\s+html|html|head|body|script|iframe|svg)[\s>/]/i

/** Plain texts that nothing but their name tells apart. None of them is shown by browsers as more than text. */
const byName: Readonly<Record<string, string>> = { csv: 'text/csv', md: 'text/markdown' }

/** What a file on the disk is, by its content. `text` is its beginning when all of it is text. */
export async function detectType(path: string, text: string | null, name: string): Promise<string> {
  if (text !== null) return detectTextType(text, name)
  // Few hubs are sent files every day: the library waits until one is.
  const { fileTypeFromFile } = await import('file-type')
  const found = await fileTypeFromFile(path)
  return found?.mime.split(';', 1)[0] ?? 'application/octet-stream'
}

/** Signatures of two letters would make pictures of texts, so what is text all through is told apart here. */
function detectTextType(text: string, name: string): string {
  if (text.startsWith('%PDF-')) return 'application/pdf'
  if (text.startsWith('{\\rtf')) return 'application/rtf'
  if (/^WEBVTT(?:[\t\n\r ]|$)/.test(text)) return 'text/vtt'
  if (/^BEGIN:VCALENDAR\s/i.test(text)) return 'text/calendar'
  if (markup.test(text)) return detectMarkup(text)
  return byName[extensionOf(name)] ?? 'text/plain'
}

function detectMarkup(text: string): string {
  if (/<svg[\s>/]/i.test(text) && !/<html[\s>]/i.test(text)) return 'image/svg+xml'
  return /^\s*<\?xml\s/.test(text) && !/<html[\s>]/i.test(text) ? 'application/xml' : 'text/html'
}
