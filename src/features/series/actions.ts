import { outlineReferences, type DirectoryDeps, type Reference } from '#features/directory/index.ts'
import {
  alternatesFor,
  buildOutlined,
  findBySlug,
  hrefFor,
  isVisible,
  nameFor,
  slugFor,
  textFor,
  translatorsFor,
  visibleIds,
  type LoadedRecords,
  type Outline,
  type Reader,
} from '#features/records/index.ts'
import type { EntryDates, EntrySource, Series, SeriesEntry, SeriesLink, SeriesPlace } from './domain.ts'
import { listSeriesEntryRows, readSeriesRows, type SeriesDb, type SeriesEntryRow, type SeriesRow } from './store.ts'

/** What series need: the handles of the floors below, and their own. */
export interface SeriesDeps extends DirectoryDeps {
  readonly series: SeriesDb
}

/** Some entries, and what they show beside their titles. */
interface DatedEntries {
  readonly rows: readonly SeriesEntryRow[]
  readonly dates: ReadonlyMap<string, EntryDates>
}

/** A series with its entries in order, by its address; null when there is none this reader may see. */
export async function findSeries(
  deps: SeriesDeps,
  sources: readonly EntrySource[],
  reader: Reader,
  address: string,
): Promise<Series | null> {
  const id = await findBySlug(deps.records, 'series', address, reader.lang)
  if (id === null) return null
  const [row] = await readSeriesRows(deps.series, [id])
  if (!row) return null
  return buildOutlined(deps.records, outlineSeries(reader, row, await listDated(deps, sources, { series: [id] })))
}

/** The hub's first series of seminars, for its front page. */
export async function outlineMainSeries(
  deps: SeriesDeps,
  sources: readonly EntrySource[],
  reader: Reader,
): Promise<Outline<Series | null>> {
  const rows = await readSeriesRows(deps.series, visibleIds(deps.records, 'series', reader))
  const row = rows.find((one) => one.contains === 'seminar')
  if (!row) return { ids: [], fields: [], build: () => null }
  return outlineSeries(reader, row, await listDated(deps, sources, { series: [row.id] }))
}

/** A series to choose: what it is called, and every address it has. */
export interface SeriesChoice extends Reference {
  readonly slugs: readonly string[]
  readonly slug: string
}

/** Every series of seminars, as a link and with its addresses. */
export async function outlineSeriesChoices(deps: SeriesDeps, reader: Reader): Promise<Outline<SeriesChoice[]>> {
  const rows = await readSeriesRows(deps.series, visibleIds(deps.records, 'series', reader))
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

/** Every series of publications as a link. */
export async function outlineLibrarySeries(deps: SeriesDeps, reader: Reader): Promise<Outline<Reference[]>> {
  const rows = await readSeriesRows(deps.series, visibleIds(deps.records, 'series', reader))
  const ids = rows.filter((row) => row.contains === 'publication').map((row) => row.id)
  const outline = outlineReferences(reader, ids)
  return { ...outline, build: (records) => ids.flatMap((id) => outline.build(records).get(id) ?? []) }
}

/** Every series of seminars as a link. */
export async function listSeries(deps: SeriesDeps, reader: Reader): Promise<Reference[]> {
  return buildOutlined(deps.records, await outlineSeriesChoices(deps, reader))
}

/** A record's series as a link, and its place there; null both when it stands in none that the reader may see. */
export interface Placed {
  readonly series: SeriesLink | null
  readonly seriesPlace: SeriesPlace | null
}

/** Where records stand in series, with the places around them; for all at once. */
export async function outlinePlaces(
  deps: SeriesDeps,
  sources: readonly EntrySource[],
  reader: Reader,
  ids: readonly string[],
): Promise<Outline<(id: string) => Placed>> {
  const entries = await listDated(deps, sources, { records: ids })
  const references = outlineReferences(
    reader,
    entries.rows.map((entry) => entry.seriesId),
  )
  return {
    ids: [...references.ids, ...entries.rows.map((entry) => entry.recordId)],
    fields: references.fields ?? [],
    build: (records) => {
      const series = references.build(records)
      return (id) => placeOf(id, entries, series, records, reader)
    },
  }
}

async function listDated(
  { series }: SeriesDeps,
  sources: readonly EntrySource[],
  of: Parameters<typeof listSeriesEntryRows>[1],
): Promise<DatedEntries> {
  const rows = await listSeriesEntryRows(series, of)
  const ids = rows.map((row) => row.recordId)
  const told = await Promise.all(sources.map(async (source) => source(ids)))
  return { rows, dates: new Map(told.flatMap((dates) => [...dates])) }
}

/** A series with its places, from its row and its entries; null when this reader may not see it. */
function outlineSeries(reader: Reader, row: SeriesRow, entries: DatedEntries): Outline<Series | null> {
  return {
    ids: [row.id, ...entries.rows.map((entry) => entry.recordId)],
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

function placeOf(
  recordId: string,
  entries: DatedEntries,
  series: ReadonlyMap<string, Reference>,
  records: LoadedRecords,
  reader: Reader,
): Placed {
  const place = entries.rows.find((entry) => entry.recordId === recordId)
  const reference = place && series.get(place.seriesId)
  if (!place || !reference) return { series: null, seriesPlace: null }
  const { planned, deduced } = place
  const link = { id: reference.id, title: reference.name, href: reference.href, number: place.number }
  const laidOut = layOutEntries({ id: place.seriesId, planned }, entries, records, reader)
  return { series: link, seriesPlace: { ...link, planned, deduced, entries: laidOut } }
}

/** The places of a series from the first to the last known or planned; what the reader may not see is a gap like any other. */
function layOutEntries(
  { id, planned }: Pick<SeriesRow, 'id' | 'planned'>,
  entries: DatedEntries,
  records: LoadedRecords,
  reader: Reader,
): SeriesEntry[] {
  const rows = entries.rows.filter((row) => row.seriesId === id && isVisible(records.get(row.recordId), reader))
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
      dates: entries.dates.get(record.id) ?? null,
    }
  })
}
