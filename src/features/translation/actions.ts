import {
  countLanguages,
  hrefFor,
  kindOf,
  kinds,
  listRecordLanguages,
  loadRecords,
  nameFor,
  readFormerTexts,
  readStoredTexts,
  textState,
  type KindName,
  type LanguageFilter,
  type LanguageNeed,
  type Reader,
  type StoredText,
} from '#features/records/index.ts'
import { hashText } from '#platform/text/index.ts'
import { compareWords } from './changes.ts'
import type { TranslationDeps } from './deps.ts'
import { cellOf, progressOf, type DeskRow, type Pair, type PairedRecord, type Progress } from './domain.ts'

/** What the table is narrowed to and in which order it stands. */
export interface DeskQuery {
  readonly kind?: KindName
  readonly series?: string
  readonly lang?: string
  readonly need?: LanguageNeed
  /** Sources that have not changed for so many days. */
  readonly days?: number
  readonly words?: string
  readonly order: 'importance' | 'age'
  readonly page: number
}

/** Lines of the table on one page. */
export const pageSize = 50

const names = [...new Set(kinds.map((kind) => kind.fields[0].name))]
const dayLength = 86_400_000

/** The instant so many days before now. */
function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * dayLength).toISOString()
}

/** Narrows to what a query asks for; a series is asked for its members. */
export async function filterOf(
  deps: TranslationDeps,
  query: Omit<DeskQuery, 'order' | 'page'>,
): Promise<LanguageFilter> {
  const { kind, series, lang, need, days, words } = query
  return {
    langs: lang === undefined ? deps.languages : [lang],
    ...(kind && { kind }),
    ...(series && { ids: await deps.importance.listMembers(series) }),
    ...(need && { need }),
    ...(days && { unchangedSince: daysBefore(deps.now(), days) }),
    ...(words && { words }),
  }
}

async function orderOf(deps: TranslationDeps, order: DeskQuery['order']) {
  const viewsSince = daysBefore(deps.now(), 90).slice(0, 10)
  if (order === 'age') return { by: 'age', viewsSince } as const
  return { by: 'importance', viewsSince, first: await deps.importance.listUpcoming() } as const
}

/** A page of the table. */
export async function listDesk(
  deps: TranslationDeps,
  reader: Reader,
  query: DeskQuery,
): Promise<{ rows: DeskRow[]; total: number }> {
  const filter = await filterOf(deps, query)
  const order = await orderOf(deps, query.order)
  const range = { limit: pageSize, offset: (query.page - 1) * pageSize }
  const { items, total } = await listRecordLanguages(deps.records, filter, order, range)
  const loaded = await loadRecords(
    deps.records,
    items.map((item) => item.id),
    names,
  )
  const soon = new Set(order.by === 'importance' ? order.first : [])
  const rows = items.flatMap((item): DeskRow[] => {
    const record = loaded.get(item.id)
    if (!record) return []
    const { id, kind, status, sourceAt, views } = item
    const cells = deps.languages.map((lang) => cellOf(item, lang))
    return [{ id, kind, status, sourceAt, views, isSoon: soon.has(id), name: nameFor(record, reader), cells }]
  })
  return { rows, total }
}

/** How far the hub, or what a kind or a series narrows it to, is in each of its languages. */
export async function readProgress(
  deps: TranslationDeps,
  { kind, series }: Pick<DeskQuery, 'kind' | 'series'>,
): Promise<Progress[]> {
  const ids = series === undefined ? undefined : await deps.importance.listMembers(series)
  const counts = await countLanguages(deps.records, { ...(kind && { kind }), ...(ids && { ids }) })
  return deps.languages.map((lang) => progressOf(counts, lang))
}

/** So many of what waits are looked through for the place of one of them; beyond it one starts at the top again. */
const mostWaiting = 5000

/** The record after this one, in order of importance, that has something to do in a language; null when there is none. */
export async function findNext(deps: TranslationDeps, lang: string, after = ''): Promise<string | null> {
  const filter = { langs: [lang], need: 'work', also: after } as const
  const range = { limit: mostWaiting, offset: 0 }
  const { items } = await listRecordLanguages(deps.records, filter, await orderOf(deps, 'importance'), range)
  const start = items.findIndex((item) => item.id === after) + 1
  const next = [...items.slice(start), ...items.slice(0, Math.max(0, start - 1))][0]
  return next?.id ?? null
}

/** A record's texts in a language beside their sources, or null when there is none to translate. */
export async function readPairs(
  deps: TranslationDeps,
  reader: Reader,
  recordId: string,
  lang: string,
): Promise<PairedRecord | null> {
  const record = (await loadRecords(deps.records, [recordId])).get(recordId)
  if (!record || record.status === 'withdrawn') return null
  const texts = await readStoredTexts(deps.records, [recordId], lang)
  const found = kindOf(record.kind).fields.flatMap(({ name, markdown }) => {
    const { source, text } = standingOf(texts, name, lang)
    return source && source.lang !== lang && source.body.trim() !== '' ? [{ name, markdown, source, text }] : []
  })
  if (found.length === 0) return null
  const behind = found.filter(({ source, text }) => text && text.sourceHash !== source.sourceHash)
  const former = await readFormerTexts(
    deps.records,
    recordId,
    behind.map(({ name }) => name),
  )
  const pairs = found.map(({ name, markdown, source, text }): Pair => {
    const { lang: from, body, sourceHash } = source
    const base = text && former.find((one) => isBase(one, name, from, text.sourceHash))
    return {
      field: name,
      markdown,
      source: { lang: from, value: body, hash: sourceHash },
      text: text && toPairText(text, sourceHash),
      changes: base && text.sourceHash !== sourceHash ? compareWords(base.body, body, from) : null,
    }
  })
  const { id, kind, status } = record
  const href = status === 'published' ? hrefFor(record, lang) : null
  return { id, kind, status, name: nameFor(record, reader), href, pairs }
}

/** Whether these former words are the source that a translation was made from. */
export function isBase(
  former: { field: string; lang: string; body: string },
  field: string,
  lang: string,
  hash: string,
) {
  return former.field === field && former.lang === lang && hashText(former.body) === hash
}

function toPairText({ body, state, sourceHash, updatedAt, updatedBy }: StoredText, now: string): Pair['text'] {
  return { value: body, state: textState(state, sourceHash, now), sourceHash, updatedAt, updatedBy }
}

/** What there is of a field: its source and its text in a language. */
export function standingOf(
  texts: readonly StoredText[],
  field: string,
  lang: string,
): { source: StoredText | null; text: StoredText | null } {
  const own = texts.filter((text) => text.field === field)
  return {
    source: own.find((text) => text.state === 'source') ?? null,
    text: own.find((text) => text.lang === lang && text.state !== 'source') ?? null,
  }
}
