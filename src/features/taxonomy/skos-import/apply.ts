import {
  addLinks,
  insertEvents,
  insertRecords,
  newId,
  removeLinks,
  saveText,
  touchRecord,
  type Deed,
} from '#features/records/index.ts'
import type { TaxonomyDeps } from '../actions.ts'
import { insertConcepts, insertSchemes } from '../store.ts'
import { lastPosition, writeAreas, writeMatches } from '../store-editing.ts'
import type { PlanItem, SkosPlan, TermsThere } from './plan.ts'
import type { FileText } from './file.ts'

export interface ApplyOptions {
  /** Does something in one transaction. */
  readonly inTransaction: (work: (tx: TaxonomyDeps) => Promise<void>) => Promise<void>
  readonly deed: Deed
  /** What is new is public at once; else it is a draft. */
  readonly publish: boolean
  /** The hub's languages, the one that texts are best first written in first. */
  readonly languages: readonly string[]
}

const BATCH = 100

/** Writes what a plan says, in short transactions: first what is new, then texts and facts, then relations. Safe to run again. */
export async function applySkos(plan: SkosPlan, there: TermsThere, options: ApplyOptions): Promise<void> {
  const { inTransaction, deed } = options
  const ids = new Map<string, string>([
    ...there.schemes.map(({ notation, id }): [string, string] => [notation, id]),
    ...there.concepts.map(({ scheme, notation, id }): [string, string] => [`${scheme}:${notation}`, id]),
  ])
  const fresh = plan.items.filter(({ outcome }) => outcome === 'new')
  for (const { key, kind } of fresh) ids.set(key, newId(kind, deed.at))
  const idOf = (key: string) => ids.get(key) ?? ''
  for (const kind of ['scheme', 'concept'] as const) {
    const items = fresh.filter((item) => item.kind === kind)
    for (const part of inParts(items)) await inTransaction(async (tx) => insertTerms(tx, part, idOf, options))
  }
  const changed = plan.items.filter(({ outcome }) => outcome === 'changed')
  for (const part of inParts(changed)) await inTransaction(async (tx) => writeChanges(tx, part, deed))
  const tied = plan.items.filter(({ broader, related }) => broader !== null || related !== null)
  for (const part of inParts(tied)) await inTransaction(async (tx) => writeTies(tx, part, idOf))
}

function inParts<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, at) => items.slice(at * BATCH, (at + 1) * BATCH))
}

async function insertTerms(
  tx: TaxonomyDeps,
  items: readonly PlanItem[],
  idOf: (key: string) => string,
  { deed, publish, languages }: ApplyOptions,
): Promise<void> {
  const records = items.map(({ kind, key, texts }) => ({
    id: idOf(key),
    kind,
    sourceLang: sourceOf(texts, languages),
    status: publish ? ('published' as const) : ('draft' as const),
    texts: texts.map(({ field, lang, value, state }) => ({ field, lang, body: value, state })),
  }))
  await insertRecords(tx.records, records, deed)
  const schemes = items.filter(({ kind }) => kind === 'scheme')
  const after = schemes.length > 0 ? await lastPosition(tx.taxonomy, null) : 0
  await insertSchemes(
    tx.taxonomy,
    schemes.map(({ key, notation }, at) => ({ id: idOf(key), notation, position: after + 1 + at })),
  )
  for (const [scheme, own] of Map.groupBy(
    items.filter(({ kind }) => kind === 'concept'),
    (item) => item.scheme,
  )) {
    const schemeId = idOf(scheme)
    const last = await lastPosition(tx.taxonomy, schemeId)
    const rows = own.map(({ key, notation, exactMatch, m49 }, at) => ({
      id: idOf(key),
      schemeId,
      notation,
      position: last + 1 + at,
      exactMatch: exactMatch ?? [],
      m49: m49 ?? [],
    }))
    await insertConcepts(tx.taxonomy, rows)
  }
}

/** The language a new term is first written in: the first of the hub's with a name that no machine made. */
function sourceOf(texts: readonly FileText[], languages: readonly string[]): string {
  const names = texts.filter(({ field, state }) => field === 'label' && state === 'current')
  const found = languages.find((lang) => names.some((name) => name.lang === lang))
  return found ?? names[0]?.lang ?? texts[0]?.lang ?? 'en'
}

async function writeChanges(tx: TaxonomyDeps, items: readonly PlanItem[], deed: Deed): Promise<void> {
  for (const { id, texts, exactMatch, m49, broader, related } of items) {
    if (id === null) continue
    for (const { field, lang, value, state } of texts) {
      await saveText(tx.records, id, { field, lang, body: value, state }, deed)
    }
    if (exactMatch !== null) await writeMatches(tx.taxonomy, id, exactMatch)
    if (m49 !== null) await writeAreas(tx.taxonomy, id, m49)
    const facts = Object.entries({ exactMatch, m49, broader, related }).flatMap(([field, list]) =>
      list === null ? [] : [{ record_id: id, verb: 'import' as const, field, after: list.join(' ') }],
    )
    if (facts.length === 0) continue
    await insertEvents(tx.records, facts, deed)
    await touchRecord(tx.records, id, deed)
  }
}

async function writeTies(tx: TaxonomyDeps, items: readonly PlanItem[], idOf: (key: string) => string): Promise<void> {
  // Nothing leads upwards from a term that was just made: many go in at once.
  const upwards = items.flatMap(({ outcome, key, broader }) =>
    outcome === 'new'
      ? (broader ?? []).map((other) => ({ from: idOf(key), to: idOf(other), relation: 'broader' as const }))
      : [],
  )
  for (const part of inParts(upwards)) await addLinks(tx.records, part)
  for (const { outcome, key, broader, related } of items) {
    if (outcome !== 'new') await replaceLinks(tx, idOf(key), 'broader', broader?.map(idOf))
    await replaceLinks(tx, idOf(key), 'related', related?.map(idOf))
  }
}

async function replaceLinks(
  tx: TaxonomyDeps,
  from: string,
  relation: 'broader' | 'related',
  others: readonly string[] | undefined,
): Promise<void> {
  if (others === undefined) return
  await removeLinks(tx.records, from, relation, relation === 'related')
  await addLinks(
    tx.records,
    others.map((to) => ({ from, to, relation })),
  )
}
