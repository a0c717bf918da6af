import { sql } from 'kysely'
import type { KindName } from './domain.ts'
import type { RecordDb } from './store.ts'

/** Records of a kind that have one of some addresses in any language. */
export async function findBySlugs(
  db: RecordDb,
  kind: KindName,
  slugs: readonly string[],
): Promise<{ slug: string; id: string }[]> {
  if (slugs.length === 0) return []
  return db
    .selectFrom('record_slug')
    .select(['slug', 'record_id as id'])
    .where('kind', '=', kind)
    .where(sql<boolean>`slug = any(${[...slugs]})`)
    .execute()
}

/**
 * The addresses that are taken among some that are wanted, with those made of them by a number at their end. Only what could be in the
 * way is read, however many records there are.
 */
export async function listTakenSlugs(
  tx: RecordDb,
  wanted: readonly { readonly kind: KindName; readonly lang: string; readonly slug: string }[],
): Promise<Set<string>> {
  const kinds = [...new Set(wanted.map((row) => row.kind))]
  const slugs = wanted.map((row) => row.slug)
  const taken = async (test: ReturnType<typeof sql<boolean>>) =>
    tx
      .selectFrom('record_slug')
      .select(['kind', 'lang', 'slug'])
      .where(sql<boolean>`kind = any(${kinds})`)
      .where(test)
      .execute()
  const same = await taken(sql<boolean>`slug = any(${[...new Set(slugs)]})`)
  const twice = slugs.filter((slug, index) => slugs.indexOf(slug) !== index)
  const contested = [...new Set([...same.map(({ slug }) => slug), ...twice])]
  const numbered =
    contested.length === 0 ? [] : await taken(sql<boolean>`regexp_replace(slug, '-[0-9]+$', '') = any(${contested})`)
  return new Set([...same, ...numbered].map((row) => `${row.kind} ${row.lang} ${row.slug}`))
}
