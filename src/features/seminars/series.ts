import { outlineReferences, type Reference } from '#features/directory/index.ts'
import {
  alternatesFor,
  buildOutlined,
  findBySlug,
  hrefFor,
  nameFor,
  slugFor,
  textFor,
  translatorsFor,
  visibleIds,
  type LoadedRecords,
  type Outline,
  type Reader,
} from '#features/records/index.ts'
import type { Seminar, Series, SeriesEntry, SeriesPlace } from './domain.ts'
import { isVisible, type SeminarDeps } from './reading.ts'
import { listSeriesEntryRows, readSeriesRows, type SeriesEntryRow, type SeriesRow } from './store-series.ts'

/** A series with its entries in order, by its address; null when there is none this reader may see. */
export async function findSeries(deps: SeminarDeps, reader: Reader, address: string): Promise<Series | null> {
  const id = await findBySlug(deps.records, 'series', address, reader.lang)
  if (id === null) return null
  const [row] = await readSeriesRows(deps.seminars, [id])
  if (!row) return null
  const outline = outlineSeries(reader, row, await listSeriesEntryRows(deps.seminars, { series: [id] }))
  return buildOutlined(deps.records, outline)
}

/** The hub's first series of seminars, for its front page. */
export async function outlineMainSeries(deps: SeminarDeps, reader: Reader): Promise<Outline<Series | null>> {
  const rows = await readSeriesRows(deps.seminars, visibleIds(deps.records, 'series', reader))
  const row = rows.find((one) => one.contains === 'seminar')
  if (!row) return { ids: [], fields: [], build: () => null }
  return outlineSeries(reader, row, await listSeriesEntryRows(deps.seminars, { series: [row.id] }))
}

/** A series to choose: what it is called, and every address it has. */
export interface SeriesChoice extends Reference {
  readonly slugs: readonly string[]
  readonly slug: string
}

/** Every series of seminars, as a link and with its addresses. */
export async function outlineSeriesChoices(deps: SeminarDeps, reader: Reader): Promise<Outline<SeriesChoice[]>> {
  const rows = await readSeriesRows(deps.seminars, visibleIds(deps.records, 'series', reader))
  const ids = rows.filter((row) => row.contains === 'seminar').map((row) => row.id)
  const outline = outlineReferences(reader, ids)
  return {
    ...outline,
    build: (records) => {
      const references = outline.build(records)
      return ids.flatMap((id) => {
        const [record, reference] = [records.get(id), references.get(id)]
        if (!record || !reference) return []
        return [{ ...reference, slugs: Object.values(record.slugs), slug: slugFor(record, reader.lang) }]
      })
    },
  }
}

/** Every series of seminars as a link. */
export async function listSeries(deps: SeminarDeps, reader: Reader): Promise<Reference[]> {
  return buildOutlined(deps.records, await outlineSeriesChoices(deps, reader))
}

/** A series with its places, from its row and those of its entries; null when this reader may not see it. */
function outlineSeries(reader: Reader, row: SeriesRow, entries: readonly SeriesEntryRow[]): Outline<Series | null> {
  return {
    ids: [row.id, ...entries.map((entry) => entry.recordId)],
    fields: ['name', 'summary', 'title'],
    build: (records) => {
      const record = records.get(row.id)
      if (!isVisible(record, reader)) return null
      return {
        id: row.id,
        of: row.contains,
        href: hrefFor(record, reader.lang) ?? `/r/${row.id}`,
        name: nameFor(record, reader),
        summary: textFor(record, 'summary', reader),
        planned: row.planned,
        entries: layOutEntries(row, entries, records, reader),
        alternates: alternatesFor(record),
        translators: translatorsFor(record, reader),
      }
    },
  }
}

/** Where a record stands in a series, with the places around it. */
export function placeInSeries(
  recordId: string,
  entries: readonly SeriesEntryRow[],
  series: ReadonlyMap<string, Reference>,
  records: LoadedRecords,
  reader: Reader,
): Pick<Seminar, 'series' | 'seriesPlace'> {
  const place = entries.find((entry) => entry.recordId === recordId)
  const reference = place && series.get(place.seriesId)
  if (!place || !reference) return { series: null, seriesPlace: null }
  const link = { id: reference.id, title: reference.name, href: reference.href, number: place.number }
  const own = { id: place.seriesId, planned: place.planned }
  const seriesPlace: SeriesPlace = {
    ...link,
    planned: place.planned,
    deduced: place.deduced,
    entries: layOutEntries(own, entries, records, reader),
  }
  return { series: link, seriesPlace }
}

/** The places of a series from the first to the last known or planned; what the reader may not see is a gap like any other. */
function layOutEntries(
  { id, planned }: Pick<SeriesRow, 'id' | 'planned'>,
  entries: readonly SeriesEntryRow[],
  records: LoadedRecords,
  reader: Reader,
): SeriesEntry[] {
  const rows = entries.filter((row) => row.seriesId === id && isVisible(records.get(row.recordId), reader))
  const last = Math.max(planned ?? 0, ...rows.map((row) => row.number))
  return Array.from({ length: last }, (_, index): SeriesEntry => {
    const number = index + 1
    const row = rows.find((entry) => entry.number === number)
    const record = row && records.get(row.recordId)
    if (!row || !record) return { number, id: null, title: null, href: null, dates: null }
    return {
      number,
      id: record.id,
      title: nameFor(record, reader),
      href: hrefFor(record, reader.lang),
      dates: row.dates,
    }
  })
}
