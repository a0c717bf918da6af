import { sql } from 'kysely'
import type { KindName } from './domain.ts'
import type { RecordDb } from './store.ts'

/** Days after which a view weighs half as much. */
const halfLife = 45

/**
 * Adds views of pages, by kind and slug, to those of a day; only what is published is counted. The weight by which records are put
 * in order grows with the day instead of shrinking with age, so that nothing has to be renewed. One statement.
 */
export async function addViews(
  db: RecordDb,
  views: readonly { readonly kind: KindName; readonly slug: string; readonly count: number }[],
  day: string,
): Promise<void> {
  if (views.length === 0) return
  await sql`
    with seen as (
      select page.record_id, sum(view.count)::int as count
      from jsonb_to_recordset(${JSON.stringify(views)}::jsonb) as view(kind text, slug text, count int)
      join (
        select distinct kind, slug, record_id from record_slug
        union select kind, id, id from record where kind = 'hub'
      ) as page on page.kind = view.kind and page.slug = view.slug
      join record on record.id = page.record_id and record.status = 'published'
      group by page.record_id
    ), by_day as (
      insert into record_view (record_id, day, count) select record_id, ${day}::date, count from seen
      on conflict (record_id, day) do update set count = record_view.count + excluded.count
    )
    insert into record_reading (record_id, weight)
    select record_id, count * power(2, (${day}::date - date '2026-01-01') / ${halfLife}::double precision) from seen
    on conflict (record_id) do update set weight = record_reading.weight + excluded.weight`.execute(db)
}

/** Views of some records since a day. */
export async function readViews(db: RecordDb, ids: readonly string[], since: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; views: number }>`
    select record_id as id, sum(count)::int as views from record_view
    where record_id = any(${[...ids]}) and day > ${since}::date group by record_id`.execute(db)
  return new Map(rows.map(({ id, views }) => [id, views]))
}
