import { idFor, type KindName, type NewRecord, type NewText } from '#features/records/index.ts'
import type { Words } from './values.ts'

/** Ids of loaded content follow from their keys, so that loading twice finds what is there. */
export const seedId = (kind: KindName, key: string): string => idFor(kind, `content:${key}`)

/** The id of `scheme:notation`. */
export const conceptId = (key: string): string => seedId('concept', key)

/** One text per language of each field that has any. */
export function toTexts(fields: Readonly<Record<string, Words | undefined>>): NewText[] {
  return Object.entries(fields).flatMap(([field, words]) =>
    Object.entries(words ?? {}).map(([lang, text]): NewText => {
      if (typeof text === 'string') return { field, lang, body: text }
      return { field, lang, body: text.value, state: text.state }
    }),
  )
}

interface Named {
  readonly key: string
  readonly sourceLang: string
  readonly synthetic: boolean
  readonly slug?: Readonly<Record<string, string>> | undefined
}

/** A published record of loaded content. */
export function toRecord(
  kind: KindName,
  entry: Named,
  fields: Readonly<Record<string, Words | undefined>>,
  ties: Pick<NewRecord, 'links' | 'concepts' | 'places'> = {},
): NewRecord {
  return {
    id: seedId(kind, entry.key),
    kind,
    sourceLang: entry.sourceLang,
    status: 'published',
    synthetic: entry.synthetic,
    texts: toTexts(fields),
    ...(entry.slug ? { slugs: entry.slug } : {}),
    ...ties,
  }
}
