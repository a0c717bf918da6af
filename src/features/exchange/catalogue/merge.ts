import type { PublicationParts, PublicationRows, PublicationType, WorkPatch } from '#features/library/index.ts'

/** A publication as it is stored, as far as a catalogue can change it. */
export interface StoredWork {
  readonly id: string
  readonly sourceLang: string
  readonly texts: Readonly<Record<string, readonly { readonly lang: string; readonly value: string }[]>>
  readonly rows: PublicationRows
  readonly place: { readonly seriesId: string; readonly number: number } | null
  readonly concepts: readonly string[]
  readonly places: readonly string[]
  readonly funding: readonly string[]
}

/**
 * What a patch changes of a publication. What it does not speak of stays: texts, types, the date, the place in a series and the names of a
 * role that it names are written anew, everything else of which there are several is added to.
 */
export interface Changes {
  /** Names of what changes, for people. */
  readonly fields: readonly string[]
  readonly texts: readonly { readonly field: string; readonly lang: string; readonly body: string }[]
  readonly types: readonly PublicationType[] | null
  readonly issued: string | null
  readonly parts: PublicationParts | null
  readonly place: { readonly seriesId: string; readonly number: number } | null
  readonly concepts: readonly string[] | null
  readonly places: readonly string[] | null
  readonly funding: readonly string[] | null
}

export interface Wanted {
  readonly patch: WorkPatch
  readonly seriesId: string | null
  readonly concepts: readonly string[]
  readonly funding: readonly string[]
}

/** Compares what a catalogue says with what there is. */
export function findChanges(stored: StoredWork, wanted: Wanted, makeId: () => string): Changes {
  const { patch } = wanted
  const texts = (['title', 'subtitle', 'summary'] as const).flatMap((field) =>
    Object.entries(patch[field] ?? {})
      .filter(([lang, body]) => stored.texts[field]?.find((one) => one.lang === lang)?.value.trim() !== body.trim())
      .map(([lang, body]) => ({ field, lang, body })),
  )
  const row = stored.rows.publications[0]
  const types = patch.types && !hasSame(patch.types, row?.types ?? []) ? patch.types : null
  const issued = patch.issued && !isAsPrecise(row?.issued ?? '', patch.issued) ? patch.issued : null
  const place = findPlace(stored, wanted)
  const contributors = findContributors(stored, patch)
  const identifiers = findIdentifiers(stored, patch)
  const { editions, files } = findFiles(stored, patch, makeId)
  const concepts = added(stored.concepts, wanted.concepts)
  const places = added(stored.places, patch.places ?? [])
  const funding = added(stored.funding, wanted.funding)
  const hasParts = contributors !== null || identifiers.length > 0 || files.length > 0
  const said: readonly (readonly [string, boolean])[] = [
    ...texts.map(({ field, lang }) => [`${field} (${lang})`, true] as const),
    ['types', types !== null],
    ['issued', issued !== null],
    ['contributors', contributors !== null],
    ['identifiers', identifiers.length > 0],
    ['files', files.length > 0],
    ['series', place !== null],
    ['concepts', concepts !== null],
    ['places', places !== null],
    ['funders', funding !== null],
  ]
  return {
    fields: said.filter(([, isChanged]) => isChanged).map(([name]) => name),
    texts,
    types,
    issued,
    parts: hasParts
      ? {
          contributors: contributors ?? stored.rows.contributors,
          editions: [...stored.rows.editions, ...editions],
          identifiers: [...stored.rows.identifiers, ...identifiers],
          files: [...stored.rows.files, ...files],
        }
      : null,
    place,
    concepts,
    places,
    funding,
  }
}

/** Whether a date says all that another does: 2021-08-15 says 2021. */
const isAsPrecise = (there: string, said: string) => there === said || there.startsWith(`${said}-`)

const hasSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((one) => others.includes(one))

/** All there are and those that come; null when none comes. */
function added(there: readonly string[], wanted: readonly string[]): string[] | null {
  const fresh = wanted.filter((one) => !there.includes(one))
  return fresh.length === 0 ? null : [...there, ...fresh]
}

function findPlace(stored: StoredWork, { patch, seriesId }: Wanted) {
  const number = patch.series?.number ?? null
  if (seriesId === null || number === null) return null
  const isThere = stored.place?.seriesId === seriesId && stored.place.number === number
  return isThere ? null : { seriesId, number }
}

const roles = ['author', 'editor', 'publisher']
const nameKey = ({ role, kind, name, given }: PublicationRows['contributors'][number]) =>
  [role, kind, name, given ?? ''].join('\n')

/** Names in the order of their roles; within a role the order is the catalogue's. */
function namesInOrder(list: PublicationRows['contributors']): string[] {
  return list.toSorted((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role)).map(nameKey)
}

/**
 * Who made it, when the catalogue says so otherwise; the order within each role counts. Roles that it names nobody in stay as they are, and
 * so do links to the directory.
 */
function findContributors(stored: StoredWork, { contributors }: WorkPatch): PublicationRows['contributors'] | null {
  if (!contributors) return null
  const there = stored.rows.contributors
  const said = contributors.map(({ role, kind, name, given, agentId }) => {
    const row = { publication_id: stored.id, position: 0, role, kind, agent_id: agentId, name, given }
    const same = there.find((other) => nameKey(other) === nameKey(row))
    return { ...row, agent_id: row.agent_id ?? same?.agent_id ?? null }
  })
  const named = new Set(said.map(({ role }) => role))
  const kept = there.filter(({ role }) => !named.has(role))
  const rows = [...said, ...kept].toSorted((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role))
  const [before, after] = [namesInOrder(there), namesInOrder(rows)]
  const isSame = before.length === after.length && before.every((key, index) => key === after[index])
  return isSame ? null : rows.map((row, position) => ({ ...row, position }))
}

function findIdentifiers(
  { id, rows }: StoredWork,
  { identifiers = [] }: WorkPatch,
): PublicationRows['identifiers'][number][] {
  const last = Math.max(-1, ...rows.identifiers.map(({ position }) => position))
  return identifiers
    .filter(({ scheme, value }) => !rows.identifiers.some((one) => one.scheme === scheme && one.value === value))
    .map(({ scheme, value }, index) => ({
      publication_id: id,
      position: last + 1 + index,
      edition_id: null,
      scheme,
      value,
    }))
}

/** Files that the catalogue links to and the hub does not yet; each language has its edition. */
function findFiles(stored: StoredWork, { editions = [] }: WorkPatch, makeId: () => string) {
  const { rows } = stored
  const made: PublicationRows['editions'][number][] = []
  const files: PublicationRows['files'][number][] = []
  for (const { lang, url } of editions.flatMap((edition) => edition.files)) {
    const [, own] = /^\/files\/([0-9a-f]{64})\//.exec(url) ?? []
    const isThere = rows.files.some(
      (file) => (own === undefined ? file.url === url : file.file === own) && file.lang === lang,
    )
    if (isThere || own !== undefined) continue
    const edition = [...rows.editions, ...made].find((one) => one.lang === lang)
    const editionId = edition?.id ?? makeId()
    if (!edition) made.push(anEdition(stored, editionId, lang, rows.editions.length + made.length))
    const position = [...rows.files, ...files].filter((file) => file.edition_id === editionId).length
    const unknown = { file: null, name: null, type: null, bytes: null, pages: null, licence: null, synthetic: false }
    files.push({ id: makeId(), edition_id: editionId, position, lang, url, ...unknown })
  }
  return { editions: made, files }
}

const anEdition = ({ id }: StoredWork, editionId: string, lang: string, position: number) => ({
  id: editionId,
  publication_id: id,
  position,
  number: null,
  lang,
  issued: null,
  translation_of: null,
  pages: null,
})
