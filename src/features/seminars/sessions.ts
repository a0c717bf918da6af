import { readPeople } from '#features/directory/index.ts'
import { nameFor, textFor, type LoadedRecord, type Reader } from '#features/records/index.ts'
import type { Material, Session, Speaker } from './domain.ts'
import type { SeminarDeps } from './reading.ts'
import type { SeminarTables } from './schema.ts'
import type { FullSessionRow } from './store.ts'

type MaterialRow = SeminarTables['material']

/** The sessions of seminars with their channels, speakers and materials: gives those of one seminar, for its address. */
export async function readSessions(
  deps: SeminarDeps,
  reader: Reader,
  rows: readonly FullSessionRow[],
  materials: readonly MaterialRow[],
  records: ReadonlyMap<string, LoadedRecord>,
): Promise<(seminarId: string, seminarHref: string) => Session[]> {
  const people = await readPeople(deps, reader, [
    ...new Set(rows.flatMap((row) => row.speakers.map((speaker) => speaker.person))),
  ])
  const build = (row: FullSessionRow, record: LoadedRecord, seminarHref: string): Session => ({
    id: row.id,
    number: row.number,
    startsOn: row.startsOn,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    minutes: row.minutes,
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
export function toMaterial(
  row: MaterialRow,
  session: number | null,
  records: ReadonlyMap<string, LoadedRecord>,
  reader: Reader,
): Material {
  const record = records.get(row.id)
  return {
    id: row.id,
    kind: row.kind,
    lang: row.lang,
    url: row.url,
    label: record ? textFor(record, 'label', reader) : null,
    bytes: row.bytes,
    seconds: row.seconds,
    session,
    synthetic: record?.synthetic ?? false,
  }
}
