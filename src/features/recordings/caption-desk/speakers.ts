import { hrefFor, loadRecords, nameFor, visibleIds, type Reader, type TextValue } from '#features/records/index.ts'
import type { RecordingDeps } from '../reading.ts'
import { listMeant } from './store.ts'

/** Somebody who speaks, as a transcript names them. */
export interface NamedSpeaker {
  readonly name: TextValue
  readonly href: string | null
}

/** The people whom the names in a track's lines mean, as far as this reader may see them; two queries. */
export async function readSpeakers(
  { records, recordings }: Pick<RecordingDeps, 'records' | 'recordings'>,
  reader: Reader,
  trackId: string,
): Promise<ReadonlyMap<string, NamedSpeaker>> {
  const meant = await listMeant(recordings, trackId, visibleIds(records, 'person', reader))
  const people = await loadRecords(records, [...new Set(meant.map(({ personId }) => personId))], ['name'])
  return new Map(
    meant.flatMap(({ label, personId }): [string, NamedSpeaker][] => {
      const person = people.get(personId)
      return person ? [[label, { name: nameFor(person, reader), href: hrefFor(person, reader.lang) }]] : []
    }),
  )
}
