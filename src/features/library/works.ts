import { outlineFunding } from '#features/directory/index.ts'
import { fileHref } from '#features/files/index.ts'
import {
  hrefFor,
  isVisible,
  listTextLanguages,
  loadOutlined,
  nameFor,
  type LoadedRecord,
  type Reader,
  type Texts,
} from '#features/records/index.ts'
import { listPlacesOf } from '#features/series/index.ts'
import { outlineTags, type ConceptTag } from '#features/taxonomy/index.ts'
import { readShelf, type LibraryDeps, type Shelf } from './reading.ts'
import { listFileLanguages, type PublicationRows } from './store.ts'
import type { Work, WorkEdition, Words } from './work.ts'

/** A work of the hub, and what is known of its record. */
export interface HubWork {
  readonly id: string
  readonly work: Work
  /** Path of its page in the reader's language. */
  readonly href: string
  readonly concepts: readonly ConceptTag[]
  readonly seriesId: string | null
  /** Its texts in every language, with their states. */
  readonly texts: Texts
  readonly synthetic: boolean
  readonly publishedAt: string | null
  readonly updatedAt: string
}

/**
 * Publications as works, in the order of their ids; those the reader may not see are left out. A fixed number of queries for any
 * number of ids, so that a long list is read in batches.
 */
export async function listWorks(
  deps: LibraryDeps,
  reader: Reader,
  ids: readonly string[],
  shelf?: Shelf,
): Promise<HubWork[]> {
  if (ids.length === 0) return []
  const [{ rows, ties }, places] = await Promise.all([shelf ?? readShelf(deps, ids), listPlacesOf(deps.series, ids)])
  const funded = ties.links.filter(({ relation }) => relation === 'funded_by')
  const [funding, tags] = await Promise.all([
    outlineFunding(
      deps,
      reader,
      funded.map(({ to }) => to),
    ),
    outlineTags(deps, reader, [...new Set(ids.flatMap((id) => ties.concepts.get(id) ?? []))]),
  ])
  const own = {
    ids: [...ids, ...places.map(({ seriesId }) => seriesId)],
    fields: ['title', 'subtitle', 'summary', 'name'],
  }
  const records = await loadOutlined(deps.records, [own, funding, tags])
  const [fundingOf, tagOf] = [funding.build(records), tags.build(records)]
  const partsOf = groupParts(rows)
  const placeOf = new Map(places.map((place) => [place.recordId, place]))
  return ids.flatMap((id): HubWork[] => {
    const record = records.get(id)
    // Parts of other records have a state of their own, and are seen through what they are part of alone.
    if (!isVisible(record, reader) || record.kind !== 'publication') return []
    const place = placeOf.get(id)
    const series = place && records.get(place.seriesId)
    const isSeriesSeen = place !== undefined && isVisible(series, reader)
    const concepts = (ties.concepts.get(id) ?? []).flatMap((concept) => tagOf.get(concept) ?? [])
    const statements = funded.filter(({ from }) => from === id).flatMap(({ to }) => fundingOf.get(to) ?? [])
    const work: Work = {
      ...toWork(record, partsOf(id)),
      series: isSeriesSeen && series ? { id: series.id, name: ownName(series), number: place.number } : null,
      concepts: concepts.map(({ scheme, notation }) => ({ scheme, notation })),
      places: (ties.places.get(id) ?? []).map(({ code }) => code),
      funders: [...new Set(statements.flatMap(({ funders }) => funders.map(({ name }) => name.value)))],
    }
    const href = hrefFor(record, reader.lang) ?? `/r/${id}`
    const { texts, synthetic, publishedAt, updatedAt } = record
    return [
      {
        id,
        work,
        href,
        concepts,
        seriesId: isSeriesSeen ? place.seriesId : null,
        texts,
        synthetic,
        publishedAt,
        updatedAt,
      },
    ]
  })
}

/** The languages that some works have words or files in. */
export async function listWorkLanguages(
  { records, library }: Pick<LibraryDeps, 'records' | 'library'>,
  ids: readonly string[],
): Promise<string[]> {
  const [ofTexts, ofFiles] = await Promise.all([listTextLanguages(records, ids), listFileLanguages(library, ids)])
  return [...new Set([...ofTexts, ...ofFiles])]
}

/** A series goes by the name it was given, whoever reads. */
const ownName = (series: LoadedRecord): string =>
  nameFor(series, { lang: series.sourceLang, chain: [series.sourceLang], audience: [] }).value

const wordsOf = (record: LoadedRecord, field: string): Words =>
  Object.fromEntries((record.texts[field] ?? []).map(({ lang, value }) => [lang, value]))

interface Parts {
  readonly publication: PublicationRows['publications'][number] | undefined
  readonly contributors: PublicationRows['contributors']
  readonly identifiers: PublicationRows['identifiers']
  readonly editions: PublicationRows['editions']
  readonly filesOf: (editionId: string) => PublicationRows['files']
}

/** Rows by the publication they belong to, so that a batch is walked once. */
function groupParts(rows: PublicationRows): (id: string) => Parts {
  const publications = new Map(rows.publications.map((row) => [row.id, row]))
  const contributors = Map.groupBy(rows.contributors, (row) => row.publication_id)
  const identifiers = Map.groupBy(rows.identifiers, (row) => row.publication_id)
  const editions = Map.groupBy(rows.editions, (row) => row.publication_id)
  const files = Map.groupBy(rows.files, (row) => row.edition_id)
  return (id) => ({
    publication: publications.get(id),
    contributors: contributors.get(id) ?? [],
    identifiers: identifiers.get(id) ?? [],
    editions: editions.get(id) ?? [],
    filesOf: (editionId) => files.get(editionId) ?? [],
  })
}

function toWork(record: LoadedRecord, parts: Parts): Work {
  const ofEdition = (editionId: string | null) =>
    parts.identifiers.filter((row) => row.edition_id === editionId).map(({ scheme, value }) => ({ scheme, value }))
  return {
    id: record.id,
    types: parts.publication?.types ?? [],
    sourceLang: record.sourceLang,
    title: wordsOf(record, 'title'),
    subtitle: wordsOf(record, 'subtitle'),
    summary: wordsOf(record, 'summary'),
    issued: parts.publication?.issued ?? null,
    series: null,
    contributors: parts.contributors.map(({ role, kind, agent_id, name, given }) => ({
      role,
      kind,
      agentId: agent_id,
      name,
      given,
    })),
    identifiers: ofEdition(null),
    editions: parts.editions.map((row): WorkEdition => ({
      number: row.number,
      lang: row.lang,
      issued: row.issued,
      translationOf: positionOf(parts, row.translation_of),
      pages: row.pages,
      identifiers: ofEdition(row.id),
      files: parts.filesOf(row.id).map((file) => ({
        lang: file.lang,
        url: file.file === null ? (file.url ?? '') : fileHref(file.file, file.name ?? ''),
        type: file.type,
        bytes: file.bytes,
        pages: file.pages,
        licence: file.licence,
      })),
    })),
    concepts: [],
    places: [],
    funders: [],
  }
}

function positionOf({ editions }: Parts, id: string | null): number | null {
  const position = id === null ? -1 : editions.findIndex((row) => row.id === id)
  return position < 0 ? null : position
}
