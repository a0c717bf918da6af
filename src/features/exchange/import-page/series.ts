import { loadRecords } from '#features/records/index.ts'
import { findSeriesEntry, insertSeriesEntries, listSeriesPlanned } from '#features/series/index.ts'
import type { Handles } from '../handles.ts'
import type { PageRead, Unsure } from '../page/index.ts'

/** Where a draft stands in a series. */
export interface DraftPlace {
  readonly id: string
  readonly name: string
  readonly number: number
}

/** What became of the place that a page tells: the draft's place now, whether it is new, and why it has none. */
export interface Placing {
  readonly place: DraftPlace | null
  readonly isNew: boolean
  readonly assumed: readonly Unsure[]
}

/**
 * Puts a draft where its page says it stands, when exactly one series of seminars is planned for so many and has that place
 * free. A place it has stays; one it was put in by an earlier import (`before`) and taken out of since is not taken again.
 */
export async function placeInSeries(
  tx: Handles,
  seminarId: string,
  page: PageRead,
  before: DraftPlace | null,
): Promise<Placing> {
  const { seriesNumber: number, seriesPlanned: planned } = page.seminar
  const entry = await findSeriesEntry(tx.series, seminarId)
  if (entry) {
    const place = await namePlace(tx, entry.seriesId, entry.number)
    const differs = number !== null && number !== entry.number
    const why = `The page is ${say(number, planned)} of a series; the draft stays number ${entry.number} of “${place.name}”.`
    return { place, isNew: false, assumed: differs ? [unsure(why)] : [] }
  }
  if (number === null) return nowhere([])
  const told = `The page is ${say(number, planned)} of a series; the draft was put into none`
  if (before) return nowhere([unsure(`${told}: somebody has taken it out of “${before.name}” since.`)])
  if (planned === null) return nowhere([unsure(`${told}: the page does not say how many there are.`)])
  if (number > planned) return nowhere([unsure(`${told}: there is no such place.`)])

  const fitting = await listFitting(tx, planned, number)
  const [free, ...others] = fitting.filter((series) => series.taken === null)
  if (!free) return nowhere([unsure(`${told}: ${whyNone(fitting, planned)}.`)])
  if (others.length > 0) {
    const names = [free, ...others].map((series) => `“${series.name}”`).join(', ')
    return nowhere([unsure(`${told}: it could be ${names}.`)])
  }
  await insertSeriesEntries(tx.series, [{ series_id: free.id, number, record_id: seminarId, deduced: isDeduced(page) }])
  return { place: { id: free.id, name: free.name, number }, isNew: true, assumed: [] }
}

const nowhere = (assumed: readonly Unsure[]): Placing => ({ place: null, isNew: false, assumed })
const unsure = (why: string): Unsure => ({ what: 'series', why, line: null })
const say = (number: number | null, planned: number | null) =>
  `number ${number}${planned === null ? '' : ` of ${planned}`}`

/** The reader notes a number that it worked out itself; one that is too high, which it notes too, gets no place. */
const isDeduced = (page: PageRead) => page.unsure.some(({ what }) => what === 'series')

interface Fitting {
  readonly id: string
  readonly name: string
  /** The record that has the place. */
  readonly taken: string | null
}

async function listFitting(tx: Handles, planned: number, number: number): Promise<Fitting[]> {
  const rows = await listSeriesPlanned(tx.series, planned, number)
  const records = await loadRecords(
    tx.records,
    rows.map((row) => row.id),
    ['name'],
  )
  return rows.flatMap(({ id, taken }) => {
    const record = records.get(id)
    return record && record.status !== 'withdrawn' ? [{ id, taken, name: nameOf(record) }] : []
  })
}

function whyNone(fitting: readonly Fitting[], planned: number): string {
  const taken = fitting.map(({ name, taken: by }) => `in “${name}” ${by} has that place`)
  return taken.length === 0 ? `the hub has no series of ${planned} seminars` : taken.join(', ')
}

async function namePlace(tx: Handles, id: string, number: number): Promise<DraftPlace> {
  const record = (await loadRecords(tx.records, [id], ['name'])).get(id)
  return { id, name: record ? nameOf(record) : id, number }
}

/** A series as its source language calls it: what is said at the terminal is for one person. */
function nameOf({ id, texts }: { id: string; texts: Readonly<Record<string, readonly { value: string }[]>> }): string {
  return texts['name']?.[0]?.value ?? id
}
