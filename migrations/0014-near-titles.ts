import { sql, type Kysely } from 'kysely'

/**
 * What publications are called, so that nearly the same titles are found without looking at every title: a fingerprint of what
 * stands before a colon, without case, accents, spaces and punctuation.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table record_text add column near text generated always as (
      case when field = 'title' and starts_with(record_id, 'pub_') then md5(nullif(regexp_replace(
        lower(normalize(split_part(body, ':', 1), NFKD)),
        '[[:space:][:punct:]\\u0300-\\u036f\\u0640\\u064b-\\u065f\\u00a0\\u00ab\\u00bb\\u2010-\\u201f\\u202f\\u060c\\u061b\\u061f]+', '', 'g'
      ), '')) end
    ) stored`.execute(db)
  await sql`create index record_text_near on record_text (near, lang, record_id) where near is not null`.execute(db)
}
