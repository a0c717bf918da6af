import { insertRecords, loadRecords, saveText, touchRecord, type Deed, type NewText } from '#features/records/index.ts'
import {
  insertSeminars,
  listMaterialRows,
  listSessionRows,
  readSeminarRows,
  updateSeminar,
  updateSession,
  type SessionRow,
} from '#features/seminars/index.ts'
import type { Handles } from '../handles.ts'
import type { PageRead, Unsure } from '../page/index.ts'
import {
  assumptions,
  datesOf,
  draftMaterials,
  draftSessions,
  factsOf,
  languageOf,
  numberSessions,
  seminarTexts,
  sessionTexts,
  sessionTimes,
  type DraftSettings,
} from './draft.ts'
import { isUnderRule } from './rule.ts'

/** A page read again: as it is now, as it was understood last time (null when that is lost), and by whom. */
export interface Reread {
  readonly now: PageRead
  readonly before: PageRead | null
  readonly settings: DraftSettings
  readonly deed: Deed
}

/** What a part of the draft came to: how many changes, and what was kept because somebody had edited it. */
interface Change {
  readonly changed: number
  readonly kept: readonly string[]
}

/** Brings the draft of a page up to date: what the page changed follows it, what somebody edited stays and is named. */
export async function updateDraft(tx: Handles, id: string, reread: Reread) {
  const { now, before, settings, deed } = reread
  const lang = languageOf(now)
  const parts = [
    await saveUnedited(tx, id, seminarTexts(now, lang), before && seminarTexts(before, lang), deed),
    await updateFacts(tx, id, reread),
    await updateSessions(tx, id, reread),
    await addMaterials(tx, id, reread),
  ]
  const changed = parts.some((part) => part.changed > 0)
  if (changed) await touchRecord(tx.records, id, deed)
  return {
    outcome: changed ? ('updated' as const) : ('unchanged' as const),
    kept: parts.flatMap((part) => part.kept),
    assumed: [...assumptions(now, settings, lang), ...(await tellVanished(tx, id, now))],
  }
}

type Values = Readonly<Record<string, unknown>>

/** Facts that make sense only together. */
const groups = [
  ['starts_on', 'ends_on', 'precision'],
  ['starts_at', 'ends_at', 'minutes'],
]

/** Which columns follow the page: those where the row still says what the page said last time. */
function followPage(row: Values, now: Values, before: Values | null): { set: Values; kept: string[] } {
  const set: Record<string, unknown> = {}
  const kept: string[] = []
  for (const [column, value] of Object.entries(now)) {
    const together = (groups.find((group) => group.includes(column)) ?? [column]).filter((one) => one in now)
    if (row[column] === value) continue
    if (before && together.every((one) => row[one] === before[one])) set[column] = value
    else kept.push(column)
  }
  return { set, kept }
}

async function updateFacts(tx: Handles, id: string, { now, before, settings }: Reread): Promise<Change> {
  const [row] = await readSeminarRows(tx.seminars, [id])
  if (!row) return { changed: 0, kept: [] }
  const rowOf = (page: PageRead): Values => ({
    ...factsOf(page),
    ...datesOf(page, settings),
    time_zone: page.seminar.timeZone ?? settings.zone,
  })
  // Days that the person at the terminal names count more than what an editor or the page says.
  const told: Values = settings.startsOn === null ? {} : { ...datesOf(now, settings) }
  const stands: Values = { ...row }
  const toldAnew = Object.entries(told).filter(([column, value]) => stands[column] !== value)
  const { set, kept } = followPage({ ...stands, ...told }, rowOf(now), before && rowOf(before))
  const facts = { ...set, ...Object.fromEntries(toldAnew) }
  const changed = Object.keys(facts).length
  if (changed > 0) await updateSeminar(tx.seminars, id, facts)
  return { changed, kept }
}

async function updateSessions(tx: Handles, seminarId: string, reread: Reread): Promise<Change> {
  const { now, before, settings, deed } = reread
  const lang = languageOf(now)
  const rows = await listSessionRows(tx.seminars, [seminarId])
  const then = before ? numberSessions(before.sessions) : []
  const changes: Change[] = []
  const added = numberSessions(now.sessions).filter((session) => !rows.some((row) => row.number === session.number))
  for (const session of numberSessions(now.sessions)) {
    const row = rows.find((one) => one.number === session.number)
    if (!row) continue
    const last = then.find((one) => one.number === session.number)
    const texts = await saveUnedited(
      tx,
      row.id,
      sessionTexts(session, lang),
      last ? sessionTexts(last, lang) : null,
      deed,
    )
    const times = followPage(
      factsOfSession(row),
      // A page that no longer speaks of the Chatham House Rule does not lift it.
      { ...sessionTimes(now, session, settings), chatham_house: row.isChathamHouse || isUnderRule(now, session) },
      before && last ? { ...sessionTimes(before, last, settings), chatham_house: isUnderRule(before, last) } : null,
    )
    const moved = Object.keys(times.set).length
    if (moved > 0) await updateSession(tx.seminars, row.id, times.set)
    const kept = [...texts.kept, ...times.kept].map((what) => `session ${session.number}: ${what}`)
    changes.push({ changed: texts.changed + moved, kept })
  }
  const drafted = draftSessions(now, added, seminarId, settings)
  await insertRecords(tx.records, drafted.records, deed)
  await insertSeminars(tx.seminars, { seminars: [], speakers: [], materials: [], ...drafted.rows })
  return {
    changed: added.length + changes.reduce((sum, change) => sum + change.changed, 0),
    kept: changes.flatMap((change) => change.kept),
  }
}

const factsOfSession = (row: SessionRow) => ({
  starts_on: row.startsOn,
  starts_at: row.startsAt,
  ends_at: row.endsAt,
  minutes: row.minutes,
  chatham_house: row.isChathamHouse,
})

/** Adds links that the page did not have last time; one that somebody removed since does not come back. */
async function addMaterials(tx: Handles, seminarId: string, { now, before, settings, deed }: Reread): Promise<Change> {
  const rows = await listMaterialRows(tx.seminars, [seminarId])
  const known = new Set([...rows.map((row) => row.url), ...(before?.links ?? []).map((link) => link.url)])
  const links = now.links.filter((link) => !known.has(link.url))
  const { records, materials } = draftMaterials({ ...now, links }, seminarId, settings, rows.length)
  await insertRecords(tx.records, records, deed)
  await insertSeminars(tx.seminars, { seminars: [], sessions: [], channels: [], speakers: [], materials })
  return { changed: materials.length, kept: [] }
}

/** What the draft has and the page has no longer: it stays, and the person is told. */
async function tellVanished(tx: Handles, seminarId: string, page: PageRead): Promise<Unsure[]> {
  const numbers = new Set(numberSessions(page.sessions).map((session) => session.number))
  const urls = new Set(page.links.map((link) => link.url))
  const sessions = (await listSessionRows(tx.seminars, [seminarId])).filter((row) => !numbers.has(row.number))
  const materials = (await listMaterialRows(tx.seminars, [seminarId])).flatMap(({ url }) =>
    url === null || urls.has(url) ? [] : [url],
  )
  return [
    ...sessions.map(({ number }) => ({
      what: 'sessions',
      why: `The page has no session ${number}; the draft keeps it.`,
      line: null,
    })),
    ...materials.map((url) => ({
      what: 'links',
      why: `The page has no link to ${url}; the draft keeps it.`,
      line: null,
    })),
  ]
}

/** Writes texts that nobody touched since the last import; what somebody edited stays and is named. */
async function saveUnedited(
  tx: Handles,
  recordId: string,
  texts: readonly NewText[],
  before: readonly NewText[] | null,
  deed: Deed,
): Promise<Change> {
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
