import { sql } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { LibraryDb } from '../store.ts'

/** How two publications were found to be alike. */
export type PairReason = 'doi' | 'isbn' | 'title'

export interface Pair {
  readonly one: string
  readonly other: string
  readonly reason: PairReason
}

/** Publications that share a DOI or an ISBN, theirs or their editions', among those of a query. */
export async function listSharedIdentifiers(db: LibraryDb, among: RecordIds, limit: number): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select distinct one.publication_id as one, other.publication_id as other, one.scheme as reason
    from publication_identifier one
      join publication_identifier other on other.scheme = one.scheme and other.value = one.value
        and other.publication_id > one.publication_id
    where one.scheme in ('doi', 'isbn') and one.publication_id in ${among} and other.publication_id in ${among}
    order by 1, 2 limit ${limit}`.execute(db)
  return rows
}

/** Of some pairs, those that somebody has looked at and found to be two works. */
export async function listDistinct(db: LibraryDb): Promise<Set<string>> {
  const rows = await db.selectFrom('distinct_publication').select(['one', 'other']).execute()
  return new Set(rows.map(({ one, other }) => `${one} ${other}`))
}

/** Notes that two publications are two works; they are not proposed again. */
export async function keepDistinct(
  db: LibraryDb,
  ids: readonly [string, string],
  { actor, at }: { readonly actor: string; readonly at: string },
): Promise<void> {
  const [one = '', other = ''] = ids.toSorted()
  await db
    .insertInto('distinct_publication')
    .values({ one, other, actor, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
