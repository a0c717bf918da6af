import { buildOutlined, type Reader } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { PublicationSummary, PublicationType } from '../domain.ts'
import { outlinePublications, type LibraryDeps } from '../reading.ts'
import type { FacetValue } from './facet-columns.ts'
import type { Selected } from './facet-index.ts'
import { facets, outlineNames, type Facet, type Filter, type FilterName, type Named } from './filters.ts'
import { schemeGroup, type LibraryIndex } from './keep-index.ts'

const pageSize = 20

/** Values of one facet that a page offers, those of most publications. */
const OFFERED = 24

/** A value that the list can be narrowed to, with how many there are. */
export interface Choice extends Named {
  readonly count: number
  readonly isChosen: boolean
}

/** A page of the library, with what it was narrowed to and what it can be narrowed to. */
export interface LibraryList {
  readonly items: readonly PublicationSummary[]
  readonly total: number
  readonly pages: number
  readonly chosen: readonly (Named & { readonly name: FilterName })[]
  readonly facets: readonly { readonly facet: Facet; readonly choices: readonly Choice[] }[]
}

export interface Listing {
  readonly filters: readonly Filter[]
  readonly sort: 'date' | 'title'
  readonly page: number
  readonly sayType: (type: PublicationType) => string
}

/** One page of the library; the number of queries does not grow with what it holds. */
export async function listLibrary(
  deps: LibraryDeps,
  index: LibraryIndex,
  reader: Reader,
  { filters, sort, page, sayType }: Listing,
): Promise<LibraryList> {
  const selected = await (
    await index.current()
  ).select({
    audience: reader.audience,
    filters: filters.map(({ wanted }) => wanted),
    sort,
    lang: reader.lang,
    skip: (page - 1) * pageSize,
    take: pageSize,
  })
  const pages = Math.max(1, Math.ceil(selected.total / pageSize))
  if (page > pages) throw new NotFoundError('page')
  const offered = facets.map((facet) => ({ facet, values: offer(facet, selected, filters) }))
  const values = [...offered.flatMap((one) => one.values), ...filters.map(({ wanted }) => wanted)]
  const [items, names] = await Promise.all([
    outlinePublications(deps, reader, selected.ids),
    outlineNames(deps, reader, values, sayType),
  ])
  return buildOutlined(deps.records, {
    ids: [...items.ids, ...names.ids],
    fields: [...(items.fields ?? []), ...(names.fields ?? [])],
    build: (records) => {
      const nameOf = names.build(records)
      const chosen = filters.map(({ name, wanted }) => {
        const named = nameOf(name, wanted)
        // What the reader may not see is not there.
        if (!named) throw new NotFoundError('filter')
        return { name, ...named }
      })
      return {
        items: items.build(records),
        total: selected.total,
        pages,
        chosen,
        facets: offered.flatMap(({ facet, values: own }) => {
          const choices = own.flatMap((value): Choice[] => {
            const named = nameOf(facet, value)
            const isChosen = filters.some((one) => one.name === facet && one.wanted.value === value.value)
            return named ? [{ ...named, count: value.count, isChosen }] : []
          })
          return choices.length > 0 ? [{ facet, choices }] : []
        }),
      }
    },
  })
}

type Counted = FacetValue & { readonly count: number }

/** The values of a facet with the most publications; years by themselves, the newest first. The chosen one is always among them. */
function offer(facet: Facet, { counts }: Selected, filters: readonly Filter[]): Counted[] {
  const group = ['theme', 'role', 'dimension', 'level'].includes(facet) ? schemeGroup(facet) : facet
  const chosen = filters.find((filter) => filter.wanted.group === group)?.wanted.value
  const all = [...(counts.get(group) ?? [])].map(([value, count]): Counted => ({ group, value, count }))
  const byCount = (one: Counted, other: Counted) => other.count - one.count || (one.value < other.value ? -1 : 1)
  const byYear = (one: Counted, other: Counted) => Number(other.value) - Number(one.value)
  const sorted = all.toSorted(facet === 'year' ? byYear : byCount)
  const offered = sorted.slice(0, OFFERED)
  const left = sorted.slice(OFFERED).filter(({ value }) => value === chosen)
  return [...offered, ...left]
}
