import { insertRecords, readSetting } from '#features/records/index.ts'
import { findImportedPages, insertSeminars, keepImportedPage, type ImportedPage } from '#features/seminars/index.ts'
import type { Day, Instant } from '#platform/time.ts'
import { handlesOf, type ExchangeDb } from '../handles.ts'
import type { PageRead, Unsure } from '../page/index.ts'
import { draftSeminar } from './draft.ts'
import { placeInSeries, type DraftPlace } from './series.ts'
import { updateDraft } from './update.ts'

/** A page as it was read, with where it came from and its own words. */
export interface PageToSave {
  readonly page: PageRead
  readonly source: string
  readonly textHash: string
  readonly original: string
  readonly startsOn: Day | null
  readonly endsOn: Day | null
}

/**
 * What became of a page. `series` is the place the draft has in one; `kept` names what somebody edited since the last import,
 * which the import left alone; `assumed` what the page left open.
 */
export type Saved =
  | {
      ok: true
      id: string
      outcome: 'made' | 'updated' | 'unchanged'
      series: DraftPlace | null
      kept: string[]
      assumed: readonly Unsure[]
    }
  | { ok: false; problem: 'no-date' }

/** What is kept of a reading: the page as it was understood, and the place that the import gave its draft. */
type Reading = PageRead & { readonly placed?: DraftPlace | null }

/** Makes a draft seminar of a page, or brings the one made of it before up to date; in one transaction. */
export async function savePage(db: ExchangeDb, input: PageToSave, now: Instant, actor = 'import'): Promise<Saved> {
  const deed = { actor, at: now }
  const { page, source, textHash, original, startsOn, endsOn } = input
  const zone = await readSetting(handlesOf(db).records, 'zone')
  const settings = { now, zone: typeof zone === 'string' ? zone : 'UTC', startsOn, endsOn }
  return db.transaction().execute(async (transaction): Promise<Saved> => {
    const tx = handlesOf(transaction)
    const known = await findImportedPages(tx.seminars, input)
    const same = known.find((one) => one.textHash === textHash || isSamePage(readingOf(one), page))
    const keep = async (seminarId: string, placed: DraftPlace | null) =>
      keepImportedPage(tx.seminars, { seminarId, reading: { ...page, placed }, source, textHash, original }, now)
    if (same) {
      const id = same.seminarId
      const before = readingOf(same)
      const updated = await updateDraft(tx, id, { now: page, before, settings, deed })
      const { place, isNew, assumed } = await placeInSeries(tx, id, page, before?.placed ?? null)
      await keep(id, isNew ? place : (before?.placed ?? null))
      const outcome = isNew ? 'updated' : updated.outcome
      return { ok: true, id, ...updated, outcome, series: place, assumed: [...updated.assumed, ...assumed] }
    }
    const drafted = draftSeminar(page, settings)
    if (!drafted.ok) return drafted
    const { id, records, rows, assumed } = drafted.draft
    await insertRecords(tx.records, records, deed)
    await insertSeminars(tx.seminars, rows)
    const { place, assumed: about } = await placeInSeries(tx, id, page, null)
    await keep(id, place)
    const told = [...assumed, ...about, ...known.map(tellOther)]
    return { ok: true, id, outcome: 'made', series: place, kept: [], assumed: told }
  })
}

/** The same file may hold another page by now: another title and another day make another seminar. */
function isSamePage(before: PageRead | null, { seminar }: PageRead): boolean {
  if (!before?.seminar.startsOn || !seminar.startsOn) return true
  return before.seminar.title === seminar.title || before.seminar.startsOn === seminar.startsOn
}

function tellOther({ seminarId }: ImportedPage): Unsure {
  const why = `This file held another page before, which became ${seminarId}; this one became a seminar of its own.`
  return { what: 'seminar', why, line: null }
}

/** What was understood of a page at its last import; null when that cannot be told any more. */
function readingOf({ reading }: ImportedPage): Reading | null {
  return isPageRead(reading) ? reading : null
}

function isPageRead(value: unknown): value is Reading {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === true && 'seminar' in value
}
