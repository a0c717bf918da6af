import type { PublicationRows } from '../store.ts'
import type { PublicationParts } from '../writing.ts'

type Edition = PublicationRows['editions'][number]
type File = PublicationRows['files'][number]
type Identifier = PublicationRows['identifiers'][number]

/** By the id of an edition that goes, the one that it is. */
type Twins = ReadonlyMap<string, Edition>

/** Everything that two publications have, once: the editions, files and identifiers of the one, then those that only the other has. */
export function uniteParts(
  into: PublicationRows,
  from: PublicationRows,
  intoId: string,
  contributors: PublicationRows['contributors'],
): PublicationParts {
  const twins = findTwins(into.editions, from.editions)
  const idOf = (editionId: string) => twins.get(editionId)?.id ?? editionId
  const editions = uniteEditions(into.editions, from.editions, twins, idOf)
  const files = uniteFiles(into.files, from.files, idOf)
  return {
    contributors: contributors.map((row, position) => ({ ...row, publication_id: intoId, position })),
    editions: editions.map((edition, position) => ({ ...edition, publication_id: intoId, position })),
    files: editions.flatMap(({ id }) =>
      files.filter((file) => file.edition_id === id).map((file, position) => ({ ...file, position })),
    ),
    identifiers: uniteIdentifiers(into.identifiers, from.identifiers, idOf).map((row, position) => ({
      ...row,
      publication_id: intoId,
      position,
    })),
  }
}

const agree = (one: string | number | null, other: string | number | null) =>
  one === null || other === null || one === other

/** Each edition is the twin of one at most: what a second one says would have no place to stand. */
function findTwins(into: readonly Edition[], from: readonly Edition[]): Twins {
  const twins = new Map<string, Edition>()
  const taken = new Set<string>()
  // Originals first: whether two translations are one depends on what they were made from.
  const isTranslation = ({ translation_of: original }: Edition) => Number(original !== null)
  for (const edition of from.toSorted((one, other) => isTranslation(one) - isTranslation(other))) {
    const original =
      edition.translation_of === null ? null : (twins.get(edition.translation_of)?.id ?? edition.translation_of)
    const twin = into.find((one) => !taken.has(one.id) && isSameEdition(one, edition, original))
    if (!twin) continue
    twins.set(edition.id, twin)
    taken.add(twin.id)
  }
  return twins
}

/** Two editions are one where they have the same language and number, and do not contradict each other. */
function isSameEdition(one: Edition, other: Edition, original: string | null): boolean {
  return (
    one.lang === other.lang &&
    one.number === other.number &&
    agree(one.issued, other.issued) &&
    agree(one.pages, other.pages) &&
    agree(one.translation_of, original) &&
    original !== one.id
  )
}

function uniteEditions(
  into: readonly Edition[],
  from: readonly Edition[],
  twins: Twins,
  idOf: (id: string) => string,
): Edition[] {
  const united = into.map((edition): Edition => {
    const twin = from.find(({ id }) => twins.get(id) === edition)
    const original = twin?.translation_of ?? null
    return {
      ...edition,
      issued: edition.issued ?? twin?.issued ?? null,
      pages: edition.pages ?? twin?.pages ?? null,
      translation_of: edition.translation_of ?? (original === null ? null : idOf(original)),
    }
  })
  const others = from.filter(({ id }) => !twins.has(id))
  const moved = others.map((edition): Edition => {
    const { translation_of: original } = edition
    return { ...edition, translation_of: original === null ? null : idOf(original) }
  })
  return withoutCircles([...united, ...moved], new Map(into.map((edition) => [edition.id, edition.translation_of])))
}

/** The two may call each other's editions the original; then what the one that stays says holds. */
function withoutCircles(editions: readonly Edition[], said: ReadonlyMap<string, string | null>): Edition[] {
  const originals = new Map(editions.map(({ id, translation_of: original }) => [id, original]))
  const isInCircle = (id: string) => {
    const seen = new Set<string>()
    for (let at = originals.get(id) ?? null; at !== null && !seen.has(at); at = originals.get(at) ?? null) {
      if (at === id) return true
      seen.add(at)
    }
    return false
  }
  for (const { id } of editions) if (isInCircle(id)) originals.set(id, said.get(id) ?? null)
  return editions.map((edition) => ({ ...edition, translation_of: originals.get(edition.id) ?? null }))
}

const sameFile = (one: File, other: File) =>
  one.lang === other.lang && (one.file === null ? one.url === other.url : one.file === other.file)

/** A file that both have is there once, with what either knows of it. */
function uniteFiles(into: readonly File[], from: readonly File[], idOf: (id: string) => string): File[] {
  const files = [...into]
  for (const file of from) {
    const moved = { ...file, edition_id: idOf(file.edition_id) }
    const at = files.findIndex((one) => one.edition_id === moved.edition_id && sameFile(one, moved))
    const same = files[at]
    if (same) files[at] = uniteFile(same, moved)
    else files.push(moved)
  }
  return files
}

const uniteFile = (one: File, other: File): File => ({
  ...one,
  name: one.name ?? other.name,
  type: one.type ?? other.type,
  bytes: one.bytes ?? other.bytes,
  pages: one.pages ?? other.pages,
  licence: one.licence ?? other.licence,
  synthetic: one.synthetic || other.synthetic,
})

function uniteIdentifiers(
  into: readonly Identifier[],
  from: readonly Identifier[],
  idOf: (id: string) => string,
): Identifier[] {
  const identifiers = [...into]
  for (const row of from) {
    const edition_id = row.edition_id === null ? null : idOf(row.edition_id)
    const isThere = identifiers.some(
      (one) => one.scheme === row.scheme && one.value === row.value && one.edition_id === edition_id,
    )
    if (!isThere) identifiers.push({ ...row, edition_id })
  }
  return identifiers
}
