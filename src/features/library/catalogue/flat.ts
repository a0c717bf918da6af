import type { Contributor, PublicationType } from '../domain.ts'
import type { Work, WorkConcept, WorkIdentifier, WorkPatch } from '../work.ts'
import type { CatalogueContext, Problems } from './read.ts'
import { readLanguage, readOwnId, readAddress } from './values.ts'

/** What reference managers hold of a work: one language, one title. */
export interface FlatWork {
  readonly id: string | null
  readonly types: readonly PublicationType[]
  readonly lang: string
  readonly title: string
  readonly subtitle: string
  readonly summary: string
  readonly issued: string | null
  readonly seriesName: string
  readonly seriesNumber: number | null
  readonly contributors: readonly Contributor[]
  readonly identifiers: readonly WorkIdentifier[]
  readonly keywords: readonly string[]
}

/** A work in its own language. Identifiers of its editions are those of the work here. */
export function flatten(work: Work): FlatWork {
  const { sourceLang: lang } = work
  const all = [...work.identifiers, ...work.editions.flatMap((edition) => edition.identifiers)]
  return {
    id: work.id,
    types: work.types,
    lang,
    title: work.title[lang] ?? Object.values(work.title)[0] ?? '',
    subtitle: work.subtitle[lang] ?? '',
    summary: work.summary[lang] ?? '',
    issued: work.issued,
    seriesName: work.series?.name ?? '',
    seriesNumber: work.series?.number ?? null,
    contributors: work.contributors,
    identifiers: all.filter(
      (one, index) => all.findIndex((other) => other.scheme === one.scheme && other.value === one.value) === index,
    ),
    keywords: [
      ...work.concepts.map(({ scheme, notation }) => `${scheme}:${notation}`),
      ...work.places.map((code) => `place:${code}`),
    ],
  }
}

/** Values of one identifier scheme. */
export const valuesOf = (flat: FlatWork, scheme: WorkIdentifier['scheme']): string[] =>
  flat.identifiers.filter((one) => one.scheme === scheme).map(({ value }) => value)

/** What a format said of a work; what it did not speak of is undefined. */
export interface FlatRead {
  readonly id?: string | null
  readonly types?: readonly PublicationType[]
  readonly language?: { readonly field: string; readonly value: string }
  readonly title: string
  readonly subtitle?: string
  readonly summary?: string
  readonly issued?: string
  readonly seriesName?: string
  readonly seriesNumber?: number | null
  readonly contributors?: readonly Contributor[]
  readonly identifiers?: readonly WorkIdentifier[]
  /** Addresses, each with the field it stood in. */
  readonly addresses?: readonly { readonly field: string; readonly value: string }[]
  readonly keywords?: readonly { readonly field: string; readonly value: string }[]
}

/** What was read as a patch; what cannot be placed is told. */
export function toPatch(read: FlatRead, context: CatalogueContext, problems: Problems): WorkPatch {
  const lang = readLanguageOf(read, context, problems)
  const { id, identifiers } = readPlaces(read, context, problems)
  const tags = readKeywords(read.keywords ?? [], problems)
  return {
    ...(id === null ? {} : { id }),
    sourceLang: lang,
    title: { [lang]: read.title },
    ...(read.subtitle ? { subtitle: { [lang]: read.subtitle } } : {}),
    ...(read.summary ? { summary: { [lang]: read.summary } } : {}),
    ...(read.types && read.types.length > 0 ? { types: read.types } : {}),
    ...(read.issued === undefined ? {} : { issued: read.issued }),
    ...(read.seriesName ? { series: { id: null, name: read.seriesName, number: read.seriesNumber ?? null } } : {}),
    ...(read.contributors && read.contributors.length > 0 ? { contributors: read.contributors } : {}),
    ...(identifiers.length > 0 ? { identifiers } : {}),
    ...(tags.concepts.length > 0 ? { concepts: tags.concepts } : {}),
    ...(tags.places.length > 0 ? { places: tags.places } : {}),
  }
}

function readLanguageOf({ language }: FlatRead, context: CatalogueContext, problems: Problems): string {
  if (!language || language.value.trim() === '') return context.lang
  const lang = readLanguage(language.value)
  if (lang === null) problems.add('language', language.field, language.value)
  return lang ?? context.lang
}

function readPlaces(read: FlatRead, { origin }: CatalogueContext, problems: Problems) {
  let id = read.id ?? null
  const identifiers = [...(read.identifiers ?? [])]
  for (const { field, value } of read.addresses ?? []) {
    const own = readOwnId(value, origin)
    const found = own === null ? readAddress(value) : null
    if (own !== null) id ??= own
    else if (found === null) problems.add('identifier', field, value)
    else if (!identifiers.some((one) => one.scheme === found.scheme && one.value === found.value))
      identifiers.push(found)
  }
  return { id, identifiers }
}

/** Keywords that are tags of the hub, `scheme:notation` or `place:ET`; others are told of. */
function readKeywords(keywords: NonNullable<FlatRead['keywords']>, problems: Problems) {
  const concepts: WorkConcept[] = []
  const places: string[] = []
  for (const { field, value } of keywords) {
    const [, scheme, notation] = /^([a-z][\w-]*):(\S+)$/i.exec(value) ?? []
    if (scheme === undefined || notation === undefined) problems.add('keyword', field, value)
    else if (scheme === 'place') places.push(notation)
    else concepts.push({ scheme, notation })
  }
  return { concepts, places }
}
