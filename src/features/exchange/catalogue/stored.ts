import { readPublicationRows } from '#features/library/index.ts'
import { loadRecords, readTies } from '#features/records/index.ts'
import { listPlacesOf } from '#features/series/index.ts'
import type { Handles } from '../handles.ts'
import type { StoredWork } from './merge.ts'

/** Publications as they are stored, by their ids; a fixed number of queries for any number of them. */
export async function readStored(
  { records, library, series }: Pick<Handles, 'records' | 'library' | 'series'>,
  ids: readonly string[],
): Promise<Map<string, StoredWork>> {
  if (ids.length === 0) return new Map()
  // One after the other: in a transaction there is one connection.
  const loaded = await loadRecords(records, ids)
  const rows = await readPublicationRows(library, ids)
  const ties = await readTies(records, ids)
  const places = await listPlacesOf(series, ids)
  return new Map(
    ids.flatMap((id): [string, StoredWork][] => {
      const record = loaded.get(id)
      if (record?.kind !== 'publication') return []
      const editions = rows.editions.filter((row) => row.publication_id === id)
      const own = new Set(editions.map((row) => row.id))
      const place = places.find(({ recordId }) => recordId === id)
      const stored: StoredWork = {
        id,
        sourceLang: record.sourceLang,
        texts: record.texts,
        rows: {
          publications: rows.publications.filter((row) => row.id === id),
          contributors: rows.contributors.filter((row) => row.publication_id === id),
          editions,
          identifiers: rows.identifiers.filter((row) => row.publication_id === id),
          files: rows.files.filter((row) => own.has(row.edition_id)),
          documents: [],
        },
        place: place ? { seriesId: place.seriesId, number: place.number } : null,
        concepts: ties.concepts.get(id) ?? [],
        places: (ties.places.get(id) ?? []).map(({ code }) => code),
        funding: ties.links.filter(({ from, relation }) => from === id && relation === 'funded_by').map(({ to }) => to),
      }
      return [[id, stored]]
    }),
  )
}
