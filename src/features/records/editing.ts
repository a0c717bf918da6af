import { sql } from 'kysely'
import { kindOf } from './domain.ts'
import { wasPublic } from './editing-ties.ts'
import { slugify } from './identity.ts'
import { moveHubVersion, type RecordDb } from './store.ts'
import { insertEvents, textRow, type Deed, type NewText } from './writing.ts'

/** How the history calls the address of a record in a language. */
export const slugField = 'slug'

/**
 * Writes one text. A changed source leaves its translations as they are: they read `behind` from then on. A translation
 * written by a person is made from the source of now. Returns whether anything changed.
 */
export async function saveText(tx: RecordDb, recordId: string, text: NewText, deed: Deed): Promise<boolean> {
  const changed = await writeText(tx, recordId, text, deed)
  if (changed) await touchRecord(tx, recordId, deed)
  return changed
}

/** Writes one text as `saveText` does, for a caller who notes the change of the whole record. */
export async function writeText(tx: RecordDb, recordId: string, text: NewText, deed: Deed): Promise<boolean> {
  const record = await tx
    .selectFrom('record')
    .select(['source_lang', 'status'])
    .where('id', '=', recordId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const rows = await tx
    .selectFrom('record_text')
    .select(['lang', 'body', 'state', 'source_hash'])
    .where('record_id', '=', recordId)
    .where('field', '=', text.field)
    .execute()
  const texts = [...rows.map((row) => ({ field: text.field, ...row, state: 'current' as const })), text]
  const known = rows.find((row) => row.state === 'source')
  const sourceLang = known?.lang ?? record.source_lang
  const others = texts.filter((one) => one === text || one.lang !== text.lang)
  const row = textRow({ id: recordId, sourceLang, texts: others }, text, deed)
  const before = rows.find((one) => one.lang === text.lang)
  if (before?.body === row.body && before.state === row.state && before.source_hash === row.source_hash) return false
  await tx
    .insertInto('record_text')
    .values(row)
    .onConflict((conflict) => conflict.columns(['record_id', 'field', 'lang']).doUpdateSet(row))
    .execute()
  await insertEvents(
    tx,
    [
      {
        record_id: recordId,
        verb: 'edit',
        lang: text.lang,
        field: text.field,
        before: before?.body ?? null,
        after: text.body,
      },
    ],
    deed,
  )
  return true
}

/** Takes a text away; with the source its translations go too, for they would be translations of nothing. */
export async function clearText(
  tx: RecordDb,
  recordId: string,
  { field, lang }: { field: string; lang: string },
  deed: Deed,
): Promise<boolean> {
  const rows = await tx
    .selectFrom('record_text')
    .select(['lang', 'body', 'state'])
    .where('record_id', '=', recordId)
    .where('field', '=', field)
    .execute()
  const own = rows.find((row) => row.lang === lang)
  if (!own) return false
  const gone = own.state === 'source' ? rows : [own]
  const langs = gone.map((row) => row.lang)
  await tx
    .deleteFrom('record_text')
    .where('record_id', '=', recordId)
    .where('field', '=', field)
    .where('lang', 'in', langs)
    .execute()
  const events = gone.map((row) => ({ lang: row.lang, before: row.body }))
  await insertEvents(
    tx,
    events.map((event) => ({ record_id: recordId, verb: 'edit' as const, field, after: null, ...event })),
    deed,
  )
  return true
}

/** Notes that a record changed: its version moves on, and the hub's too when the public sees it. */
export async function touchRecord(tx: RecordDb, recordId: string, deed: Deed): Promise<void> {
  const row = await tx
    .updateTable('record')
    .set((set) => ({ updated_at: deed.at, version: set('version', '+', 1) }))
    .where('id', '=', recordId)
    .returning('status')
    .executeTakeFirstOrThrow()
  if (row.status === 'published') await moveHubVersion(tx)
}

/** Publishes or withdraws, with history. Nothing happens when the record is in that state already. */
export async function setStatus(
  tx: RecordDb,
  recordId: string,
  status: 'published' | 'withdrawn',
  deed: Deed,
): Promise<void> {
  const changed = await tx
    .updateTable('record')
    .set((set) => ({
      status,
      was_public: wasPublic,
      updated_at: deed.at,
      version: set('version', '+', 1),
      ...(status === 'published' ? { published_at: sql<string>`coalesce(published_at, ${deed.at})` } : {}),
    }))
    .where('id', '=', recordId)
    .where('status', '<>', status)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) return
  await insertEvents(
    tx,
    [{ record_id: recordId, verb: status === 'published' ? 'publish' : 'withdraw', after: status }],
    deed,
  )
  await moveHubVersion(tx)
}

/** Gives a record a new address in one language; the old one keeps leading there for ever. Returns the address it got. */
export async function changeSlug(
  tx: RecordDb,
  recordId: string,
  lang: string,
  wanted: string,
  deed: Deed,
): Promise<string> {
  const slug = await writeSlug(tx, recordId, lang, wanted, deed)
  await touchRecord(tx, recordId, deed)
  return slug
}

/** Changes an address as `changeSlug` does, with history, for a caller who notes the change of the whole record. */
export async function writeSlug(
  tx: RecordDb,
  recordId: string,
  lang: string,
  wanted: string,
  deed: Deed,
): Promise<string> {
  const record = await tx.selectFrom('record').select('kind').where('id', '=', recordId).executeTakeFirstOrThrow()
  const base = slugify(wanted) || recordId
  let slug = base
  for (let count = 2; ; count += 1) {
    const owner = await tx
      .selectFrom('record_slug')
      .select('record_id')
      .where('kind', '=', record.kind)
      .where('lang', '=', lang)
      .where('slug', '=', slug)
      .executeTakeFirst()
    if (!owner || owner.record_id === recordId) break
    slug = `${base}-${count}`
  }
  const before = await tx
    .selectFrom('record_slug')
    .select('slug')
    .where('record_id', '=', recordId)
    .where('lang', '=', lang)
    .where('current', '=', true)
    .executeTakeFirst()
  await tx
    .updateTable('record_slug')
    .set({ current: false })
    .where('record_id', '=', recordId)
    .where('lang', '=', lang)
    .execute()
  await tx
    .insertInto('record_slug')
    .values({ kind: record.kind, lang, slug, record_id: recordId, current: true })
    .onConflict((conflict) => conflict.columns(['kind', 'lang', 'slug']).doUpdateSet({ current: true }))
    .execute()
  const event = { record_id: recordId, verb: 'edit' as const, lang, field: slugField }
  await insertEvents(tx, [{ ...event, before: before?.slug ?? null, after: slug }], deed)
  return slug
}

/**
 * Gives a record an address in a language where it has none, from a name written there, when its kind has pages. Another field, or
 * an address that is there, changes nothing. For a caller who notes the change of the whole record; returns whether it wrote.
 */
export async function giveSlug(
  tx: RecordDb,
  recordId: string,
  { field, lang, body }: Pick<NewText, 'field' | 'lang' | 'body'>,
  deed: Deed,
): Promise<boolean> {
  const record = await tx.selectFrom('record').select('kind').where('id', '=', recordId).executeTakeFirstOrThrow()
  const { fields, path } = kindOf(record.kind)
  if (path === null || record.kind === 'hub' || field !== fields[0].name) return false
  const known = await tx
    .selectFrom('record_slug')
    .select('slug')
    .where('record_id', '=', recordId)
    .where('lang', '=', lang)
    .where('current', '=', true)
    .executeTakeFirst()
  if (known) return false
  await writeSlug(tx, recordId, lang, body, deed)
  return true
}
