import { sql } from 'kysely'
import type { KindName } from './domain.ts'
import type { RecordDb } from './store.ts'

/** Adds views of pages, by kind and slug, to those of a day; only what is published is counted. One statement. */
export async function addViews(
  db: RecordDb,
  views: readonly { readonly kind: KindName; readonly slug: string; readonly count: number }[],
  day: string,
): Promise<void> {
  if (views.length === 0) return
  await sql`
    insert into record_view (record_id, day, count)
    select page.record_id, ${day}::date, sum(view.count)::int
    from jsonb_to_recordset(${JSON.stringify(views)}::jsonb) as view(kind text, slug text, count int)
    join (
      select distinct kind, slug, record_id from record_slug
      union select kind, id, id from record where kind = 'hub'
    ) as page on page.kind = view.kind and page.slug = view.slug
    join record on record.id = page.record_id and record.status = 'published'
    group by page.record_id
    on conflict (record_id, day) do update set count = record_view.count + excluded.count`.execute(db)
}
