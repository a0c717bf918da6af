import {
  insertEvents,
  moveLinks,
  readLinks,
  readTies,
  touchRecord,
  writeConcepts,
  writePlaces,
  writeText,
  type Deed,
  type RecordDb,
  type Ties,
} from '#features/records/index.ts'
import { leaveSeries, writeSeriesPlace } from '#features/series/index.ts'
import { libraryTables } from '../store-desk.ts'
import { replaceParts, writePublication } from '../writing.ts'
import { uniteParts } from './unite-parts.ts'
import type { Side } from './unite.ts'

/** Takes the texts of one publication that the other lacks, and those that were chosen. */
export async function mergeTexts(
  tx: RecordDb,
  into: Side,
  from: Side,
  took: (name: string) => boolean,
  deed: Deed,
): Promise<void> {
  for (const field of ['title', 'subtitle', 'summary'] as const) {
    for (const { lang, value, state } of from.record.texts[field] ?? []) {
      const own = into.record.texts[field]?.find((text) => text.lang === lang)
      if (own && (own.value === value || !took(`${field}.${lang}`))) continue
      const how = state === 'machine' || state === 'behind' ? { state } : {}
      await writeText(tx, into.record.id, { field, lang, body: value, ...how }, deed)
    }
  }
}

/** What belongs to two publications comes to belong to one; the other keeps its contributors, types and date. */
export async function mergeParts(tx: RecordDb, into: Side, from: Side, took: (name: string) => boolean): Promise<void> {
  const own = libraryTables(tx)
  const [intoId, fromId] = [into.record.id, from.record.id]
  const [intoRow, fromRow] = [into.rows.publications[0], from.rows.publications[0]]
  const pick = <T>(name: string, mine: T | null | undefined, theirs: T | null | undefined, isEmpty: boolean) =>
    (took(name) || isEmpty ? (theirs ?? mine) : mine) ?? null
  const types = pick('types', intoRow?.types, fromRow?.types, (intoRow?.types ?? []).length === 0) ?? []
  const issued = pick('issued', intoRow?.issued, fromRow?.issued, (intoRow?.issued ?? null) === null)
  await writePublication(own, { id: intoId, types: [...types], issued })
  const isEmpty = into.rows.contributors.length === 0
  const contributors = took('contributors') || isEmpty ? from.rows.contributors : into.rows.contributors
  const parts = uniteParts(into.rows, from.rows, intoId, contributors)
  await replaceParts(own, fromId, { contributors: from.rows.contributors, editions: [], identifiers: [], files: [] })
  await replaceParts(own, intoId, parts)
  const { place } = took('place') || into.place === null ? from : into
  await leaveSeries(tx, fromId)
  if (place !== null) {
    const { seriesId, number, deduced } = place
    const facts = { series: [seriesId], seriesNumber: [String(number)], numberDeduced: deduced ? ['on'] : [] }
    await writeSeriesPlace(tx, intoId, facts)
  }
}

const union = (ties: ReadonlyMap<string, readonly string[]>, ids: readonly string[]) => [
  ...new Set(ids.flatMap((id) => ties.get(id) ?? [])),
]

const placesOf = (ties: Ties, ids: readonly string[], role: 'covers' | 'focus') => [
  ...new Set(
    ids.flatMap((id) => (ties.places.get(id) ?? []).filter((place) => place.role === role).map(({ code }) => code)),
  ),
]

/** Tags and places are united; what pointed to the one points to the other, and each record that did has changed. */
export async function mergeTies(tx: RecordDb, intoId: string, fromId: string, deed: Deed): Promise<void> {
  const ids = [intoId, fromId]
  const ties = await readTies(tx, ids)
  await writeConcepts(tx, intoId, union(ties.concepts, ids))
  const focus = placesOf(ties, ids, 'focus')
  const covers = placesOf(ties, ids, 'covers').filter((code) => !focus.includes(code))
  await writePlaces(tx, intoId, 'covers', covers)
  await writePlaces(tx, intoId, 'focus', focus)
  const pointing = (await readLinks(tx, [fromId])).filter(
    ({ from, relation }) => from !== fromId && from !== intoId && relation !== 'supersedes',
  )
  await moveLinks(tx, fromId, intoId, ['supersedes'])
  const lines = pointing.map(({ from, relation }) => ({ record_id: from, verb: 'link' as const, field: relation }))
  await insertEvents(
    tx,
    lines.map((line) => ({ ...line, before: fromId, after: intoId })),
    deed,
  )
  for (const id of new Set(pointing.map(({ from }) => from))) await touchRecord(tx, id, deed)
}
