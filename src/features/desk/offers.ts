import type { Actor } from '#features/accounts/index.ts'
import { canEdit, readDeskRows } from '#features/records/index.ts'
import type { DeskDeps } from './deps.ts'
import { guardRows } from './standing.ts'

/** The names of a file in the records that somebody may edit, drafts among them. */
export async function listDeskFileNames(
  deps: Pick<DeskDeps, 'records' | 'kinds'>,
  actor: Actor | null,
  sha256: string,
): Promise<string[]> {
  if (actor === null) return []
  const kinds = [...deps.kinds.values()]
  const offers = (await Promise.all(kinds.map(async (kind) => kind.offers?.(deps.records, sha256) ?? []))).flat()
  if (offers.length === 0) return []
  const ids = offers.map((offer) => offer.id)
  const rows = await guardRows(deps, await readDeskRows(deps.records, ids))
  const theirs = new Set(rows.filter((row) => canEdit(actor, row)).map((row) => row.id))
  return offers.filter((offer) => theirs.has(offer.id)).map((offer) => offer.name)
}
