import type { Actor } from '#features/accounts/index.ts'
import {
  giveSlug,
  kindOf,
  listRecordLanguages,
  loadRecords,
  lockRecord,
  nameFor,
  readStoredTexts,
  saveText,
  textState,
  type LoadedRecord,
  type Reader,
  type StoredText,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { filterOf, standingOf, type DeskQuery } from './actions.ts'
import type { TranslationDeps } from './deps.ts'
import { canExchange } from './policy.ts'
import {
  closeXliff,
  mostBytes,
  openXliff,
  planUnit,
  writeFile,
  written,
  type FileOut,
  type Outcome,
  type Plan,
  type UnitIn,
  type UnitOut,
  type XliffRead,
} from './xliff/index.ts'

/** What goes out to an agency. */
export interface ExportQuery extends Pick<DeskQuery, 'kind' | 'series' | 'days' | 'words'> {
  /** The language that is wanted. */
  readonly into: string
  /** The language of the originals; a document has one. Left out where there is only one. */
  readonly from?: string
  /** One record; left out: all that the rest asks for. */
  readonly record?: string
  /** Also what is up to date. */
  readonly all: boolean
}

/** How a document speaks of the hub. */
export interface ExportWords {
  readonly origin: string
  readonly labelOf: (field: string) => string
}

export type Exported =
  | { readonly ok: true; readonly document: string; readonly records: number; readonly texts: number }
  | { readonly ok: false; readonly reason: 'nothing' | 'large' }
  /** There are originals in several languages: one must be chosen. */
  | { readonly ok: false; readonly reason: 'languages'; readonly langs: readonly string[] }

const batch = 200
const mostRecords = 20_000

const inBatches = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

/** Writes texts as an XLIFF 2.1 document. */
export async function exportXliff(deps: TranslationDeps, query: ExportQuery, words: ExportWords): Promise<Exported> {
  const documents = new Map<string, { files: string[]; bytes: number; texts: number }>()
  for (const ids of inBatches(await listWanted(deps, query), batch)) {
    const records = await loadRecords(deps.records, ids)
    const texts = await readStoredTexts(deps.records, ids, query.into)
    for (const id of ids) {
      const record = records.get(id)
      if (!record) continue
      for (const [from, file] of filesOf(record, ofRecord(texts, id), query, words)) {
        if (query.from !== undefined && query.from !== from) continue
        const document = documents.get(from) ?? { files: [], bytes: 0, texts: 0 }
        documents.set(from, document)
        const text = writeFile(file)
        document.bytes += Buffer.byteLength(text)
        document.texts += file.units.length
        // What could not come back should not go out.
        if (document.bytes > mostBytes - 1000) return { ok: false, reason: 'large' }
        document.files.push(text)
      }
    }
  }
  const [first, ...others] = documents
  if (!first) return { ok: false, reason: 'nothing' }
  if (others.length > 0) return { ok: false, reason: 'languages', langs: [...documents.keys()] }
  const [from, { files, texts }] = first
  const document = openXliff(from, query.into) + files.join('') + closeXliff
  return { ok: true, document, records: files.length, texts }
}

async function listWanted(deps: TranslationDeps, query: ExportQuery): Promise<string[]> {
  const { into, record, all, ...rest } = query
  const filter = await filterOf(deps, { ...rest, lang: into, ...(all || record !== undefined ? {} : { need: 'work' }) })
  const only = record === undefined ? filter : { ...filter, ids: [record] }
  const order = { by: 'age', viewsSince: deps.now().slice(0, 10) } as const
  const { items } = await listRecordLanguages(deps.records, only, order, { limit: mostRecords, offset: 0 })
  return items.map((item) => item.id)
}

const ofRecord = (texts: readonly StoredText[], id: string) => texts.filter((text) => text.recordId === id)

/** A record's texts by the language they are translated from. */
function filesOf(
  record: LoadedRecord,
  texts: readonly StoredText[],
  { into, all }: ExportQuery,
  { origin, labelOf }: ExportWords,
): Map<string, FileOut> {
  const files = new Map<string, FileOut & { units: UnitOut[] }>()
  const source: Reader = { lang: record.sourceLang, chain: [record.sourceLang], audience: [] }
  for (const { name: field } of kindOf(record.kind).fields) {
    const { source: from, text } = standingOf(texts, field, into)
    if (!from || from.lang === into || from.body.trim() === '') continue
    const { body, sourceHash, lang } = from
    const state = text ? textState(text.state, text.sourceHash, sourceHash) : 'missing'
    if (state === 'source' || (state === 'current' && !all)) continue
    const address = `${origin}/r/${record.id}`
    const file = files.get(lang) ?? { recordId: record.id, address, name: nameFor(record, source).value, units: [] }
    files.set(lang, file)
    file.units.push({ field, label: labelOf(field), source: body, sourceHash, target: text?.body ?? null, state })
  }
  return files
}

/** What became, or would become, of one text that came back. */
export interface ReportLine {
  readonly recordId: string
  readonly name: string
  readonly field: string
  /** Line of the file. */
  readonly line: number
  readonly outcome: Outcome
  readonly theirs: string | null
  readonly ours: string | null
}

/** Says what an import would do, and writes nothing. */
export async function planImport(deps: TranslationDeps, reader: Reader, read: XliffRead): Promise<ReportLine[]> {
  const lines: ReportLine[] = []
  const ids = [...new Set([...read.units, ...read.twice].map((unit) => unit.recordId))]
  for (const part of inBatches(ids, batch)) {
    const records = await loadRecords(deps.records, part)
    const texts = await readStoredTexts(deps.records, part, read.targetLang)
    for (const id of part) {
      const record = records.get(id)
      const name = record ? nameFor(record, reader).value : id
      for (const { unit, plan } of planRecord(record, ofRecord(texts, id), read, id)) {
        const { text } = standingOf(ofRecord(texts, id), unit.field, read.targetLang)
        const { field, line, target } = unit
        lines.push({ recordId: id, name, field, line, outcome: plan.outcome, theirs: target, ours: text?.body ?? null })
      }
      for (const { field, line } of read.twice.filter((unit) => unit.recordId === id)) {
        lines.push({ recordId: id, name, field, line, outcome: 'twice', theirs: null, ours: null })
      }
    }
  }
  return lines.toSorted((one, other) => one.line - other.line)
}

function planRecord(
  record: LoadedRecord | undefined,
  texts: readonly StoredText[],
  read: XliffRead,
  id: string,
): { unit: UnitIn; plan: Plan }[] {
  const isThere = record !== undefined && record.status !== 'withdrawn'
  return read.units
    .filter((unit) => unit.recordId === id)
    .map((unit) => ({
      unit,
      plan: isThere
        ? planUnit(unit, standingOf(texts, unit.field, read.targetLang), read.targetLang)
        : { outcome: 'unknownRecord', text: null },
    }))
}

/** Whoever can run the hub's commands may do what an editor may. */
export const terminal = 'cli'

/** Records written in one transaction: others wait for it. */
const atOnce = 5

/** Brings texts in. Each is judged again under lock, so that nothing newer than the file is overwritten. */
export async function applyImport(
  deps: TranslationDeps,
  actor: Actor | null | typeof terminal,
  reader: Reader,
  read: XliffRead,
): Promise<ReportLine[]> {
  if (actor !== terminal && !canExchange(actor, read.targetLang)) throw new NotFoundError('page')
  const planned = await planImport(deps, reader, read)
  const promising = [...new Set(planned.filter(({ outcome }) => written.has(outcome)).map((line) => line.recordId))]
  const done = new Map<string, Outcome>()
  const deed = { actor: actor === terminal ? terminal : actor.id, at: deps.now() }
  for (const ids of inBatches(promising, atOnce)) {
    await deps.records.transaction().execute(async (tx) => {
      for (const id of ids.toSorted()) await lockRecord(tx, id)
      const records = await loadRecords(tx, ids)
      const texts = await readStoredTexts(tx, ids, read.targetLang)
      for (const id of ids) {
        for (const { unit, plan } of planRecord(records.get(id), ofRecord(texts, id), read, id)) {
          done.set(`${id} ${unit.field}`, plan.outcome)
          if (!plan.text) continue
          const text = { field: unit.field, lang: read.targetLang, ...plan.text }
          await saveText(tx, id, text, deed)
          await giveSlug(tx, id, text, deed)
        }
      }
    })
  }
  return planned.map((line) => ({ ...line, outcome: done.get(`${line.recordId} ${line.field}`) ?? line.outcome }))
}

/** How many texts met which outcome. */
export function countOutcomes(lines: readonly Pick<ReportLine, 'outcome'>[]): Map<Outcome, number> {
  const counts = new Map<Outcome, number>()
  for (const { outcome } of lines) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return counts
}
