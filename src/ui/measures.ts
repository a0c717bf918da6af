import { formatLocale, remember } from '#platform/i18n/index.ts'

const lists = remember((lang) => new Intl.ListFormat(formatLocale(lang)))
const megabytes = remember((lang) => sizes(lang, 'megabyte'))
const kilobytes = remember((lang) => sizes(lang, 'kilobyte'))

function sizes(lang: string, unit: string): Intl.NumberFormat {
  return new Intl.NumberFormat(formatLocale(lang), { style: 'unit', unit, maximumFractionDigits: 1 })
}

/** A file's size in words: “1.2 MB”. */
export function formatBytes(bytes: number, lang: string): string {
  if (bytes >= 1e6) return megabytes(lang).format(bytes / 1e6)
  return kilobytes(lang).format(Math.max(1, Math.round(bytes / 1e3)))
}

/** Things in a row as a language lists them: “a, b and c”. */
export function formatList(items: readonly string[], lang: string): string {
  return lists(lang).format(items)
}
