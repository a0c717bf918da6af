import { sql } from 'kysely'
import { allConfigs } from './domain.ts'
import type { SearchDb } from './store-index.ts'

/** How passages are ranked: by BM25, where the extension is there, else by what PostgreSQL has itself. */
export type Engine = 'bm25' | 'tsvector'

/**
 * Finds the engine and makes what it needs: with `pg_textsearch` a partial index for each text configuration (BM25, Robertson and Zaragoza,
 * 2009; k1 1.2, b 0.75). A database that may not have the extension, or whose owner may not create it, goes without.
 */
export async function prepareEngine(db: SearchDb): Promise<Engine> {
  const { rows } = await sql<{ available: boolean; created: boolean; indexes: number }>`
    select exists (select 1 from pg_available_extensions where name = 'pg_textsearch') as available,
      exists (select 1 from pg_extension where extname = 'pg_textsearch') as created,
      (select count(*)::int from pg_indexes where indexname like 'passage\\_bm25\\_%') as indexes`.execute(db)
  const [there] = rows
  if (!there?.available) return 'tsvector'
  if (there.created && there.indexes === allConfigs.length) return 'bm25'
  try {
    await sql`create extension if not exists pg_textsearch`.execute(db)
    for (const config of allConfigs) await createIndex(db, config)
    await createBest(db)
  } catch {
    // It has to be loaded by the server, or its owner's right is missing: the doctor says so.
    return 'tsvector'
  }
  return 'bm25'
}

async function createIndex(db: SearchDb, config: string): Promise<void> {
  await sql`
    create index if not exists ${sql.id(`passage_bm25_${config}`)} on passage using bm25 (search_terms(words))
    with (text_config = 'simple') where config = ${sql.lit(config)}`.execute(db)
}

/** An index is named by its configuration; a plan without it would compute every score twice. */
async function createBest(db: SearchDb): Promise<void> {
  await sql`
    create or replace function search_best(config text, question text, many int)
      returns table (document int, number int, score float8, is_title boolean) language plpgsql stable
      set enable_seqscan = off set enable_sort = off as $body$
    begin
      return query execute format(
        'select document, number, -bm25_get_current_score(), is_title from passage where config = %L
         order by search_terms(words) <@> to_bm25query($1, %L) limit $2', config, 'passage_bm25_' || config)
      using question, many;
    end $body$`.execute(db)
}
