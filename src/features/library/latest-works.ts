import { buildOutlined, visibleIds, type Outline, type Reader, type RecordIds } from '#features/records/index.ts'
import type { PublicationSummary } from './domain.ts'
import { outlineRows, type LibraryDeps } from './reading.ts'
import { idsByContributor, newestIds, readPublicationRows, type PublicationRows } from './store.ts'

/** The newest publications, among all or some, as lines of a list; one query. */
export async function outlineNewest(
  deps: LibraryDeps,
  reader: Reader,
  limit: number,
  within?: RecordIds,
): Promise<Outline<PublicationSummary[]>> {
  const visible = visibleIds(deps.records, 'publication', reader)
  const rows = await readPublicationRows(deps.library, newestIds(deps.library, visible, limit, within))
  const ids = rows.publications.toSorted(byNewest).map(({ id }) => id)
  return outlineRows(reader, ids, rows)
}

type Dated = PublicationRows['publications'][number]

const byNewest = (one: Dated, other: Dated): number =>
  compare(other.issued ?? '', one.issued ?? '') || compare(one.id, other.id)

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)

/** Works of a page about something else, and whether there are more. */
export interface Works {
  readonly items: readonly PublicationSummary[]
  readonly hasMore: boolean
}

/** Publications that another page lists; the rest is in the library. */
const LISTED = 10

/** The newest publications among some. */
export async function listNewest(deps: LibraryDeps, reader: Reader, within: RecordIds): Promise<Works> {
  const found = await buildOutlined(deps.records, await outlineNewest(deps, reader, LISTED + 1, within))
  return { items: found.slice(0, LISTED), hasMore: found.length > LISTED }
}

/** What a person or organisation made. */
export async function listNewestBy(deps: LibraryDeps, reader: Reader, agentId: string): Promise<Works> {
  return listNewest(deps, reader, idsByContributor(deps.library, agentId))
}
