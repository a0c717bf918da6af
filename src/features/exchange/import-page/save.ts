import {
  insertRecords,
  loadRecords,
  newId,
  readSetting,
  saveText,
  touchRecord,
  type Deed,
  type NewText,
} from '#features/records/index.ts'
import {
  findImportedPage,
  insertSeminars,
  keepImportedPage,
  listSessionRows,
  updateSeminar,
  updateSession,
  type SessionRow,
} from '#features/seminars/index.ts'
import type { Day, Instant } from '#platform/time.ts'
import { handlesOf, type ExchangeDb, type Handles } from '../handles.ts'
import type { PageRead, Unsure } from '../page/index.ts'
import {
  datesOf,
  draftSeminar,
  factsOf,
  languageOf,
  numberSessions,
  seminarTexts,
  sessionTexts,
  sessionTimes,
} from './draft.ts'

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
  const zone = await readSetting(handlesOf(db).records, 'zone')
  const settings = {
    now,
    zone: typeof zone === 'string' ? zone : 'UTC',
    startsOn: input.startsOn,
    endsOn: input.endsOn,
  }
  return db.transaction().execute(async (transaction): Promise<Saved> => {
    const tx = handlesOf(transaction)
    const known = await findImportedPage(tx.seminars, input)
    if (known) return updateDraft(tx, known, input, settings.zone, deed)
    const drafted = draftSeminar(input.page, settings)
    if (!drafted.ok) return drafted
    const { id, records, rows, assumed } = drafted.draft
    await insertRecords(tx.records, records, deed)
    await insertSeminars(tx.seminars, rows)
    await keepImportedPage(tx.seminars, { seminarId: id, reading: input.page, ...origin(input) }, now)
    return { ok: true, id, outcome: 'made', kept: [], assumed }
  })
}

const origin = ({ source, textHash, original }: PageToSave) => ({ source, textHash, original })

interface Known {
  readonly seminarId: string
  readonly reading: unknown
  readonly textHash: string
}

async function updateDraft(tx: Handles, known: Known, input: PageToSave, zone: string, deed: Deed): Promise<Saved> {
  const id = known.seminarId
  const before = isPageRead(known.reading) ? known.reading : null
  const sessions = await listSessionRows(tx.seminars, [id])
  const lang = languageOf(input.page)
  const texts = await saveUnedited(tx, id, seminarTexts(input.page, lang), before && seminarTexts(before, lang), deed)
  const parts = await updateSessions(tx, id, sessions, input.page, before, zone, deed)
  const facts = await updateFacts(tx, id, input, before, zone)
  const changed = texts.changed + parts.changed + facts > 0
  if (changed) await touchRecord(tx.records, id, deed)
  await keepImportedPage(tx.seminars, { seminarId: id, reading: input.page, ...origin(input) }, deed.at)
  const kept = [...texts.kept, ...parts.kept]
  return { ok: true, id, outcome: changed ? 'updated' : 'unchanged', kept, assumed: [] }
}

/** Facts follow the page only where the page itself changed. Returns how many did. */
async function updateFacts(
  tx: Handles,
  id: string,
  input: PageToSave,
  before: PageRead | null,
  zone: string,
): Promise<number> {
  const rowOf = (page: PageRead) => ({
    ...factsOf(page),
    ...datesOf(page, input),
    time_zone: page.seminar.timeZone ?? zone,
  })
  const now = Object.entries(rowOf(input.page))
  const then: Readonly<Record<string, unknown>> = before ? rowOf(before) : {}
  const changed = now.filter(([column, value]) => then[column] !== value)
  if (changed.length > 0) await updateSeminar(tx.seminars, id, Object.fromEntries(changed))
  return changed.length
}

async function updateSessions(
  tx: Handles,
  seminarId: string,
  rows: readonly SessionRow[],
  page: PageRead,
  before: PageRead | null,
  zone: string,
  deed: Deed,
): Promise<{ changed: number; kept: string[] }> {
  const lang = languageOf(page)
  const then = before ? numberSessions(before.sessions) : []
  const kept: string[] = []
  let changed = 0
  for (const session of numberSessions(page.sessions)) {
    const row = rows.find((one) => one.number === session.number)
    const texts = sessionTexts(session, lang)
    const firstDay = datesOf(page, { startsOn: null, endsOn: null })?.starts_on ?? ''
    const times = sessionTimes(page, session, firstDay, zone)
    if (!row) {
      await addSession(tx, seminarId, session.number, texts, times, lang, deed)
      changed += 1
      continue
    }
    const last = then.find((one) => one.number === session.number)
    const saved = await saveUnedited(tx, row.id, texts, last ? sessionTexts(last, lang) : null, deed)
    changed += saved.changed
    kept.push(...saved.kept.map((field) => `session ${session.number}: ${field}`))
    if (row.startsOn !== times.starts_on || row.minutes !== times.minutes) {
      await updateSession(tx.seminars, row.id, times)
      changed += 1
    }
  }
  return { changed, kept }
}

async function addSession(
  tx: Handles,
  seminarId: string,
  number: number,
  texts: readonly NewText[],
  times: ReturnType<typeof sessionTimes>,
  lang: string,
  deed: Deed,
): Promise<void> {
  const id = newId('session', deed.at)
  await insertRecords(tx.records, [{ id, kind: 'session', sourceLang: lang, status: 'draft', texts }], deed)
  await insertSeminars(tx.seminars, {
    seminars: [],
    sessions: [{ id, seminar_id: seminarId, number, ...times }],
    channels: [],
    speakers: [],
    materials: [],
  })
}

/** Writes texts that nobody touched since the last import; what somebody edited stays and is named. */
async function saveUnedited(
  tx: Handles,
  recordId: string,
  texts: readonly NewText[],
  before: readonly NewText[] | null,
  deed: Deed,
): Promise<{ changed: number; kept: string[] }> {
  const current = (await loadRecords(tx.records, [recordId])).get(recordId)
  const kept: string[] = []
  let changed = 0
  for (const text of texts) {
    const stands = current?.texts[text.field]?.find((value) => value.lang === text.lang)?.value ?? null
    if (stands === text.body) continue
    const last = before?.find((one) => one.field === text.field)?.body ?? null
    if (stands !== last) kept.push(text.field)
    else if (await saveText(tx.records, recordId, text, deed)) changed += 1
  }
  return { changed, kept }
}

function isPageRead(value: unknown): value is PageRead {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === true && 'seminar' in value
}
