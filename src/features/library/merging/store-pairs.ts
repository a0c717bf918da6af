import { sql, type Expression } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { LibraryDb } from '../store.ts'

/** How two publications were found to be alike. */
export type PairReason = 'doi' | 'isbn' | 'title'

export interface Pair {
  readonly one: string
  readonly other: string
  readonly reason: PairReason
}

/** Where a list of pairs goes on: after this one. */
export type PairKey = Pick<Pair, 'one' | 'other'>

/** What is compared: publications that are alive, and titles that some of them share. */
interface Compared {
  readonly among: RecordIds
  readonly titles: Expression<unknown>
}

/** A name as it is compared: without case, accents, spaces and punctuation. */
const folded = sql`regexp_replace(lower(normalize(name, NFKD)), '[[:space:][:punct:]\\u0300-\\u036f\\u064b-\\u065f\\u2019]+', '', 'g')`

/** Pairs that share a DOI or an ISBN, theirs or their editions'. */
const byIdentifier = (among: RecordIds) => sql`
  select distinct one.publication_id as one, other.publication_id as other, one.scheme as reason
  from publication_identifier one join publication_identifier other on other.scheme = one.scheme
    and other.value = one.value and other.publication_id > one.publication_id
  where one.scheme in ('doi', 'isbn') and one.publication_id in ${among} and other.publication_id in ${among}`

/**
 * Pairs of nearly the same title: the same but for case, accents and punctuation, or the same up to the colon where only one of them
 * goes on; of the same year, and by one author at least, as far as both are known. One without a year is held against all: joined by
 * what is equal, many works of one title are not all held against each other.
 */
const byTitle = sql`
  select least(one.id, other.id) as one, greatest(one.id, other.id) as other, 'title' as reason
  from work one join (
    select near, year, id, whole, goes_on, authors from work
    union all select near, null, id, whole, goes_on, authors from work) other
    on other.near = one.near and coalesce(other.year, '') = coalesce(one.year, '') and other.id <> one.id
  where (one.whole = other.whole or one.goes_on <> other.goes_on)
    and (one.authors && other.authors or one.authors = '{}' or other.authors = '{}')`

/**
 * Some of the pairs that may be one work, in an order that holds still, and how many there are in all. Those that somebody has found
 * to be two works are not among them.
 */
export async function listPairs(
  db: LibraryDb,
  { among, titles }: Compared,
  { after, limit }: { readonly after: PairKey | null; readonly limit: number },
): Promise<{ pairs: Pair[]; count: number }> {
  const { rows } = await sql<{ pairs: Pair[] | null; count: number }>`
    with work as materialized (
      select title.*, left(issued, 4) as year, coalesce((
        select array_agg(distinct ${folded}) from contributor where publication_id = title.id), '{}') as authors
      from ${titles} title join publication on publication.id = title.id),
    pair as materialized (
      select one, other, min(reason) as reason from (${byIdentifier(among)} union all ${byTitle}) found
      where not exists (
        select from distinct_publication two where two.one = found.one and two.other = found.other)
      group by one, other)
    select (select count(*) from pair) as count, (
      select json_agg(listed order by one, other) from (
        select one, other, reason from pair
        where ${after === null} or (one, other) > (${after?.one ?? ''}, ${after?.other ?? ''})
        order by one, other limit ${limit}) listed) as pairs`.execute(db)
  const [row] = rows
  return { pairs: row?.pairs ?? [], count: row?.count ?? 0 }
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
