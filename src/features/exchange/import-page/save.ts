import { insertRecords, readSetting } from '#features/records/index.ts'
import { findImportedPages, insertSeminars, keepImportedPage, type ImportedPage } from '#features/seminars/index.ts'
import type { Day, Instant } from '#platform/time.ts'
import { handlesOf, type ExchangeDb } from '../handles.ts'
import type { PageRead, Unsure } from '../page/index.ts'
import { draftSeminar } from './draft.ts'
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
 * What became of a page. `kept` names what somebody edited since the last import, which the import left alone;
 * `assumed` what the page left open.
 */
export type Saved =
  | { ok: true; id: string; outcome: 'made' | 'updated' | 'unchanged'; kept: string[]; assumed: readonly Unsure[] }
  | { ok: false; problem: 'no-date' }

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
    const keep = async (seminarId: string) =>
      keepImportedPage(tx.seminars, { seminarId, reading: page, source, textHash, original }, now)
    if (same) {
      const updated = await updateDraft(tx, same.seminarId, { now: page, before: readingOf(same), settings, deed })
      await keep(same.seminarId)
      return { ok: true, id: same.seminarId, ...updated }
    }
    const drafted = draftSeminar(page, settings)
    if (!drafted.ok) return drafted
    const { id, records, rows, assumed } = drafted.draft
    await insertRecords(tx.records, records, deed)
    await insertSeminars(tx.seminars, rows)
    await keep(id)
    return { ok: true, id, outcome: 'made', kept: [], assumed: [...assumed, ...known.map(tellOther)] }
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
function readingOf({ reading }: ImportedPage): PageRead | null {
  return isPageRead(reading) ? reading : null
}

function isPageRead(value: unknown): value is PageRead {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === true && 'seminar' in value
}
