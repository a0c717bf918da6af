import { outlineReferences } from '#features/directory/index.ts'
import { findBySlug, kindOfId, type LoadedRecords, type Outline, type Reader } from '#features/records/index.ts'
import { findConceptId, outlineTags } from '#features/taxonomy/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { canonicalLanguageTag, isPlaceCode, languageName, regionName } from '#platform/i18n/index.ts'
import { publicationTypes, type PublicationType } from '../domain.ts'
import type { LibraryDeps } from '../reading.ts'
import type { FacetValue } from './facet-columns.ts'
import { schemeGroup } from './keep-index.ts'

/** What the library can be narrowed by, in the order in which it is offered. */
export const facets = ['type', 'series', 'theme', 'place', 'lang', 'year', 'role', 'dimension', 'level'] as const
export type Facet = (typeof facets)[number]

/** What other pages lead to: the works of somebody, or of a programme. */
const ties = ['author', 'programme'] as const
const filterNames = [...facets, ...ties] as const
export type FilterName = (typeof filterNames)[number]

/** The names of the query that pages of the library differ by. */
export const libraryQuery = [...filterNames, 'sort', 'page', 'part', 'edition', 'file'] as const

/** One filter of an address: what it is called there, and what it asks of the index. */
export interface Filter {
  readonly name: FilterName
  /** As in the address. */
  readonly asked: string
  readonly wanted: FacetValue
}

/** Reads the filters of an address; what the hub does not know is no page. */
export async function readFilters(
  deps: LibraryDeps,
  reader: Reader,
  query: (name: FilterName) => readonly string[],
): Promise<Filter[]> {
  const asked = filterNames.flatMap((name) => {
    const values = query(name).filter((value) => value !== '')
    if (values.length > 1) throw new NotFoundError('filter')
    return values.map((value) => ({ name, asked: value }))
  })
  return Promise.all(
    asked.map(async ({ name, asked: value }): Promise<Filter> => {
      const wanted = await readFilter(deps, reader, name, value)
      if (!wanted) throw new NotFoundError('filter')
      return { name, asked: value, wanted }
    }),
  )
}

async function readFilter(
  deps: LibraryDeps,
  reader: Reader,
  name: FilterName,
  value: string,
): Promise<FacetValue | null> {
  const own = (isKnown: boolean) => (isKnown ? { group: name, value } : null)
  switch (name) {
    case 'type':
      return own(publicationTypes.some((type) => type === value))
    case 'place':
      return own(isPlaceCode(value))
    case 'year':
      return own(/^[12]\d{3}$/.test(value))
    case 'lang':
      return own(canonicalLanguageTag(value) === value)
    case 'author':
      return own(['person', 'organisation'].includes(kindOfId(value)?.kind ?? ''))
    case 'programme':
      return own(kindOfId(value)?.kind === 'programme')
    case 'series': {
      const id = await findBySlug(deps.records, 'series', value, reader.lang)
      return id === null ? null : { group: 'series', value: id }
    }
    default: {
      const [scheme, notation] = name === 'theme' ? splitTheme(value) : [name, value]
      const id = await findConceptId(deps, scheme, notation)
      return id === null ? null : { group: schemeGroup(scheme), value: id }
    }
  }
}

/** `policy-coherence` is a theme; `gcm:21` names its vocabulary. */
function splitTheme(asked: string): [scheme: string, notation: string] {
  const [scheme = '', notation] = asked.split(':', 2)
  return notation === undefined ? ['theme', scheme] : [scheme, notation]
}

/** A value as it is offered: what it is called, and how an address names it. */
export interface Named {
  readonly label: {
    readonly lang: string
    readonly state: 'source' | 'current' | 'behind' | 'machine'
    readonly value: string
  }
  readonly asked: string
}

/** Names a value; null when the reader may not see what it stands for. */
export type NameValue = (facet: FilterName, wanted: FacetValue) => Named | null

const isRecord = ({ group }: FacetValue) => ['series', 'author', 'programme'].includes(group)

const plain = (lang: string, value: string, asked: string): Named => ({
  label: { lang, state: 'current', value },
  asked,
})

type Say = (type: PublicationType) => string

/** Names the values of groups for a reader: concepts, series and people by their records, the rest by itself. */
export async function outlineNames(
  deps: LibraryDeps,
  reader: Reader,
  values: readonly FacetValue[],
  say: Say,
): Promise<Outline<NameValue>> {
  const concepts = values.filter(({ group }) => group.startsWith('in ')).map(({ value }) => value)
  const tags = await outlineTags(deps, reader, concepts)
  const references = outlineReferences(
    reader,
    values.filter(isRecord).map(({ value }) => value),
  )
  return {
    ids: [...tags.ids, ...references.ids],
    fields: [...(tags.fields ?? []), ...(references.fields ?? [])],
    build: (records: LoadedRecords) => {
      const tagOf = tags.build(records)
      const referenceOf = references.build(records)
      return (facet, { group, value }) => {
        if (group.startsWith('in ')) {
          const tag = tagOf.get(value)
          if (!tag) return null
          const isOwn = facet !== 'theme' || tag.scheme === 'theme'
          return { label: tag.label, asked: isOwn ? tag.notation : `${tag.scheme}:${tag.notation}` }
        }
        const reference = referenceOf.get(value)
        switch (group) {
          case 'type': {
            const type = publicationTypes.find((one) => one === value)
            return type ? plain(reader.lang, say(type), value) : null
          }
          case 'place':
            return plain(reader.lang, regionName(value, reader.lang), value)
          case 'lang':
            return plain(reader.lang, languageName(value, reader.lang), value)
          case 'year':
            return plain(reader.lang, value, value)
          case 'series':
            return reference ? { label: reference.name, asked: slugOf(reference.href) } : null
          default:
            return reference ? { label: reference.name, asked: value } : null
        }
      }
    },
  }
}

const slugOf = (href: string) => decodeURIComponent(href.split('/').at(-1) ?? '')
