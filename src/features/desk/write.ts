import {
  clearText,
  giveSlug,
  insertEvents,
  kindOf,
  touchRecord,
  writeConcepts,
  writeLinks,
  writePlaces,
  writeSlug,
  writeText,
  writeVisibility,
  type Deed,
  type RecordDb,
} from '#features/records/index.ts'
import { lineOfValue } from './conflicts.ts'
import { isSame, type DeskKind, type FactValues } from './kind.ts'
import type { Values } from './standing.ts'

/** A record before and after a save, in one language. */
export interface Change {
  readonly id: string
  readonly kind: DeskKind
  readonly lang: string
  readonly before: Values
  readonly after: Values
  readonly facts: FactValues
  /** Translations that were looked at and found right as they stand, by field. */
  readonly confirmed: readonly string[]
}

/** Writes what differs, each difference with its line of history, and moves the version on once. Returns whether anything did. */
export async function writeChange(tx: RecordDb, change: Change, deed: Deed): Promise<boolean> {
  const { id, before, after } = change
  const isChanged = (name: string) => !isSame(before[name], after[name])
  const texts = await writeTexts(tx, change, deed)
  const facts = await writeFacts(tx, change, deed)
  let others = false
  const [visibility] = after['visibility'] ?? []
  if (visibility !== undefined && isChanged('visibility')) {
    await writeVisibility(tx, id, visibility)
    await insertEvents(
      tx,
      [
        {
          record_id: id,
          verb: 'edit',
          field: 'visibility',
          before: before['visibility']?.[0] ?? null,
          after: visibility,
        },
      ],
      deed,
    )
    others = true
  }
  others = (await writeAddress(tx, change, deed)) || others
  const any = texts || facts || others
  if (any) await touchRecord(tx, id, deed)
  return any
}

/** The address asked for, or the one that a name written for the first time in a language gives it. */
async function writeAddress(tx: RecordDb, { id, kind, lang, before, after }: Change, deed: Deed): Promise<boolean> {
  if (!('slug' in before) || lang === '') return false
  const [wanted] = after['slug'] ?? []
  if (wanted !== undefined) {
    if (isSame(before['slug'], after['slug'])) return false
    await writeSlug(tx, id, lang, wanted, deed)
    return true
  }
  const { name: field } = kindOf(kind.kind).fields[0]
  const [body] = after[`text.${field}`] ?? []
  if (body === undefined || isSame(before[`text.${field}`], after[`text.${field}`])) return false
  return giveSlug(tx, id, { field, lang, body }, deed)
}

async function writeTexts(
  tx: RecordDb,
  { id, kind, lang, before, after, confirmed }: Change,
  deed: Deed,
): Promise<boolean> {
  let any = false
  for (const { name: field } of kindOf(kind.kind).fields) {
    const name = `text.${field}`
    const [text] = after[name] ?? []
    const isChanged = !isSame(before[name], after[name])
    if (text === undefined) any = (isChanged && (await clearText(tx, id, { field, lang }, deed))) || any
    else if (isChanged || confirmed.includes(field))
      any = (await writeText(tx, id, { field, lang, body: text }, deed)) || any
  }
  return any
}

async function writeFacts(tx: RecordDb, { id, kind, before, after, facts }: Change, deed: Deed): Promise<boolean> {
  const changed = kind.facts.filter(({ name }) => !isSame(before[`fact.${name}`], after[`fact.${name}`]))
  if (changed.length === 0) return false
  await writeFactValues(
    tx,
    id,
    kind,
    facts,
    changed.map((fact) => fact.name),
    deed,
  )
  await insertEvents(
    tx,
    changed.map(({ name }) => ({
      record_id: id,
      verb: 'edit' as const,
      field: name,
      before: lineOfValue(before[`fact.${name}`] ?? []),
      after: lineOfValue(after[`fact.${name}`] ?? []),
    })),
    deed,
  )
  return true
}

const kept = new Set(['links', 'concepts', 'places'])

/** Writes facts, those of the spine that are named and all of the feature's own, without history. */
export async function writeFactValues(
  tx: RecordDb,
  id: string,
  kind: DeskKind,
  facts: FactValues,
  names: readonly string[],
  deed: Deed,
): Promise<void> {
  const named = kind.facts.filter((fact) => names.includes(fact.name))
  // The rows of the feature come first: links of a new concept need none, its scheme does.
  if (named.some((fact) => !kept.has(fact.type))) await kind.writeFacts?.(tx, id, facts, deed)
  for (const fact of named) {
    const value = facts[fact.name] ?? []
    if (fact.type === 'links') await writeLinks(tx, id, fact.relation, value)
    if (fact.type === 'concepts') await writeConcepts(tx, id, value)
    if (fact.type === 'places') await writePlaces(tx, id, fact.role, value)
  }
}
