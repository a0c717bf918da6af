import { isNearWork, type CatalogueProblem, type findByIdentifiers } from '#features/library/index.ts'
import { slugify, type findBySlugs } from '#features/records/index.ts'
import type { findAtPlaces } from '#features/series/index.ts'
import type { StoredWork } from './merge.ts'
import type { Resolved } from './resolve.ts'

/** How a row was found to be of a publication. */
export type MatchReason = 'id' | 'doi' | 'isbn' | 'series' | 'title'

export interface Match {
  readonly id: string | null
  readonly likeLine: number | null
  readonly reason: MatchReason
}

/** What rows of the file have said before this one, by what they could be known by. */
export type Said = Map<string, number>

/** What the hub has that rows may be of. */
export interface Found {
  readonly byIdentifier: Awaited<ReturnType<typeof findByIdentifiers>>
  readonly atPlaces: Awaited<ReturnType<typeof findAtPlaces>>
  readonly bySlug: Awaited<ReturnType<typeof findBySlugs>>
  readonly storedOf: ReadonlyMap<string, StoredWork>
}

interface Place {
  readonly seriesId: string
  readonly number: number
}

/** The place in a series that a row says. */
export function placeOf({ patch, seriesId }: Resolved): Place | null {
  const number = patch.series?.number ?? null
  return seriesId === null || number === null ? null : { seriesId, number }
}

/** What its titles would be called in an address. */
export const slugsOf = ({ patch }: Resolved): string[] =>
  Object.values(patch.title)
    .map(slugify)
    .filter((slug) => slug !== '')

/** These, and what they become where another work of the same title has the address already. */
export const numberedSlugs = (one: Resolved): string[] =>
  slugsOf(one).flatMap((slug) => [slug, ...[2, 3, 4, 5].map((number) => `${slug}-${number}`)])

/** What two rows cannot share unless they are of one work. */
export function keysOf(one: Resolved): string[] {
  const place = placeOf(one)
  const identifiers = (one.patch.identifiers ?? []).filter(({ scheme }) => scheme === 'doi' || scheme === 'isbn')
  return [
    ...(one.patch.id ? [`id ${one.patch.id}`] : []),
    ...identifiers.map(({ scheme, value }) => `${scheme} ${value}`),
    ...(place ? [`series ${place.seriesId} ${place.number}`] : []),
    ...slugsOf(one).map((slug) => `title ${slug} ${one.patch.issued?.slice(0, 4) ?? ''} ${authorKey(one)}`),
  ]
}

const authorKey = ({ patch }: Resolved) =>
  slugify(patch.contributors?.find(({ role }) => role === 'author')?.name ?? '')

const reasons: readonly MatchReason[] = ['id', 'doi', 'isbn', 'series', 'title']

/** The row of the file that says the same, or null. */
export function findSaid(one: Resolved, said: Said): Match | null {
  for (const key of keysOf(one)) {
    const line = said.get(key)
    const reason = reasons.find((name) => key.startsWith(`${name} `))
    if (line !== undefined && reason) return { id: null, likeLine: line, reason }
  }
  return null
}

/** The publications of the hub that a row may be of, the surest first. */
export function findMatches(
  one: Resolved,
  { byIdentifier, atPlaces, bySlug, storedOf }: Found,
  slugs: readonly string[] = slugsOf(one),
): Match[] {
  const { patch } = one
  const place = placeOf(one)
  const found: (readonly [string | null | undefined, MatchReason])[] = [
    [patch.id, 'id'],
    ...(patch.identifiers ?? []).flatMap(({ scheme, value }) =>
      scheme === 'doi' || scheme === 'isbn'
        ? byIdentifier
            .filter((row) => row.scheme === scheme && row.value === value)
            .map(({ id }) => [id, scheme] as const)
        : [],
    ),
    ...atPlaces.filter((row) => isAt(row, place)).map(({ recordId }) => [recordId, 'series'] as const),
    ...bySlug
      .filter(({ slug, id }) => slugs.includes(slug) && isNear(one, storedOf.get(id)))
      .map(({ id }) => [id, 'title'] as const),
  ]
  return found.flatMap(([id, reason]) => (id && storedOf.has(id) ? { id, likeLine: null, reason } : []))
}

const isAt = (row: Place, place: Place | null) => row.seriesId === place?.seriesId && row.number === place.number

/** Whether a publication of nearly the same title is the work of a row. */
function isNear({ patch }: Resolved, stored: StoredWork | undefined): boolean {
  if (!stored) return false
  const { publications, contributors } = stored.rows
  return isNearWork(
    { issued: patch.issued ?? null, names: (patch.contributors ?? []).map(({ name }) => name) },
    { issued: publications[0]?.issued ?? null, names: contributors.map(({ name }) => name) },
  )
}

/** What stands at places of series, by `placeKey`. */
export type Occupants = ReadonlyMap<string, string>

export const placeKey = ({ seriesId, number }: Place) => `${seriesId} ${number}`

/** What stands at places of series. */
export const occupantsOf = (rows: Found['atPlaces']): Map<string, string> =>
  new Map(rows.map((row) => [placeKey(row), row.recordId]))

/** A row for a publication of the hub, or for a new one; its place in a series is told and left out where something else stands there. */
export function withFreePlace(
  one: Resolved,
  id: string | null,
  occupants: Occupants,
  at: Pick<CatalogueProblem, 'line' | 'entry'>,
): Resolved {
  const place = placeOf(one)
  const occupant = place && occupants.get(placeKey(place))
  if (!place || !occupant || occupant === id) return one
  const value = `${one.patch.series?.name ?? ''} ${place.number}`.trim().slice(0, 200)
  const { line, entry } = at
  const problem = { problem: 'numberTaken', line, entry, field: 'series', value, fatal: false } as const
  return { ...one, seriesId: null, problems: [...one.problems, problem] }
}
