import { insertFiles } from '#features/files/index.ts'
import { insertPublications, type NewPublicationRows } from '#features/library/index.ts'
import { insertRecords, type Deed, type NewRecord } from '#features/records/index.ts'
import { insertSeriesEntries } from '#features/series/index.ts'
import { stableId } from '#platform/ids.ts'
import type { Handles } from '../handles.ts'
import type { PublicationEntry } from './files.ts'
import type { ContentFiles } from './kept-files.ts'
import { conceptId, seedId, toRecord } from './words.ts'

export interface LibraryFiles {
  readonly publications: readonly PublicationEntry[]
  readonly files: ContentFiles
}

/** Every file of the content folder that publications name. */
export const filesOf = (publications: readonly PublicationEntry[]): string[] =>
  publications.flatMap(({ editions }) => editions.flatMap(({ files }) => files.map(({ file }) => file)))

const link = (relation: 'funded_by' | 'part_of', to: string) => ({ relation, to })

function toPublicationRecord(entry: PublicationEntry): NewRecord {
  const { title, subtitle, summary, partOf } = entry
  return toRecord(
    'publication',
    entry,
    { title, subtitle, summary },
    {
      concepts: entry.concepts.map(conceptId),
      places: entry.places.map((code) => ({ code, role: 'covers' as const })),
      links: [
        ...entry.funding.map((key) => link('funded_by', seedId('funding', key))),
        ...(partOf ? [link('part_of', seedId('publication', partOf))] : []),
      ],
    },
  )
}

const editionId = (entry: PublicationEntry, position: number) => stableId('edn', `content:${entry.key}/${position}`)

/** The rows of one publication. */
function toRows(entry: PublicationEntry, files: ContentFiles): NewPublicationRows {
  const id = seedId('publication', entry.key)
  const own = entry.identifiers.map((identifier) => ({ ...identifier, edition_id: null }))
  const ofEditions = entry.editions.flatMap(({ identifiers }, position) =>
    identifiers.map((identifier) => ({ ...identifier, edition_id: editionId(entry, position) })),
  )
  return {
    publications: [{ id, types: [...entry.types], issued: entry.issued ?? null }],
    contributors: entry.contributors.map((one, position) => ({
      publication_id: id,
      position,
      role: one.role,
      kind: one.kind,
      agent_id: one.organisation
        ? seedId('organisation', one.organisation)
        : one.person
          ? seedId('person', one.person)
          : null,
      name: one.name,
      given: one.given ?? null,
    })),
    editions: entry.editions.map((edition, position) => ({
      id: editionId(entry, position),
      publication_id: id,
      position,
      number: edition.number ?? null,
      lang: edition.lang ?? null,
      issued: edition.issued ?? null,
      translation_of: edition.translationOf == null ? null : editionId(entry, edition.translationOf),
      pages: edition.pages ?? null,
    })),
    identifiers: [...own, ...ofEditions].map((identifier, position) => ({
      publication_id: id,
      position,
      ...identifier,
    })),
    files: entry.editions.flatMap((edition, at) =>
      edition.files.flatMap(({ lang, file, licence, synthetic }, position) => {
        const kept = files.get(file)
        if (!kept) return []
        return [
          {
            id: stableId('edf', `content:${entry.key}/${at}/${position}`),
            edition_id: editionId(entry, at),
            position,
            lang,
            file: kept.sha256,
            url: null,
            name: kept.name,
            type: kept.type,
            bytes: kept.bytes,
            pages: null,
            licence: licence ?? null,
            synthetic,
          },
        ]
      }),
    ),
  }
}

/** The places of publications in their series. */
function toSeriesEntries(publications: readonly PublicationEntry[]) {
  return publications.flatMap(({ key, series, number }) =>
    series && number
      ? [{ series_id: seedId('series', series), number, record_id: seedId('publication', key), deduced: false }]
      : [],
  )
}

/** Writes publications with their editions and files, as far as they are not there yet. */
export async function loadPublications(
  tx: Handles,
  { publications, files }: LibraryFiles,
  deed: Deed,
): Promise<number> {
  // A part points to its whole, so wholes come first.
  const sorted = publications.toSorted((one, other) => Number(Boolean(one.partOf)) - Number(Boolean(other.partOf)))
  const made = await insertRecords(tx.records, sorted.map(toPublicationRecord), deed)
  const fresh = publications.filter(({ key }) => made.has(seedId('publication', key)))
  const kept = [...new Set(filesOf(fresh))].flatMap((path) => files.get(path) ?? [])
  await insertFiles(tx.files, kept, deed.at)
  const rows = fresh.map((entry) => toRows(entry, files))
  await insertPublications(tx.library, {
    publications: rows.flatMap((row) => row.publications),
    contributors: rows.flatMap((row) => row.contributors),
    editions: rows.flatMap((row) => row.editions),
    identifiers: rows.flatMap((row) => row.identifiers),
    files: rows.flatMap((row) => row.files),
  })
  await insertSeriesEntries(tx.series, toSeriesEntries(publications))
  return made.size
}
