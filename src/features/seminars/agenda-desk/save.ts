import type { Actor } from '#features/accounts/index.ts'
import { deedOf, guardRows, requireGuarded, type DeskDeps } from '#features/desk/index.ts'
import {
  canSeeOnDesk,
  deleteDraft,
  insertEvents,
  insertRecords,
  loadRecords,
  lockVersion,
  newId,
  readDeskRows,
  setStatus,
  touchRecord,
  writeText,
  type Deed,
  type RecordDb,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { FieldProblem } from '#platform/forms.ts'
import {
  freeMaterials,
  renumberSessions,
  writeChannels,
  writeSessionTimes,
  writeSpeakers,
  type AgendaRow,
} from '../store-agenda.ts'
import { seminarTables, writeRule } from '../store-desk.ts'
import type { AgendaEntry, AgendaForm } from './form.ts'
import { readTimes, type Understood } from './problems.ts'
import { agendaLines, entryOf, loadAgenda, type AgendaStanding } from './standing.ts'

/** An agenda that was read: what is understood, and what cannot be kept. */
export interface ReadAgenda {
  readonly sessions: readonly Understood[]
  readonly problems: readonly FieldProblem[]
}

const sameTimes = (one: AgendaEntry, other: AgendaEntry) =>
  (['day', 'start', 'end', 'minutes'] as const).every((name) => one[name] === other[name])

/** Reads an agenda against how it stands: times that show what they showed stay exactly what they were. */
export function readAgenda(form: AgendaForm, standing: AgendaStanding): ReadAgenda {
  const problems: FieldProblem[] = []
  const sessions = form.sessions.map((entry, index): Understood => {
    const row = standing.rows.find((one) => one.id === entry.id)
    const read = readTimes(entry, index, standing.frame.zone)
    const isKept = row !== undefined && sameTimes(entry, entryOf(standing, row))
    problems.push(...(isKept ? read.problems.filter(({ field }) => field.endsWith('.title')) : read.problems))
    return { entry, times: isKept ? timesOf(row) : read.times }
  })
  return { sessions, problems }
}

const timesOf = ({ startsOn, startsAt, endsAt, minutes }: AgendaRow) => ({ startsOn, startsAt, endsAt, minutes })

export type SavedAgenda =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** Somebody else has saved since: nothing was written. */
  | { readonly outcome: 'conflict' }

/** Saves the agenda of a seminar whole: order, times, languages, speakers; new sessions begin as drafts. */
export async function saveAgenda(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  version: number,
  form: AgendaForm,
): Promise<SavedAgenda> {
  const deed = deedOf(deps, actor)
  const saved = await deps.records.transaction().execute(async (tx): Promise<SavedAgenda> => {
    const inside = { ...deps, records: tx }
    const current = await lockVersion(tx, id)
    await requireGuarded(inside, actor, id)
    if (current !== version) return { outcome: 'conflict' }
    const standing = await loadAgenda(tx, id)
    const known = new Set(standing.rows.map((row) => row.id))
    if (form.sessions.some((entry) => entry.id !== '' && !known.has(entry.id))) throw new NotFoundError('session')
    const read = readAgenda(form, standing)
    const problems = [...read.problems, ...(await findStrangers(inside, actor, form, standing))]
    if (problems.length > 0) return { outcome: 'invalid', problems }
    await writeAgenda(tx, standing, read.sessions, deed)
    return { outcome: 'saved' }
  })
  if (saved.outcome === 'saved') deps.onChange()
  return saved
}

/** Speakers who are no people one may point to. */
async function findStrangers(
  deps: Pick<DeskDeps, 'records' | 'kinds'>,
  actor: Actor,
  form: AgendaForm,
  standing: AgendaStanding,
): Promise<FieldProblem[]> {
  const known = new Set(standing.rows.flatMap((row) => row.speakers.map((speaker) => speaker.person)))
  const fresh = form.sessions
    .flatMap((entry) => entry.speakers.map(({ person }) => person))
    .filter((one) => !known.has(one))
  const rows = await guardRows(deps, await readDeskRows(deps.records, fresh))
  const isGood = (person: string) => {
    const row = rows.find((one) => one.id === person)
    return known.has(person) || (row?.kind === 'person' && canSeeOnDesk(actor, row))
  }
  return form.sessions.flatMap((entry, index) =>
    entry.speakers.every(({ person }) => isGood(person))
      ? []
      : [{ field: `sessions.${index}.find`, message: 'desk.problem.record' as const }],
  )
}

async function writeAgenda(
  tx: RecordDb,
  standing: AgendaStanding,
  sessions: readonly Understood[],
  deed: Deed,
): Promise<void> {
  const { seminar, rows, withdrawn } = standing
  const before = rows.map((row) => entryOf(standing, row))
  const own = seminarTables(tx)
  const kept = new Set(sessions.map(({ entry }) => entry.id))
  for (const row of rows) if (!kept.has(row.id)) await removeSession(tx, row, standing, deed)
  const ids: string[] = []
  for (const [index, session] of sessions.entries()) ids.push(await writeSession(tx, standing, session, index, deed))
  const order = [...ids, ...withdrawn.map((row) => row.id)]
  const gone = rows.filter((row) => !kept.has(row.id) && isWorthKeeping(row, standing))
  const wanted = [...order, ...gone.map((row) => row.id)]
  const isSameOrder = rows.length === ids.length && rows.every((row, index) => row.id === ids[index])
  if (!isSameOrder) await renumberSessions(own, seminar.id, wanted)
  const people = sessions.flatMap(({ entry }) => entry.speakers.map(({ person }) => person))
  const names = new Map([...standing.records, ...(await loadRecords(tx, people, ['name']))])
  const after = agendaLines(
    sessions.map(({ entry }) => entry),
    names,
  )
  const was = agendaLines(before, names)
  if (was === after) return
  await insertEvents(
    tx,
    [{ record_id: seminar.id, verb: 'edit', field: 'agenda', before: was || null, after: after || null }],
    deed,
  )
  await touchRecord(tx, seminar.id, deed)
}

/** What was public may be cited; and what was recorded under the Chatham House Rule is held back as long as its session is known. */
const isWorthKeeping = (row: AgendaRow, { records }: AgendaStanding) =>
  row.isChathamHouse || records.get(row.id)?.status === 'published'

/** A draft goes; what is worth keeping is withdrawn and stays. */
async function removeSession(tx: RecordDb, row: AgendaRow, standing: AgendaStanding, deed: Deed): Promise<void> {
  await freeMaterials(seminarTables(tx), row)
  if (isWorthKeeping(row, standing)) await setStatus(tx, row.id, 'withdrawn', deed)
  else await deleteDraft(tx, row.id)
}

/** Writes what differs of one session, and gives its id. */
async function writeSession(
  tx: RecordDb,
  standing: AgendaStanding,
  { entry, times }: Understood,
  index: number,
  deed: Deed,
): Promise<string> {
  const own = seminarTables(tx)
  const row = standing.rows.find((one) => one.id === entry.id)
  const { seminar } = standing
  const id = row?.id ?? newId('session', deed.at)
  const lang = standing.records.get(id)?.sourceLang ?? seminar.sourceLang
  const title = { field: 'title', lang, body: entry.title }
  if (!row) {
    const { visibility } = seminar
    await insertRecords(
      tx,
      [{ id, kind: 'session', sourceLang: lang, status: 'draft', visibility, texts: [title] }],
      deed,
    )
  }
  const isRenamed =
    row !== undefined && entry.title !== entryOf(standing, row).title && (await writeText(tx, id, title, deed))
  const isMoved = !row || !sameRow(timesOf(row), times)
  // Past every number in use: the order is given to all of them at once.
  if (isMoved)
    await writeSessionTimes(own, { ...times, id, seminarId: seminar.id, number: row?.number ?? 50_000 + index })
  const channels = Object.entries(entry.channels).map(([lang, kind]) => ({ lang, kind }))
  const isHeard = !row || !sameRow(entry.channels, Object.fromEntries(row.channels.map((one) => [one.lang, one.kind])))
  if (isHeard)
    await writeChannels(
      own,
      id,
      channels.toSorted((one, other) => rank(one.kind) - rank(other.kind)),
    )
  const isSpoken = !row || JSON.stringify(row.speakers) !== JSON.stringify(entry.speakers)
  if (isSpoken) await writeSpeakers(own, id, entry.speakers)
  const isRuled = (row?.isChathamHouse ?? false) !== entry.isChathamHouse
  if (isRuled) await writeRule(tx, id, entry.isChathamHouse)
  if (row && (isRenamed || isMoved || isHeard || isSpoken || isRuled)) await touchRecord(tx, id, deed)
  return id
}

const rank = (kind: string) => (kind === 'floor' ? 0 : 1)

function sameRow(one: object, other: object): boolean {
  return sorted(one) === sorted(other)
}

const sorted = (row: object) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))
