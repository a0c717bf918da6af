import {
  hrefFor,
  isVisible,
  nameFor,
  textFor,
  visibleIds,
  type LoadedRecord,
  type Outline,
  type Reader,
  type RecordIds,
} from '#features/records/index.ts'
import type { EntrySource, SeriesDeps } from '#features/series/index.ts'
import type { Instant } from '#platform/time.ts'
import type { PhaseFacts, SeminarSummary } from './domain.ts'
import { phaseAt } from './phase.ts'
import type { SeminarTable, SeminarTables } from './schema.ts'
import { listSessionRows, readSeminarDates, type SeminarDb, type SessionRow, type VisibleParts } from './store.ts'
import { listMaterialRows } from './store-materials.ts'

/** What the seminars need: the handles of the floors below, their own, and the clock. */
export interface SeminarDeps extends SeriesDeps {
  readonly seminars: SeminarDb
  readonly now: () => Instant
  /** Without it, only what was recorded elsewhere counts. */
  readonly recorded?: RecordedSource
}

/** The sessions that were recorded, as a reader may know it, for queries: told by the feature that keeps recordings. */
export type RecordedSource = (reader: Reader) => RecordIds

/** The first of some instants, or null when there is none. */
export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((at) => at !== null)
  return known.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
}

/** Tells series the days of seminars. */
export function seminarDates({ seminars }: Pick<SeminarDeps, 'seminars'>): EntrySource {
  return async (ids) => readSeminarDates(seminars, ids)
}

/** The sessions and materials this reader may see, for queries. */
export function visibleParts(
  { records, recorded }: Pick<SeminarDeps, 'records' | 'recorded'>,
  reader: Reader,
): VisibleParts {
  return {
    sessions: visibleIds(records, 'session', reader),
    materials: visibleIds(records, 'material', reader),
    ...(recorded && { recorded: recorded(reader) }),
  }
}

/** What the clock decides a seminar's phase from. */
export function phaseFacts(
  row: SeminarTable,
  sessions: readonly SessionRow[],
  materials: readonly SeminarTables['material'][],
): PhaseFacts {
  return {
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    precision: row.precision,
    timeZone: row.time_zone,
    registrationOpensAt: row.registration_opens_at,
    registrationClosesAt: row.registration_closes_at,
    sessions,
    hasRecording:
      sessions.some(({ isRecorded }) => isRecorded) || materials.some((material) => material.kind === 'recording'),
  }
}

/** A seminar's line in a list, from what was read of it. */
export function summarise(
  row: SeminarTable,
  record: LoadedRecord,
  facts: PhaseFacts,
  reader: Reader,
  now: Instant,
): SeminarSummary {
  const hours = facts.sessions.flatMap((session) => session.startsAt ?? [])
  return {
    id: row.id,
    href: hrefFor(record, reader.lang) ?? `/r/${row.id}`,
    form: row.form,
    mode: row.mode,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    precision: row.precision,
    timeZone: row.time_zone,
    startsAt: earliest(hours),
    phase: phaseAt(facts, now),
    title: nameFor(record, reader),
    summary: textFor(record, 'summary', reader),
    city: row.city,
    country: row.country,
    synthetic: record.synthetic,
  }
}

/** Lines for a list of seminars, in the order of their rows, each with what its phase follows from. */
export async function outlineSummaries(
  deps: SeminarDeps,
  reader: Reader,
  rows: readonly SeminarTable[],
): Promise<Outline<{ summary: SeminarSummary; facts: PhaseFacts }[]>> {
  const ids = rows.map((row) => row.id)
  const visible = visibleParts(deps, reader)
  const [sessions, materials] = await Promise.all([
    listSessionRows(deps.seminars, ids, visible),
    listMaterialRows(deps.seminars, ids, visible),
  ])
  const now = deps.now()
  return {
    ids,
    fields: ['title', 'summary'],
    build: (records) =>
      rows.flatMap((row) => {
        const record = records.get(row.id)
        if (!isVisible(record, reader)) return []
        const facts = phaseFacts(
          row,
          sessions.filter((session) => session.seminarId === row.id),
          materials.filter((material) => material.seminar_id === row.id),
        )
        return [{ summary: summarise(row, record, facts, reader, now), facts }]
      }),
  }
}
