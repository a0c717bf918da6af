import type { z } from 'zod'
import { insertFiles } from '#features/files/index.ts'
import { insertRecords, type Deed, type NewRecord } from '#features/records/index.ts'
import { insertSeminars, type SeminarRows } from '#features/seminars/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import type { SeminarEntry, SeriesFile } from './files.ts'
import type { Handles } from '../handles.ts'
import { pathsOf, type ContentFiles } from './kept-files.ts'
import { loadRecordings } from './recordings.ts'
import { seminarDates, toSessionRow } from './seminar-times.ts'
import { conceptId, seedId, toRecord } from './words.ts'

export interface SeminarFiles {
  readonly seminars: readonly SeminarEntry[]
  readonly files: ContentFiles
}

const sessionId = (seminar: SeminarEntry, number: number) => seedId('session', `${seminar.key}/${number}`)
const materialId = (seminar: SeminarEntry, key: string) => seedId('material', `${seminar.key}/${key}`)

/** A seminar as a record. */
function toSeminarRecord(seminar: SeminarEntry): NewRecord {
  const { title, summary, objectives, format, audiences, background, note } = seminar
  return toRecord(
    'seminar',
    seminar,
    { title, summary, objectives, format, audiences, background, note },
    {
      concepts: seminar.concepts.map(conceptId),
      places: seminar.places.map((code) => ({ code, role: 'covers' as const })),
      links: [
        ...seminar.organisers.map((key) => link('co_organised_by', seedId('organisation', key))),
        ...seminar.funding.map((key) => link('funded_by', seedId('funding', key))),
        ...seminar.basedOn.map((key) => link('based_on', seedId('publication', key))),
        ...seminar.programmes.map((key) => link('presents', seedId('programme', key))),
      ],
    },
  )
}

/** The sessions and materials of a seminar as records. */
function toPartRecords(seminar: SeminarEntry): NewRecord[] {
  const part = (key: string, synthetic: boolean) => ({ key, sourceLang: seminar.sourceLang, synthetic })
  return [
    ...seminar.sessions.map((session) =>
      toRecord('session', part(`${seminar.key}/${session.number}`, seminar.synthetic), {
        title: session.title,
        abstract: session.abstract,
      }),
    ),
    ...seminar.materials.map((material) =>
      toRecord('material', part(`${seminar.key}/${material.key}`, material.synthetic), { label: material.label }),
    ),
  ]
}

const link = (relation: 'co_organised_by' | 'funded_by' | 'based_on' | 'presents', to: string) => ({ relation, to })

function toSeminarRow(seminar: SeminarEntry, at: string): SeminarRows['seminars'][number] {
  return {
    id: seedId('seminar', seminar.key),
    form: seminar.form,
    mode: seminar.mode,
    platform: seminar.platform ?? null,
    access: seminar.access ?? null,
    ...seminarDates(seminar, at),
    precision: seminar.precision,
    time_zone: seminar.timeZone,
    city: seminar.city ?? null,
    country: seminar.country ?? null,
    registration_url: seminar.registrationUrl ?? null,
    join_url: seminar.joinUrl ?? null,
  }
}

/** The rows of seminars and all their parts. */
function toRows(seminars: readonly SeminarEntry[], files: ContentFiles, at: string): SeminarRows {
  const parts = seminars.flatMap((seminar) =>
    seminar.sessions.map((session) => ({ seminar, session, id: sessionId(seminar, session.number) })),
  )
  return {
    seminars: seminars.map((seminar) => toSeminarRow(seminar, at)),
    sessions: parts.map(({ seminar, session, id }) => ({
      id,
      seminar_id: seedId('seminar', seminar.key),
      ...toSessionRow(seminar, session, at),
    })),
    channels: parts.flatMap(({ session, id }) =>
      session.channels.map((channel, position) => ({ session_id: id, ...channel, position })),
    ),
    speakers: parts.flatMap(({ session, id }) =>
      session.speakers.map(({ person, role }, position) => ({
        session_id: id,
        person_id: seedId('person', person),
        role,
        position,
      })),
    ),
    materials: seminars.flatMap((seminar) =>
      seminar.materials.map((material, position) => ({
        id: materialId(seminar, material.key),
        seminar_id: seedId('seminar', seminar.key),
        session_id: material.session ? sessionId(seminar, material.session) : null,
        kind: material.kind,
        lang: material.lang,
        ...toPlace(material, files),
        seconds: material.seconds ?? null,
        position,
      })),
    ),
  }
}

/** Where a material is: a link, or a file with what is known of it. */
function toPlace({ url, file, bytes }: SeminarEntry['materials'][number], files: ContentFiles) {
  const kept = file === undefined ? undefined : files.get(file)
  return kept
    ? { url: null, file: kept.sha256, file_name: kept.name, file_type: kept.type, bytes: kept.bytes }
    : { url: url ?? null, bytes: bytes ?? null }
}

/** The places of seminars in their series. */
function toSeriesEntries(seminars: readonly SeminarEntry[]) {
  return seminars.flatMap(({ key, series, number, numberDeduced }) =>
    series && number
      ? [{ series_id: seedId('series', series), number, record_id: seedId('seminar', key), deduced: numberDeduced }]
      : [],
  )
}

/** Writes series, as far as they are not there yet. */
export async function loadSeries(tx: Handles, series: z.infer<typeof SeriesFile>, deed: Deed): Promise<number> {
  const made = await insertRecords(
    tx.records,
    series.map((entry) => toRecord('series', entry, { name: entry.name, summary: entry.summary })),
    deed,
  )
  const rows = series.map(({ key, of, planned }) => ({
    id: seedId('series', key),
    contains: of,
    planned: planned ?? null,
  }))
  await insertSeries(
    tx.series,
    rows.filter((row) => made.has(row.id)),
  )
  return made.size
}

/** Writes seminars with their parts, as far as they are not there yet. */
export async function loadSeminars(tx: Handles, { seminars, files }: SeminarFiles, deed: Deed): Promise<number> {
  const made = await insertRecords(tx.records, seminars.map(toSeminarRecord), deed)
  // A seminar that is there already keeps the parts it has.
  const fresh = seminars.filter((seminar) => made.has(seedId('seminar', seminar.key)))
  const parts = await insertRecords(tx.records, fresh.flatMap(toPartRecords), deed)
  const kept = [...pathsOf(fresh)].flatMap((path) => files.get(path) ?? [])
  await insertFiles(tx.files, kept, deed.at)
  await insertSeminars(tx.seminars, toRows(fresh, files, deed.at))
  await insertSeriesEntries(tx.series, toSeriesEntries(seminars))
  const recorded = await loadRecordings(tx, fresh, files, deed)
  return made.size + parts.size + recorded
}
