import type { LoadedRecord } from '#features/records/index.ts'
import { contributorLines } from '../contributor-desk/form.ts'
import type { PublicationRows } from '../store.ts'
import type { PublicationParts } from '../writing.ts'

/** One of two publications that may be the same work. */
export interface Side {
  readonly record: LoadedRecord
  readonly rows: PublicationRows
  readonly place: { readonly seriesId: string; readonly number: number } | null
}

/** Fields of which a publication has one value in each language. */
const texts = ['title', 'subtitle', 'summary'] as const
const facts = ['types', 'issued', 'contributors', 'place'] as const

/** A field that both have and in which they differ: `title.fr`, `issued`. */
export interface Difference {
  readonly name: string
  readonly field: (typeof texts)[number] | (typeof facts)[number]
  /** The language of a text. */
  readonly lang: string | null
  /** What the two say, as lines. */
  readonly one: string
  readonly other: string
}

const textIn = ({ texts: all }: LoadedRecord, field: string, lang: string) =>
  all[field]?.find((text) => text.lang === lang)?.value ?? ''

function factOf({ rows, place }: Side, fact: (typeof facts)[number]): string {
  const [row] = rows.publications
  switch (fact) {
    case 'types':
      return (row?.types ?? []).join('\n')
    case 'issued':
      return row?.issued ?? ''
    case 'contributors':
      return contributorLines(rows.contributors.map(({ agent_id: agentId, ...one }) => ({ ...one, agentId })))
    case 'place':
      return place === null ? '' : `${place.seriesId} ${place.number}`
  }
}

/** What somebody has to choose between; of what only one of them says there is no choice. */
export function findDifferences(one: Side, other: Side): Difference[] {
  const langs = [...new Set(texts.flatMap((field) => (one.record.texts[field] ?? []).map(({ lang }) => lang)))]
  const ofTexts = texts.flatMap((field) =>
    langs.map((lang) => ({
      name: `${field}.${lang}`,
      field,
      lang,
      one: textIn(one.record, field, lang),
      other: textIn(other.record, field, lang),
    })),
  )
  const ofFacts = facts.map((field) => ({
    name: field,
    field,
    lang: null,
    one: factOf(one, field),
    other: factOf(other, field),
  }))
  return [...ofTexts, ...ofFacts].filter((field) => field.one !== '' && field.other !== '' && field.one !== field.other)
}

type Edition = PublicationRows['editions'][number]
type File = PublicationRows['files'][number]

const sameFile = (one: File, other: File) =>
  one.lang === other.lang && (one.file === null ? one.url === other.url : one.file === other.file)

const agree = (one: string | number | null, other: string | number | null) =>
  one === null || other === null || one === other

/** Two editions are one where they have the same language and number, and do not contradict each other. */
function isSameEdition(one: Edition, other: Edition): boolean {
  return (
    one.lang === other.lang &&
    one.number === other.number &&
    agree(one.issued, other.issued) &&
    agree(one.pages, other.pages)
  )
}

/** Everything that two publications have, once: the editions, files and identifiers of the one, then those that only the other has. */
export function uniteParts(
  into: PublicationRows,
  from: PublicationRows,
  intoId: string,
  contributors: PublicationRows['contributors'],
): PublicationParts {
  const twins = new Map(
    from.editions.flatMap((edition) => {
      const twin = into.editions.find((one) => isSameEdition(one, edition))
      return twin ? [[edition.id, twin] as const] : []
    }),
  )
  const idOf = (editionId: string) => twins.get(editionId)?.id ?? editionId
  const kept = into.editions.map((edition) => {
    const twin = from.editions.find(({ id }) => twins.get(id) === edition)
    return { ...edition, issued: edition.issued ?? twin?.issued ?? null, pages: edition.pages ?? twin?.pages ?? null }
  })
  const editions = [...kept, ...from.editions.filter(({ id }) => !twins.has(id))].map((edition, position) => ({
    ...edition,
    publication_id: intoId,
    position,
    translation_of: edition.translation_of === null ? null : idOf(edition.translation_of),
  }))
  const files = [...into.files]
  for (const file of from.files) {
    const moved = { ...file, edition_id: idOf(file.edition_id) }
    if (!files.some((one) => one.edition_id === moved.edition_id && sameFile(one, moved))) files.push(moved)
  }
  const identifiers = [...into.identifiers]
  for (const { scheme, value, edition_id } of from.identifiers) {
    const edition = edition_id === null ? null : idOf(edition_id)
    const isThere = identifiers.some(
      (one) => one.scheme === scheme && one.value === value && one.edition_id === edition,
    )
    if (!isThere) identifiers.push({ publication_id: intoId, position: 0, edition_id: edition, scheme, value })
  }
  return {
    contributors: contributors.map((row, position) => ({ ...row, publication_id: intoId, position })),
    editions,
    files: editions.flatMap(({ id }) =>
      files.filter((file) => file.edition_id === id).map((file, position) => ({ ...file, position })),
    ),
    identifiers: identifiers.map((row, position) => ({ ...row, publication_id: intoId, position })),
  }
}
