import { sql, type Kysely } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { PublicationType } from './domain.ts'
import type { LibraryTables } from './schema.ts'

export type LibraryDb = Kysely<LibraryTables>

type Row<T extends keyof LibraryTables> = { readonly [K in keyof LibraryTables[T]]: LibraryTables[T][K] }

/** What is known of a file's text, without the text. */
export type DocumentRow = Omit<Row<'document'>, 'asked_at' | 'read_at'>

/** Publications with all that belongs to them, as rows. */
export interface PublicationRows {
  readonly publications: readonly Row<'publication'>[]
  readonly contributors: readonly Row<'contributor'>[]
  readonly editions: readonly Row<'edition'>[]
  readonly identifiers: readonly Row<'publication_identifier'>[]
  readonly files: readonly Row<'edition_file'>[]
  readonly documents: readonly DocumentRow[]
}

const none: PublicationRows = {
  publications: [],
  contributors: [],
  editions: [],
  identifiers: [],
  files: [],
  documents: [],
}

/** Publications by id with their contributors, editions, identifiers and files, each in its order; one query. `of` may be a query. */
export async function readPublicationRows(db: LibraryDb, of: readonly string[] | RecordIds): Promise<PublicationRows> {
  if ('length' in of && of.length === 0) return none
  const asked = 'length' in of ? sql`any(${[...of]}::text[])` : sql`any(array(select id from wanted))`
  const wanted = 'length' in of ? sql`` : sql`wanted as materialized (select id from ${of} as found),`
  const { rows } = await sql<{ [K in keyof PublicationRows]: PublicationRows[K] | null }>`
    with ${wanted} of_edition as (select id from edition where publication_id = ${asked}),
    of_file as (select * from edition_file where edition_id in (select id from of_edition))
    select
      (select json_agg(publication) from publication where id = ${asked}) as publications,
      (select json_agg(contributor order by publication_id, position)
        from contributor where publication_id = ${asked}) as contributors,
      (select json_agg(edition order by publication_id, position)
        from edition where publication_id = ${asked}) as editions,
      (select json_agg(publication_identifier order by publication_id, position)
        from publication_identifier where publication_id = ${asked}) as identifiers,
      (select json_agg(of_file order by edition_id, position) from of_file) as files,
      (select json_agg(json_build_object('sha256', sha256, 'state', state, 'reason', reason, 'title', title, 'lang', lang,
        'claimed_lang', claimed_lang, 'pages', pages, 'pages_read', pages_read, 'has_text', has_text,
        'is_scanned', is_scanned, 'text_bytes', text_bytes, 'cover', cover))
        from document where sha256 in (select file from of_file)) as documents`.execute(db)
  const [row] = rows
  return {
    publications: row?.publications ?? [],
    contributors: row?.contributors ?? [],
    editions: row?.editions ?? [],
    identifiers: row?.identifiers ?? [],
    files: row?.files ?? [],
    documents: row?.documents ?? [],
  }
}

/** When publications were issued, as precisely as that is known. */
export async function readIssueDates(db: LibraryDb, ids: readonly string[]): Promise<Map<string, { issued: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('publication')
    .select(['id', 'issued'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.flatMap(({ id, issued }) => (issued === null ? [] : [[id, { issued }] as const])))
}

/** The languages of the files of publications. */
export async function listFileLanguages(db: LibraryDb, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('edition_file')
    .innerJoin('edition', 'edition.id', 'edition_file.edition_id')
    .select('edition_file.lang')
    .distinct()
    .where(sql<boolean>`publication_id = any(${[...ids]}::text[])`)
    .orderBy('edition_file.lang')
    .execute()
  return rows.map((row) => row.lang)
}

/** Publications that a person or organisation of the directory made; a query for `within`. */
export function idsByContributor(db: LibraryDb, agentId: string): RecordIds {
  return sql<string>`${db.selectFrom('contributor').select('publication_id').where('agent_id', '=', agentId)}`
}

/** What publications are found by, beside what their records say. */
export interface FoundBy {
  readonly id: string
  readonly types: readonly PublicationType[]
  readonly issued: string | null
  /** Languages there are files in. */
  readonly langs: readonly string[]
  /** Those of the directory who made it. */
  readonly agents: readonly string[]
}

/** What some publications are found by, in one query. */
export async function readFoundBy(db: LibraryDb, ids: readonly string[]): Promise<FoundBy[]> {
  if (ids.length === 0) return []
  const asked = sql`any(${[...ids]}::text[])`
  const { rows } = await sql<FoundBy>`
    select id, types, issued,
      coalesce((select json_agg(distinct edition_file.lang) from edition
        join edition_file on edition_file.edition_id = edition.id
        where publication_id = publication.id), '[]'::json) as langs,
      coalesce((select json_agg(distinct agent_id) from contributor
        where publication_id = publication.id and agent_id is not null), '[]'::json) as agents
    from publication where id = ${asked}`.execute(db)
  return rows
}

/** The newest publications that are seen; a query for `readPublicationRows`. */
export function newestIds(db: LibraryDb, visible: RecordIds, limit: number, within?: RecordIds): RecordIds {
  const seen = db.selectFrom('publication').select('id').where('id', 'in', visible)
  const query = within ? seen.where('id', 'in', within) : seen
  return sql<string>`(${query
    .orderBy(sql`issued desc nulls last`)
    .orderBy('id')
    .limit(limit)})`
}

/** The names of a file in publications that are seen; a cover is named after what it shows. */
export async function listFileNames(db: LibraryDb, sha256: string, visible: RecordIds): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct edition_file.name from edition_file
      join edition on edition.id = edition_file.edition_id
      left join document on document.sha256 = edition_file.file
      where (edition_file.file = ${sha256} or document.cover = ${sha256}) and publication_id in ${visible}
      order by 1`.execute(db)
  return rows.map((row) => row.name)
}

/** Of some files, those that the library keeps: files of editions, and covers. */
export async function listLibraryFiles(db: LibraryDb, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const asked = sql`any(${[...hashes]}::text[])`
  const { rows } = await sql<{ sha256: string }>`
    select file as sha256 from edition_file where file = ${asked}
    union select cover from document where cover = ${asked}`.execute(db)
  return new Set(rows.map((row) => row.sha256))
}
