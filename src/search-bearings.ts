import { type Handles } from '#features/exchange/index.ts'
import { readFoundBy } from '#features/library/index.ts'
import { loadRecords, readTags } from '#features/records/index.ts'
import { facetNames, type FacetValue } from '#features/search/index.ts'
import { listFirstDays, listSessionNumbers } from '#features/seminars/index.ts'
import { listPlacesOf } from '#features/series/index.ts'
import { readSchemesOf } from '#features/taxonomy/index.ts'
import { regionName } from '#platform/i18n/index.ts'

/** What a record is found by beside its words: what results are narrowed by, its day, and the same in words. */
export interface Bearing {
  readonly facets: readonly FacetValue[]
  /** As precise as known. */
  readonly dated: string | null
  /** Places and month as somebody may type them. */
  readonly factsIn: (lang: string) => string
  /** The same for places in series, each by the record of the series: whoever may not see that is not told its name. */
  readonly seriesIn: (lang: string) => readonly { readonly seriesId: string; readonly words: string }[]
}

/** Reads what records are found by; sessions by what their seminar is. In a fixed number of queries. */
export async function readBearings(handles: Handles, ids: readonly string[]): Promise<Map<string, Bearing>> {
  const { records, seminars, library, series } = handles
  const sessions = await listSessionNumbers(seminars, ids)
  const parentOf = new Map(sessions.map(({ id, seminarId }) => [id, seminarId]))
  const all = [...new Set([...ids, ...parentOf.values()])]
  const [tags, days, works, places] = await Promise.all([
    readTags(records, all),
    listFirstDays(seminars, all),
    readFoundBy(library, all),
    listPlacesOf(series, all),
  ])
  const schemes = await readSchemesOf(handles, [...new Set(tags.concepts.map(({ tag }) => tag))])
  const names = await loadRecords(records, [...new Set(places.map(({ seriesId }) => seriesId))], ['name'])
  const dates = new Map<string, string | null>([
    ...days.map(({ id, startsOn }): [string, string] => [id, startsOn]),
    ...works.map(({ id, issued }): [string, string | null] => [id, issued]),
  ])
  const bearingOf = (id: string): Bearing => {
    const own = new Set([id, parentOf.get(id) ?? id])
    const dated = [...own].flatMap((one) => dates.get(one) ?? [])[0] ?? null
    const codes = [...new Set(tags.places.flatMap((row) => (own.has(row.id) ? [row.tag] : [])))]
    const inSeries = places.filter(({ recordId }) => own.has(recordId))
    const terms = tags.concepts.flatMap(({ id: on, tag }): FacetValue[] => {
      const facet = facetNames.find((name) => name === schemes.get(tag))
      return own.has(on) && facet ? [{ facet, value: tag }] : []
    })
    return {
      facets: [
        ...terms,
        ...codes.map((value): FacetValue => ({ facet: 'place', value })),
        ...(dated === null ? [] : [{ facet: 'year', value: dated.slice(0, 4) } as const]),
        ...inSeries.map(({ seriesId: value }): FacetValue => ({ facet: 'series', value })),
      ],
      dated,
      factsIn: (lang) =>
        [...codes.map((code) => regionName(code, lang)), ...(dated === null ? [] : [monthOf(dated, lang)])].join(' · '),
      seriesIn: (lang) =>
        inSeries.flatMap(({ seriesId, number }) => {
          const own = (names.get(seriesId)?.texts['name'] ?? []).filter((name) => name.lang === lang)
          return own.map(({ value }) => ({ seriesId, words: `${value} ${number}` }))
        }),
    }
  }
  return new Map(ids.map((id) => [id, bearingOf(id)]))
}

/** A day or a month as a month of its year, a year as a year. */
function monthOf(dated: string, lang: string): string {
  const [year = '', month] = dated.split('-')
  if (month === undefined) return year
  const format = new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return format.format(new Date(Date.UTC(Number(year), Number(month) - 1, 1)))
}
