import { formatLocale } from '#platform/i18n/index.ts'

/** A file's size in words: “1.2 MB”. */
export function formatBytes(bytes: number, lang: string): string {
  const large = bytes >= 1e6
  const unit = large ? 'megabyte' : 'kilobyte'
  const value = large ? bytes / 1e6 : Math.max(1, Math.round(bytes / 1e3))
  return new Intl.NumberFormat(formatLocale(lang), { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}

/** Things in a row as a language lists them: “a, b and c”. */
export function formatList(items: readonly string[], lang: string): string {
  return new Intl.ListFormat(formatLocale(lang)).format(items)
}
