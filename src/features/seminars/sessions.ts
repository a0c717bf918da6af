import { readPeople } from '#features/directory/index.ts'
import { nameFor, textFor, type LoadedRecord, type Reader } from '#features/records/index.ts'
import type { Material, Session, Speaker } from './domain.ts'
import type { SeminarDeps } from './reading.ts'
import type { SeminarTables } from './schema.ts'
import { listChannelRows, listSpeakerRows, type SessionRow } from './store.ts'

type MaterialRow = SeminarTables['material']

/** The sessions of seminars with their channels, speakers and materials: gives those of one seminar, for its address. */
export async function readSessions(
  deps: SeminarDeps,
  reader: Reader,
  rows: readonly SessionRow[],
  materials: readonly MaterialRow[],
  records: ReadonlyMap<string, LoadedRecord>,
): Promise<(seminarId: string, seminarHref: string) => Session[]> {
  const ids = rows.map((row) => row.id)
  const channels = await listChannelRows(deps.seminars, ids)
  const speakerRows = await listSpeakerRows(deps.seminars, ids)
  const people = await readPeople(deps, reader, [...new Set(speakerRows.map((row) => row.person_id))])
  const build = ({ seminarId: _, ...row }: SessionRow, record: LoadedRecord, seminarHref: string): Session => ({
    ...row,
    title: nameFor(record, reader),
    abstract: textFor(record, 'abstract', reader),
    channels: channels.filter((channel) => channel.session_id === row.id).map(({ lang, kind }) => ({ lang, kind })),
    speakers: speakerRows
      .filter((speaker) => speaker.session_id === row.id)
      .flatMap(({ person_id: personId, role }): Speaker[] => {
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
