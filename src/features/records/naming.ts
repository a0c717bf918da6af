import { kindOf, pickText, type Reader, type TextValue, type Texts } from './domain.ts'
import type { LoadedRecord } from './store.ts'

/** The text of a field as this reader is shown it, or null when nobody wrote one. */
export function textFor(record: { texts: Texts }, field: string, reader: Reader): TextValue | null {
  return pickText(record.texts[field], reader.chain)
}

/** The accounts that translated what this reader is shown of a record, in all its fields or in some. */
export function translatorsFor(
  { texts, translators }: Pick<LoadedRecord, 'texts' | 'translators'>,
  { chain }: Pick<Reader, 'chain'>,
  fields: readonly string[] = Object.keys(texts),
): string[] {
  const shown = fields.flatMap((field) => {
    const text = pickText(texts[field], chain)
    return (text && translators[field]?.[text.lang]) ?? []
  })
  return [...new Set(shown)]
}

/** What a record is called for this reader; the id stands in when nobody named it. */
export function nameFor(record: LoadedRecord, reader: Reader): TextValue {
  const lead = kindOf(record.kind).fields[0].name
  return textFor(record, lead, reader) ?? { lang: record.sourceLang, state: 'source', value: record.id }
}

/** The slug of a record's page in a language: its own there, else the source's, else any, else the id. */
export function slugFor(record: LoadedRecord, lang: string): string {
  return record.slugs[lang] ?? record.slugs[record.sourceLang] ?? Object.values(record.slugs)[0] ?? record.id
}

/** Path of a record's page in a language; null for a kind that has no page of its own. */
export function hrefFor(record: LoadedRecord, lang: string): string | null {
  const { path } = kindOf(record.kind)
  if (!path) return null
  if (record.kind === 'hub') return `/${lang}/${path}`
  return `/${lang}/${path}/${encodeURIComponent(slugFor(record, lang))}`
}

/** The same page in each language the record really exists in. */
export function alternatesFor(record: LoadedRecord): Record<string, string> {
  const lead = kindOf(record.kind).fields[0].name
  const langs = (record.texts[lead] ?? []).map((text) => text.lang)
  return Object.fromEntries(langs.flatMap((lang) => pair(lang, hrefFor(record, lang))))
}

function pair(lang: string, href: string | null): [string, string][] {
  return href === null ? [] : [[lang, href]]
}
