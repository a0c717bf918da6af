import { fileHref } from '#features/files/index.ts'
import { outlinePeople, type Person } from '#features/directory/index.ts'
import {
  nameFor,
  textFor,
  translatorsFor,
  type LoadedRecord,
  type LoadedRecords,
  type Outline,
  type Reader,
} from '#features/records/index.ts'
import type { Material, MaterialFile, Session, Speaker } from './domain.ts'
import type { SeminarDeps } from './reading.ts'
import type { SeminarTables } from './schema.ts'
import type { FullSessionRow } from './store.ts'

type MaterialRow = SeminarTables['material']

/** Everybody who speaks in these sessions, as this reader may know them. */
export async function outlineSpeakers(
  deps: SeminarDeps,
  reader: Reader,
  rows: readonly FullSessionRow[],
): Promise<Outline<Map<string, Person>>> {
  const ids = rows.flatMap((row) => row.speakers.map((speaker) => speaker.person))
  return outlinePeople(deps, reader, [...new Set(ids)])
}

/** The sessions of seminars with all that was read of them: gives those of one seminar, for its address. */
export function layOutSessions(
  reader: Reader,
  rows: readonly FullSessionRow[],
  materials: readonly MaterialRow[],
  records: LoadedRecords,
  people: ReadonlyMap<string, Person>,
): (seminarId: string, seminarHref: string) => Session[] {
  const build = (row: FullSessionRow, record: LoadedRecord, seminarHref: string): Session => ({
    id: row.id,
    number: row.number,
    startsOn: row.startsOn,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    minutes: row.minutes,
    isChathamHouse: row.isChathamHouse,
    isRecorded: row.isRecorded,
    channels: row.channels,
    title: nameFor(record, reader),
    abstract: textFor(record, 'abstract', reader),
    speakers: row.speakers.flatMap(({ person: personId, role }): Speaker[] => {
      const person = people.get(personId)
      return person ? [{ ...person, role, position: person.role }] : []
    }),
    materials: materials
      .filter((material) => material.session_id === row.id)
      .map((material) => toMaterial(material, row.number, records, reader)),
    href: `${seminarHref}/sessions/${row.number}`,
    translators: translatorsFor(record, reader),
  })
  return (seminarId, seminarHref) =>
    rows
      .filter((row) => row.seminarId === seminarId)
      .flatMap((row) => {
        const record = records.get(row.id)
        return record ? [build(row, record, seminarHref)] : []
      })
}

/** A material as a reader is offered it. */
export function toMaterial(row: MaterialRow, session: number | null, records: LoadedRecords, reader: Reader): Material {
  const record = records.get(row.id)
  const file = fileOf(row)
  return {
    id: row.id,
    kind: row.kind,
    lang: row.lang,
    url: file ? fileHref(file.sha256, file.name) : (row.url ?? ''),
    file,
    label: record ? textFor(record, 'label', reader) : null,
    bytes: row.bytes,
    seconds: row.seconds,
    session,
    synthetic: record?.synthetic ?? false,
  }
}

function fileOf({ file: sha256, file_name: name, file_type: type }: MaterialRow): MaterialFile | null {
  return sha256 !== null && name !== null && type !== null ? { sha256, name, type } : null
}
