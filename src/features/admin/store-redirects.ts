import { sql } from 'kysely'
import type { AdminDb } from './handles.ts'
import type { RedirectRow } from './redirects.ts'

export interface RedirectLine extends RedirectRow {
  readonly hits: number
  readonly lastHitOn: string | null
}

/** Where an address of the former site leads: the redirect of the address with its query, else of its path alone. */
export async function findRedirect(db: AdminDb, address: string): Promise<RedirectRow | null> {
  const path = address.split('?', 1)[0] ?? ''
  const row = await db
    .selectFrom('redirect')
    .select(['path', 'target'])
    .where('path', 'in', [...new Set([address, path])])
    .orderBy(sql`length(path)`, 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Every redirect, path → target. */
export async function readRedirects(db: AdminDb): Promise<Map<string, string>> {
  const rows = await db.selectFrom('redirect').select(['path', 'target']).execute()
  return new Map(rows.map(({ path, target }) => [path, target]))
}

export interface RedirectFilter {
  readonly text: string
  /** By path, or those followed most first. */
  readonly order: 'path' | 'hits'
  readonly offset: number
  readonly limit: number
}

/** A part of the list, and how many there are in all. */
export async function listRedirects(
  db: AdminDb,
  { text, order, offset, limit }: RedirectFilter,
): Promise<{ items: RedirectLine[]; total: number }> {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const found = db
    .selectFrom('redirect')
    .where((where) => where.or([where('path', 'ilike', like), where('target', 'ilike', like)]))
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  let query = found.select(['path', 'target', 'hits', 'last_hit_on as lastHitOn'])
  if (order === 'hits') query = query.orderBy('hits', 'desc')
  return { items: await query.orderBy('path').offset(offset).limit(limit).execute(), total }
}

/** How many redirects there are. */
export async function countRedirects(db: AdminDb): Promise<number> {
  const { total } = await db
    .selectFrom('redirect')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** Every redirect in the order of its path, a batch at a time. */
export async function* walkRedirects(db: AdminDb, size = 1000): AsyncGenerator<RedirectLine[]> {
  let after = ''
  for (;;) {
    const rows = await db
      .selectFrom('redirect')
      .select(['path', 'target', 'hits', 'last_hit_on as lastHitOn'])
      .where('path', '>', after)
      .orderBy('path')
      .limit(size)
      .execute()
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    after = rows.at(-1)?.path ?? ''
  }
}

/** Writes redirects; one that is there gets its new target and keeps its hits. Returns how many are new and how many changed. */
export async function saveRedirects(
  db: AdminDb,
  rows: readonly RedirectRow[],
  at: string,
): Promise<{ added: number; changed: number }> {
  const paths = rows.map(({ path }) => path)
  const targets = rows.map(({ target }) => target)
  const written = await sql<{ fresh: boolean }>`
    insert into redirect (path, target, created_at)
    select path, target, ${at}::timestamptz from unnest(${paths}::text[], ${targets}::text[]) as given (path, target)
    on conflict (path) do update set target = excluded.target where redirect.target <> excluded.target
    returning xmax = 0 as fresh`.execute(db)
  const added = written.rows.filter(({ fresh }) => fresh).length
  return { added, changed: written.rows.length - added }
}

/** Takes a redirect away; whether there was one. */
export async function deleteRedirect(db: AdminDb, path: string): Promise<boolean> {
  const gone = await db.deleteFrom('redirect').where('path', '=', path).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Adds to the hits of redirects, and notes the day. */
export async function addHits(db: AdminDb, hits: ReadonlyMap<string, number>, day: string): Promise<void> {
  const paths = [...hits.keys()]
  const counts = [...hits.values()]
  await sql`
    update redirect set hits = hits + given.count, last_hit_on = greatest(last_hit_on, ${day}::date)
    from unnest(${paths}::text[], ${counts}::bigint[]) as given (path, count)
    where redirect.path = given.path`.execute(db)
}
