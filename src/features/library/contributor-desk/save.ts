import type { Actor } from '#features/accounts/index.ts'
import { deedOf, guardRows, requireGuarded, type DeskDeps } from '#features/desk/index.ts'
import {
  canSeeOnDesk,
  insertEvents,
  loadRecords,
  lockVersion,
  nameFor,
  readDeskRows,
  touchRecord,
  type LoadedRecord,
  type RecordDb,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { FieldProblem } from '#platform/forms.ts'
import type { Contributor } from '../domain.ts'
import { readPublicationRows } from '../store.ts'
import { libraryTables } from '../store-desk.ts'
import { replaceContributors } from '../writing.ts'
import { agentOf, contributorLines, kindOfEntry, readContributors, type ContributorsForm } from './form.ts'

/** The contributors of a publication as they stand. */
export interface ContributorsStanding {
  readonly record: LoadedRecord
  readonly contributors: readonly Contributor[]
}

/** Reads the contributors of a publication. */
export async function loadContributors(db: RecordDb, id: string): Promise<ContributorsStanding> {
  const { contributors } = await readPublicationRows(libraryTables(db), [id])
  const record = (await loadRecords(db, [id], ['title'])).get(id)
  if (!record) throw new NotFoundError('publication')
  return {
    record,
    contributors: contributors.map(({ role, kind, agent_id: agentId, name, given }) => {
      return { role, kind, agentId, name, given }
    }),
  }
}

type Finder = Pick<DeskDeps, 'records' | 'kinds'>

/** People and organisations that somebody may point to, of those a form names. */
export async function listAgents(deps: Finder, actor: Actor, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await guardRows(deps, await readDeskRows(deps.records, [...new Set(ids)]))
  const good = rows.filter((row) => ['person', 'organisation'].includes(row.kind) && canSeeOnDesk(actor, row))
  return new Set(good.map((row) => row.id))
}

const idsIn = ({ entries }: ContributorsForm) => entries.flatMap((entry) => agentOf(entry) ?? [])

/**
 * Fills in the names of those who were just chosen from the directory. A person's name stands there as one: its last word is taken for
 * the family's, which whoever fills in the form sees and can put right.
 */
export async function fillNames(deps: Finder, actor: Actor, form: ContributorsForm): Promise<ContributorsForm> {
  const unnamed = { ...form, entries: form.entries.filter(({ name }) => name === '') }
  const ids = await listAgents(deps, actor, idsIn(unnamed))
  if (ids.size === 0) return form
  const records = await loadRecords(deps.records, [...ids], ['name'])
  const entries = form.entries.map((entry) => {
    const record = entry.name === '' ? records.get(entry.who) : undefined
    if (!record) return entry
    const { sourceLang: lang } = record
    const { value } = nameFor(record, { lang, chain: [lang], audience: [] })
    const [, given = '', family = value] = /^(.+) (\S+)$/.exec(value) ?? []
    return kindOfEntry(entry) === 'person' ? { ...entry, name: family, given } : { ...entry, name: value }
  })
  return { ...form, entries }
}

export type SavedContributors =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** Somebody else has saved since: nothing was written. */
  | { readonly outcome: 'conflict' }

/** Saves the contributors of a publication, all of them in their order or nothing. */
export async function saveContributors(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  version: number,
  form: ContributorsForm,
): Promise<SavedContributors> {
  const deed = deedOf(deps, actor)
  let changed = false
  const saved = await deps.records.transaction().execute(async (tx): Promise<SavedContributors> => {
    const inside = { ...deps, records: tx }
    const current = await lockVersion(tx, id)
    await requireGuarded(inside, actor, id)
    if (current !== version) return { outcome: 'conflict' }
    const standing = await loadContributors(tx, id)
    const { contributors, problems } = readContributors(form)
    const all = [...problems, ...(await findStrangers(inside, actor, form, standing, problems))]
    if (all.length > 0) return { outcome: 'invalid', problems: all }
    const [before, after] = [contributorLines(standing.contributors), contributorLines(contributors)]
    changed = before !== after
    if (!changed) return { outcome: 'saved' }
    await replaceContributors(libraryTables(tx), id, contributors)
    const line = { record_id: id, verb: 'edit' as const, field: 'contributors' }
    await insertEvents(tx, [{ ...line, before: before || null, after: after || null }], deed)
    await touchRecord(tx, id, deed)
    return { outcome: 'saved' }
  })
  if (changed) deps.onChange()
  return saved
}

/** Entries that name somebody in the directory whom one may not point to. */
async function findStrangers(
  deps: Finder,
  actor: Actor,
  form: ContributorsForm,
  { contributors }: ContributorsStanding,
  told: readonly FieldProblem[],
): Promise<FieldProblem[]> {
  const known = new Set(contributors.map(({ agentId }) => agentId))
  const fresh = idsIn(form).filter((id) => !known.has(id))
  const good = await listAgents(deps, actor, fresh)
  const isTold = (field: string) =>
    told.some((problem) => problem.field === field && problem.message === 'desk.problem.record')
  return form.entries.flatMap((entry, index): FieldProblem[] => {
    const agent = agentOf(entry)
    const field = `contributors.${index}.name`
    if (agent === null || known.has(agent) || good.has(agent) || isTold(field)) return []
    return [{ field, message: 'desk.problem.record' }]
  })
}
