import { hashText } from '#platform/text/index.ts'
import { kindOf, type KindName, type RecordStatus, type Relation, type StoredTextState } from './domain.ts'
import { slugify } from './identity.ts'
import { listTakenSlugs } from './store-slugs.ts'
import { moveHubVersion, type RecordDb } from './store.ts'

export interface NewText {
  readonly field: string
  readonly lang: string
  readonly body: string
  /** `behind` writes a translation of an earlier source. */
  readonly state?: 'current' | 'machine' | 'behind'
  /** Fingerprint of the source it was made from, where that is known and may not be the source of now. */
  readonly sourceHash?: string
}

export interface NewRecord {
  readonly id: string
  readonly kind: KindName
  readonly sourceLang: string
  readonly status: RecordStatus
  readonly visibility?: string
  readonly synthetic?: boolean
  readonly texts: readonly NewText[]
  /** Wanted addresses; a language that is not named gets one from its title. */
  readonly slugs?: Readonly<Record<string, string>>
  readonly links?: readonly { to: string; relation: Relation; note?: string }[]
  readonly concepts?: readonly string[]
  readonly places?: readonly { code: string; role: 'covers' | 'focus' }[]
}

/** Who did it and when, for the history. */
export interface Deed {
  readonly actor: string
  readonly at: string
}

const batch = 400

function inBatches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / batch) }, (_, index) =>
    rows.slice(index * batch, (index + 1) * batch),
  )
}

/**
 * Writes records with all that belongs to them, leaving alone those that are there already, and returns the ids newly
 * made. Run it inside a transaction; links may point to records made earlier or in the same call.
 */
export async function insertRecords(tx: RecordDb, drafts: readonly NewRecord[], deed: Deed): Promise<Set<string>> {
  const made = new Set<string>()
  for (const part of inBatches(drafts)) {
    const rows = part.map((draft) => ({
      id: draft.id,
      kind: draft.kind,
      source_lang: draft.sourceLang,
      status: draft.status,
      visibility: draft.visibility ?? 'public',
      synthetic: draft.synthetic ?? false,
      published_at: draft.status === 'published' ? deed.at : null,
      created_at: deed.at,
      updated_at: deed.at,
    }))
    const inserted = await tx
      .insertInto('record')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute()
    for (const row of inserted) made.add(row.id)
  }
  const fresh = drafts.filter((draft) => made.has(draft.id))
  await insertTexts(tx, fresh, deed)
  await insertSlugs(tx, fresh)
  await insertTies(tx, fresh)
  await insertEvents(
    tx,
    fresh.map((draft) => ({ record_id: draft.id, verb: 'create' as const })),
    deed,
  )
  if (fresh.some((draft) => draft.status === 'published')) await moveHubVersion(tx)
  return made
}

async function insertTexts(tx: RecordDb, drafts: readonly NewRecord[], deed: Deed): Promise<void> {
  const rows = drafts.flatMap((draft) => draft.texts.map((text) => textRow(draft, text, deed)))
  for (const part of inBatches(rows)) await tx.insertInto('record_text').values(part).execute()
}

export function textRow(draft: Pick<NewRecord, 'id' | 'sourceLang' | 'texts'>, text: NewText, deed: Deed) {
  const source = sourceOf(draft, text.field)
  const isSource = source?.lang === text.lang
  const state: StoredTextState = isSource ? 'source' : text.state === 'machine' ? 'machine' : 'current'
  const madeFrom = isSource ? text.body : text.state === 'behind' ? '' : (source?.body ?? text.body)
  return {
    record_id: draft.id,
    lang: text.lang,
    field: text.field,
    body: text.body,
    state,
    source_hash: isSource ? hashText(madeFrom) : (text.sourceHash ?? hashText(madeFrom)),
    updated_at: deed.at,
    updated_by: deed.actor,
  }
}

/** A field written in another language only is its own source there. */
function sourceOf(draft: Pick<NewRecord, 'sourceLang' | 'texts'>, field: string): NewText | undefined {
  const own = draft.texts.filter((text) => text.field === field)
  return own.find((text) => text.lang === draft.sourceLang) ?? own[0]
}

async function insertSlugs(tx: RecordDb, drafts: readonly NewRecord[]): Promise<void> {
  const wanted = drafts.flatMap((draft) => wantedSlugs(draft))
  if (wanted.length === 0) return
  const keys = await listTakenSlugs(tx, wanted)
  const rows = wanted.map((row) => {
    let slug = row.slug
    for (let count = 2; keys.has(`${row.kind} ${row.lang} ${slug}`); count += 1) slug = `${row.slug}-${count}`
    keys.add(`${row.kind} ${row.lang} ${slug}`)
    return { ...row, slug, current: true }
  })
  for (const part of inBatches(rows)) await tx.insertInto('record_slug').values(part).execute()
}

function wantedSlugs(draft: NewRecord): { kind: KindName; lang: string; slug: string; record_id: string }[] {
  const kind = kindOf(draft.kind)
  if (!kind.path) return []
  const lead = kind.fields[0].name
  const titles = draft.texts.filter((text) => text.field === lead)
  return titles.map((title) => ({
    kind: draft.kind,
    lang: title.lang,
    slug: slugify(draft.slugs?.[title.lang] ?? title.body) || draft.id,
    record_id: draft.id,
  }))
}

async function insertTies(tx: RecordDb, drafts: readonly NewRecord[]): Promise<void> {
  const links = drafts.flatMap((draft) =>
    (draft.links ?? []).map((link, position) => ({
      from_id: draft.id,
      to_id: link.to,
      relation: link.relation,
      position,
      note: link.note ?? null,
    })),
  )
  for (const part of inBatches(links)) await tx.insertInto('record_link').values(part).execute()
  const concepts = drafts.flatMap((draft) =>
    (draft.concepts ?? []).map((concept, position) => ({ record_id: draft.id, concept_id: concept, position })),
  )
  for (const part of inBatches(concepts)) await tx.insertInto('record_concept').values(part).execute()
  const places = drafts.flatMap((draft) => (draft.places ?? []).map((place) => ({ record_id: draft.id, ...place })))
  for (const part of inBatches(places)) await tx.insertInto('record_place').values(part).execute()
}

type EventDetail = Readonly<{
  record_id: string
  verb: 'create' | 'edit' | 'publish' | 'withdraw' | 'link' | 'unlink' | 'import'
  lang?: string
  field?: string
  before?: string | null
  after?: string | null
}>

/** Adds lines to the history. */
export async function insertEvents(tx: RecordDb, events: readonly EventDetail[], deed: Deed): Promise<void> {
  const rows = events.map((event) => ({
    record_id: event.record_id,
    at: deed.at,
    actor: deed.actor,
    verb: event.verb,
    lang: event.lang ?? null,
    field: event.field ?? null,
    before: event.before ?? null,
    after: event.after ?? null,
  }))
  for (const part of inBatches(rows)) await tx.insertInto('record_event').values(part).execute()
}
