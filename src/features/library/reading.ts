import { outlineFunding, outlineReferences, toReference, type Reference } from '#features/directory/index.ts'
import {
  alternatesFor,
  buildOutlined,
  findLaterBySlug,
  isVisible,
  kindOf,
  languageStates,
  readTies,
  textFor,
  translatorsFor,
  visibleIds,
  type LinkRow,
  type LoadedRecords,
  type Outline,
  type Reader,
  type Relation,
  type Ties,
} from '#features/records/index.ts'
import { outlinePlaces, type EntrySource, type SeriesDeps } from '#features/series/index.ts'
import { outlineTags } from '#features/taxonomy/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Publication, PublicationSummary } from './domain.ts'
import { partsOf, toEditions, toIdentifiers, toSummary } from './from-rows.ts'
import { listFileNames, readIssueDates, readPublicationRows, type LibraryDb, type PublicationRows } from './store.ts'

/** What the library needs: the handles of the floors below, its own, and the clock. */
export interface LibraryDeps extends SeriesDeps {
  readonly library: LibraryDb
  readonly now: () => Instant
}

/** Publications as lines of a list, in the order of their ids; those the reader may not see are left out. */
export async function outlinePublications(
  deps: LibraryDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Outline<PublicationSummary[]>> {
  return outlineRows(reader, ids, await readPublicationRows(deps.library, ids))
}

/** Publications as lines of a list, of their rows. */
export function outlineRows(
  reader: Reader,
  ids: readonly string[],
  rows: PublicationRows,
): Outline<PublicationSummary[]> {
  const agents = outlineReferences(reader, agentIdsOf(rows))
  return {
    ids: [...ids, ...agents.ids],
    fields: ['title', 'summary', ...(agents.fields ?? [])],
    build: (records) => {
      const agentOf = agents.build(records)
      return ids.flatMap((id) => {
        const record = records.get(id)
        return isVisible(record, reader) ? [toSummary(record, partsOf(rows, id), agentOf, reader)] : []
      })
    },
  }
}

/** What the tables say of publications and of what they are tied to. */
export interface Shelf {
  readonly rows: PublicationRows
  readonly ties: Ties
}

/** Reads what publications are built from, for a page or for other catalogues. */
export async function readShelf(deps: LibraryDeps, ids: readonly string[]): Promise<Shelf> {
  const [rows, ties] = await Promise.all([readPublicationRows(deps.library, ids), readTies(deps.records, ids)])
  return { rows, ties }
}

/** A publication with all that stands on its page, by its id; null when there is none this reader may see. */
export async function readPublication(
  deps: LibraryDeps,
  reader: Reader,
  id: string,
  shelf?: Shelf,
): Promise<Publication | null> {
  const { rows, ties } = shelf ?? (await readShelf(deps, [id]))
  const targets = (relation: Relation) => ties.links.filter((link) => link.relation === relation).map((link) => link.to)
  const [funding, tags, placed] = await Promise.all([
    outlineFunding(deps, reader, targets('funded_by')),
    outlineTags(deps, reader, ties.concepts.get(id) ?? []),
    outlinePlaces(deps, [publicationDates(deps)], reader, [id]),
  ])
  const others = ties.links.flatMap((link) => [link.from, link.to])
  const references = outlineReferences(reader, [...agentIdsOf(rows), ...others])
  const parts = [funding, tags, placed, references]
  return buildOutlined(deps.records, {
    ids: [id, ...parts.flatMap((part) => part.ids)],
    fields: ['title', 'subtitle', 'summary', ...parts.flatMap((part) => part.fields ?? [])],
    build: (records) => {
      const record = records.get(id)
      if (!isVisible(record, reader)) return null
      const own = partsOf(rows, id)
      const referenceOf = references.build(records)
      const tagOf = tags.build(records)
      const fundingOf = funding.build(records)
      return {
        ...toSummary(record, own, referenceOf, reader),
        subtitle: textFor(record, 'subtitle', reader),
        editions: toEditions(own),
        identifiers: toIdentifiers(own).filter(({ editionId }) => editionId === null),
        concepts: (ties.concepts.get(id) ?? []).flatMap((concept) => tagOf.get(concept) ?? []),
        places: ties.places.get(id) ?? [],
        partOf: pointed(ties.links, id, 'part_of', 'to', referenceOf),
        parts: pointed(ties.links, id, 'part_of', 'from', referenceOf),
        related: toRelated(ties.links, id, records, reader),
        funding: targets('funded_by').flatMap((statement) => fundingOf.get(statement) ?? []),
        seriesPlace: placed.build(records)(id).seriesPlace,
        textLanguages: languageStates(kindOf('publication'), record.texts, record.sourceLang),
        translators: translatorsFor(record, reader),
        alternates: alternatesFor(record),
        version: record.version,
        publishedAt: record.publishedAt,
        updatedAt: record.updatedAt,
      }
    },
  })
}

/** When publications were issued, for the series they stand in. */
export function publicationDates({ library }: Pick<LibraryDeps, 'library'>): EntrySource {
  return async (ids) => readIssueDates(library, ids)
}

/** The id of the publication behind an address, or null. */
export async function findPublicationId(deps: LibraryDeps, reader: Reader, address: string): Promise<string | null> {
  return findLaterBySlug(deps.records, 'publication', address, reader)
}

/** The names under which publications that this reader may see offer a file. */
export async function listPublicationFileNames(deps: LibraryDeps, reader: Reader, sha256: string): Promise<string[]> {
  return listFileNames(deps.library, sha256, visibleIds(deps.records, 'publication', reader))
}

const agentIdsOf = (rows: PublicationRows): string[] => [
  ...new Set(rows.contributors.flatMap((row) => row.agent_id ?? [])),
]

function pointed(
  links: readonly LinkRow[],
  id: string,
  relation: Relation,
  direction: 'to' | 'from',
  referenceOf: ReadonlyMap<string, Reference>,
): Reference[] {
  const [here, there] = direction === 'to' ? (['from', 'to'] as const) : (['to', 'from'] as const)
  return links
    .filter((link) => link.relation === relation && link[here] === id)
    .flatMap((link) => referenceOf.get(link[there]) ?? [])
}

const shownElsewhere: readonly Relation[] = ['part_of', 'funded_by']

/** The other records of the hub that a publication is tied to, from either end. */
function toRelated(links: readonly LinkRow[], id: string, records: LoadedRecords, reader: Reader) {
  const seen = new Set<string>()
  return links
    .filter((link) => !shownElsewhere.includes(link.relation))
    .flatMap((link) => {
      const other = link.from === id ? link.to : link.from
      const record = records.get(other)
      if (seen.has(other) || !isVisible(record, reader)) return []
      seen.add(other)
      const direction = link.from === id ? ('to' as const) : ('from' as const)
      return [{ ...toReference(record, reader), kind: record.kind, relation: link.relation, direction }]
    })
}
