import { formatLocale, remember } from '#platform/i18n/index.ts'

const lists = remember((lang) => new Intl.ListFormat(formatLocale(lang)))
const kilobytes = remember((lang) => sizes(lang, 'kilobyte'))
const larger = [
  { bytes: 1e12, format: remember((lang) => sizes(lang, 'terabyte')) },
  { bytes: 1e9, format: remember((lang) => sizes(lang, 'gigabyte')) },
  { bytes: 1e6, format: remember((lang) => sizes(lang, 'megabyte')) },
]

function sizes(lang: string, unit: string): Intl.NumberFormat {
  return new Intl.NumberFormat(formatLocale(lang), { style: 'unit', unit, maximumFractionDigits: 1 })
}

/** A size in words: “1.2 MB”. */
export function formatBytes(bytes: number, lang: string): string {
  const unit = larger.find((one) => bytes >= one.bytes)
  if (unit) return unit.format(lang).format(bytes / unit.bytes)
  return kilobytes(lang).format(Math.max(1, Math.round(bytes / 1e3)))
}

/** Things in a row as a language lists them: “a, b and c”. */
export function formatList(items: readonly string[], lang: string): string {
  return lists(lang).format(items)
}
