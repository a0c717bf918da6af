import { kinds, type KindName, type Reader, type TextValue } from '#features/records/index.ts'
import { languageName, regionName } from '#platform/i18n/index.ts'
import { facetNames, type FacetName, type FacetValue } from './domain.ts'
import type { FacetCounts } from './match.ts'

/** A value as a reader sees it, and as an address names it. */
export interface NamedValue extends FacetValue {
  readonly label: TextValue
  readonly asked: string
}

/** Knows what the values of facets stand for that are records: terms of vocabularies, and series. */
export interface FacetDirectory {
  /** What an address asks for; null when the hub knows nothing of that name. */
  read(reader: Reader, facet: FacetName, asked: string): Promise<string | null>
  /** Names values; those whose record the reader may not see are left out. */
  name(reader: Reader, values: readonly FacetValue[]): Promise<NamedValue[]>
}

/** What results can be narrowed to, and how many there would be. */
export interface Facet {
  readonly facet: FacetName
  readonly values: readonly (NamedValue & { readonly count: number })[]
}

/** Facets whose values are records. */
const isRecord = (facet: FacetName) => !['kind', 'lang', 'place', 'year'].includes(facet)

/** Values of a facet that are offered. */
const MOST = 12

/** Names what was counted: those with the most results, years by themselves, and what is chosen even where it leaves nothing. */
export async function nameCounts(
  directory: FacetDirectory,
  reader: Reader,
  counts: FacetCounts,
  sayKind: (kind: KindName) => string,
  chosen: readonly FacetValue[] = [],
): Promise<Facet[]> {
  const most = facetNames.map((facet) => ({
    facet,
    counted: withChosen(
      [...(counts.get(facet) ?? [])].toSorted(order(facet)).slice(0, MOST),
      chosen.filter((one) => one.facet === facet),
    ),
  }))
  const values = most.flatMap(({ facet, counted }) => counted.map(([value]) => ({ facet, value })))
  const named = await directory.name(
    reader,
    values.filter(({ facet }) => isRecord(facet)),
  )
  const known = new Map(named.map((one) => [`${one.facet}=${one.value}`, one]))
  const nameOf = (facet: FacetName, value: string): NamedValue | undefined => {
    const plain = (label: string): NamedValue => ({
      facet,
      value,
      asked: value,
      label: { lang: reader.lang, state: 'current', value: label },
    })
    if (facet === 'kind') {
      const kind = kinds.find((one) => one.kind === value)?.kind
      return kind && plain(sayKind(kind))
    }
    if (facet === 'lang') return plain(languageName(value, reader.lang))
    if (facet === 'place') return plain(regionName(value, reader.lang))
    return facet === 'year' ? plain(value) : known.get(`${facet}=${value}`)
  }
  return most.map(({ facet, counted }) => ({
    facet,
    values: counted.flatMap(([value, count]) => {
      const one = nameOf(facet, value)
      return one ? [{ ...one, count }] : []
    }),
  }))
}

/** A value that is chosen stands among the others, whatever it leaves. */
function withChosen(counted: readonly Counted[], chosen: readonly FacetValue[]): readonly Counted[] {
  const missing = chosen.filter(({ value }) => !counted.some(([known]) => known === value))
  return [...counted, ...missing.map(({ value }): Counted => [value, 0])]
}

type Counted = readonly [value: string, count: number]

const order = (facet: FacetName) => (one: Counted, other: Counted) =>
  facet === 'year' ? Number(other[0]) - Number(one[0]) : other[1] - one[1] || (one[0] < other[0] ? -1 : 1)
