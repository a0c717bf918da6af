import { sql, type Kysely } from 'kysely'
import {
  textState,
  type KindName,
  type Reader,
  type RecordStatus,
  type StoredTextState,
  type TextValue,
  type Texts,
  type Translators,
} from './domain.ts'
import type { RecordTables } from './schema.ts'

export type RecordDb = Kysely<RecordTables>

/** A record with its texts in every language and its current slug per language. */
export interface LoadedRecord {
  readonly id: string
  readonly kind: KindName
  readonly sourceLang: string
  readonly status: RecordStatus
  readonly visibility: string
  readonly synthetic: boolean
  readonly version: number
  readonly publishedAt: string | null
  readonly updatedAt: string
  readonly texts: Texts
  /** Whose account made each translation: field → language → id. For credits only: ids are no business of readers. */
  readonly translators: Translators
  readonly slugs: Readonly<Record<string, string>>
}

/** Every place that a visible record names. */
export async function listPlaceCodes(db: RecordDb, reader: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('record_place')
    .innerJoin('record', 'record.id', 'record_place.record_id')
    .select('code')
    .distinct()
    .where('status', '=', 'published')
    .where('visibility', 'in', [...reader.audience])
    .orderBy('code')
    .execute()
  return rows.map((row) => row.code)
}

/** A text as it is stored: field, language, body, state, hash of the source it was made from, whose account translated it. */
type TextRow = [
  field: string,
  lang: string,
  body: string,
  state: StoredTextState,
  madeFrom: string,
  translator: string | null,
]

/** Texts with their states: each translation is held against the source of its field, which comes first. */
function toTexts(rows: readonly TextRow[]): Texts {
  const sources = new Map(rows.flatMap(([field, , , state, hash]) => (state === 'source' ? [[field, hash]] : [])))
  const texts: Record<string, TextValue[]> = {}
  for (const [field, lang, value, state, madeFrom] of rows.toSorted(bySourceAndLanguage)) {
    const values = (texts[field] ??= [])
    values.push({ lang, state: textState(state, madeFrom, sources.get(field) ?? null), value })
  }
  return texts
}

function toTranslators(rows: readonly TextRow[]): Translators {
  const translators: Record<string, Record<string, string>> = {}
  for (const [field, lang, , , , translator] of rows) {
    if (translator !== null) (translators[field] ??= {})[lang] = translator
  }
  return translators
}

const bySourceAndLanguage = ([, lang, , state]: TextRow, [, otherLang, , otherState]: TextRow): number => {
  if (state === 'source' || otherState === 'source') return Number(otherState === 'source') - Number(state === 'source')
  return lang < otherLang ? -1 : 1
}

/** Who made a text that is a translation: a person, not a machine, an import or the seeds. */
const translator = sql`case when state = 'current' and starts_with(updated_by, 'usr_') then updated_by end`

/** Texts are gathered for all records at once: a subquery for each takes the embedded engine twice as long. */
function gatherTexts(
  db: RecordDb,
  ids: readonly string[],
  fields: readonly string[] | undefined,
  whole: readonly string[],
) {
  const query = db
    .selectFrom('record_text')
    .select('record_id')
    .select(
      sql<TextRow[]>`json_agg(json_build_array(field, lang, body, state, source_hash, ${translator}))`.as('texts'),
    )
    .where(sql<boolean>`record_id = any(${[...ids]})`)
    .groupBy('record_id')
  return fields ? query.where(sql<boolean>`(field = any(${[...fields]}) or record_id = any(${[...whole]}))`) : query
}

function gatherSlugs(db: RecordDb, ids: readonly string[]) {
  return db
    .selectFrom('record_slug')
    .select('record_id')
    .select(sql<Record<string, string>>`json_object_agg(lang, slug)`.as('slugs'))
    .where(sql<boolean>`record_id = any(${[...ids]})`)
    .where('current', '=', true)
    .groupBy('record_id')
}

/**
 * Records with their texts in every language (`fields` narrows them, save those of `whole`) and their current slugs, whatever
 * their status; one query for any number of ids.
 */
export async function loadRecords(
  db: RecordDb,
  ids: readonly string[],
  fields?: readonly string[],
  whole: readonly string[] = [],
): Promise<Map<string, LoadedRecord>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const rows = await db
    .selectFrom('record')
    .leftJoin(gatherTexts(db, unique, fields, whole).as('text'), (join) =>
      join.onRef('text.record_id', '=', 'record.id'),
    )
    .leftJoin(gatherSlugs(db, unique).as('slug'), (join) => join.onRef('slug.record_id', '=', 'record.id'))
    .select(['id', 'kind', 'source_lang', 'status', 'visibility', 'synthetic', 'version', 'published_at', 'updated_at'])
    .select(['texts', 'slugs'])
    .where(sql<boolean>`id = any(${unique})`)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        kind: row.kind,
        sourceLang: row.source_lang,
        status: row.status,
        visibility: row.visibility,
        synthetic: row.synthetic,
        version: row.version,
        publishedAt: row.published_at,
        updatedAt: row.updated_at,
        texts: toTexts(row.texts ?? []),
        translators: toTranslators(row.texts ?? []),
        slugs: row.slugs ?? {},
      },
    ]),
  )
}

/** Which records a slug has named, now or before. The reader's own language comes first, current ones before old ones. */
export async function findBySlug(db: RecordDb, kind: KindName, slug: string, lang: string): Promise<string | null> {
  const row = await db
    .selectFrom('record_slug')
    .select('record_id')
    .where('kind', '=', kind)
    .where('slug', '=', slug)
    .orderBy(sql`lang = ${lang} desc, current desc, record_id`)
    .limit(1)
    .executeTakeFirst()
  return row?.record_id ?? null
}

/** The number every publish, withdraw and edit of something public moves on. */
export async function readHubVersion(db: RecordDb): Promise<number> {
  const row = await db.selectFrom('hub_state').select('version').executeTakeFirstOrThrow()
  return row.version
}

/** Moves the hub version on, so that every process drops the pages it keeps. */
export async function moveHubVersion(db: RecordDb): Promise<void> {
  await db
    .updateTable('hub_state')
    .set((set) => ({ version: set('version', '+', 1) }))
    .execute()
}

/** A hub setting as stored, or null. */
export async function readSetting(db: RecordDb, key: string): Promise<unknown> {
  const row = await db.selectFrom('hub_setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value ?? null
}

/** Keeps a hub setting unless one is there. */
export async function keepSetting(db: RecordDb, key: string, value: unknown): Promise<void> {
  await db
    .insertInto('hub_setting')
    .values({ key, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/** Every hub setting by its key, as stored. */
export async function readSettings(db: RecordDb): Promise<Readonly<Record<string, unknown>>> {
  const rows = await db.selectFrom('hub_setting').select(['key', 'value']).execute()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** Changes a hub setting. Processes look at the settings when the hub version has moved on. */
export async function saveSetting(tx: RecordDb, key: string, value: unknown): Promise<void> {
  const stored = JSON.stringify(value)
  await tx
    .insertInto('hub_setting')
    .values({ key, value: stored })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: stored }))
    .execute()
  await moveHubVersion(tx)
}
