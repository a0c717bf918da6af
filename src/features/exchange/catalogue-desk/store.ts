import { sql } from 'kysely'
import type { CatalogueFault, CatalogueProblem } from '#features/library/index.ts'
import type { ImportDb } from '../handles.ts'
import type { ImportState } from '../schema.ts'

/** A catalogue that somebody sent. */
export interface CatalogueImport {
  readonly id: string
  readonly actor: string
  readonly sentAt: string
  readonly file: string
  readonly name: string
  readonly lang: string
  readonly merge: boolean
  readonly publish: boolean
  readonly state: ImportState
  readonly done: number
  readonly total: number | null
  readonly fault: CatalogueFault | null
  readonly faultLine: number | null
  readonly problems: readonly CatalogueProblem[]
  readonly tries: number
}

const columns = [
  'id',
  'actor',
  'sent_at as sentAt',
  'file',
  'name',
  'lang',
  'merge',
  'publish',
  'state',
  'done',
  'total',
  'fault',
  'fault_line as faultLine',
  'problems',
  'tries',
] as const

/** Keeps what was sent, to be compared. Returns its id. */
export async function keepImport(
  db: ImportDb,
  one: Pick<CatalogueImport, 'actor' | 'sentAt' | 'file' | 'name' | 'lang' | 'merge' | 'publish'>,
): Promise<string> {
  const { sentAt, ...rest } = one
  const row = await db
    .insertInto('catalogue_import')
    .values({ ...rest, sent_at: sentAt, state: 'comparing' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** One of them, or null. */
export async function findImport(db: ImportDb, id: string): Promise<CatalogueImport | null> {
  const row = await db.selectFrom('catalogue_import').select(columns).where('id', '=', id).executeTakeFirst()
  return row ?? null
}

/** The last ones, newest first. */
export async function listImports(db: ImportDb, limit: number): Promise<CatalogueImport[]> {
  return db.selectFrom('catalogue_import').select(columns).orderBy('sent_at', 'desc').limit(limit).execute()
}

/** Takes the oldest that waits for work and that nobody has, until an instant; null when there is none. */
export async function holdImport(db: ImportDb, now: string, until: string): Promise<CatalogueImport | null> {
  const waiting = db
    .selectFrom('catalogue_import')
    .select('id')
    .where('state', 'in', ['comparing', 'writing'])
    .where((where) => where.or([where('held_until', 'is', null), where('held_until', '<', now)]))
    .orderBy('sent_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('catalogue_import')
    .set((set) => ({ held_until: until, tries: set('tries', '+', 1) }))
    .where('id', 'in', waiting)
    .returning(columns)
    .executeTakeFirst()
  return row ?? null
}

/** An import as a worker has it: who takes it later counts one try more, so that whoever had it before can tell. */
export type HeldImport = Pick<CatalogueImport, 'id' | 'state' | 'tries'>

/** Says that it is still worked on, and how far it is. False when another has taken it. */
export async function keepHold(
  db: ImportDb,
  { id, state, tries }: HeldImport,
  { until, done }: { readonly until: string; readonly done?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_import')
    .set({ held_until: until, ...(done !== undefined && { done }) })
    .where('id', '=', id)
    .where('state', '=', state)
    .where('tries', '=', tries)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Keeps others from taking it until the transaction ends. Throws when one has. */
export async function requireHold(tx: ImportDb, { id, state, tries }: HeldImport): Promise<void> {
  const row = await tx
    .selectFrom('catalogue_import')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', state)
    .where('tries', '=', tries)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Error(`Another worker has taken the import ${id}`)
}

/** Notes what the file was found to hold; rows of an earlier try are forgotten. */
export async function beginRows(
  tx: ImportDb,
  id: string,
  { total, problems }: { readonly total: number; readonly problems: readonly CatalogueProblem[] },
): Promise<void> {
  await tx.deleteFrom('catalogue_import_row').where('import_id', '=', id).execute()
  await tx
    .updateTable('catalogue_import')
    .set({ total, done: 0, problems: JSON.stringify(problems) })
    .where('id', '=', id)
    .execute()
}

/** Brings it from one state to another; false when it is not in the first any more, or, where `tries` are said, another has taken it. */
export async function moveImport(
  db: ImportDb,
  { id, state, tries }: Pick<CatalogueImport, 'id' | 'state'> & { readonly tries?: number },
  to: ImportState,
  fault: { readonly fault: CatalogueFault; readonly line: number | null } | null = null,
): Promise<boolean> {
  let query = db
    .updateTable('catalogue_import')
    .set({
      state: to,
      tries: 0,
      held_until: null,
      ...(to === 'writing' && { done: 0 }),
      ...(fault && { fault: fault.fault, fault_line: fault.line }),
    })
    .where('id', '=', id)
    .where('state', '=', state)
  if (tries !== undefined) query = query.where('tries', '=', tries)
  const { numUpdatedRows } = await query.executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Forgets one that nobody works on. Returns whether there was one. */
export async function deleteImport(db: ImportDb, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('catalogue_import')
    .where('id', '=', id)
    .where('state', 'not in', ['comparing', 'writing'])
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Forgets those that were sent before an instant and that nobody works on. */
export async function deleteImportsBefore(db: ImportDb, before: string): Promise<void> {
  await db
    .deleteFrom('catalogue_import')
    .where('sent_at', '<', before)
    .where('state', 'not in', ['comparing', 'writing'])
    .execute()
}

/** Of some files, those that are catalogues somebody sent. */
export async function listImportFiles(db: ImportDb, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const rows = await db
    .selectFrom('catalogue_import')
    .select('file')
    .where(sql<boolean>`file = any(${[...hashes]})`)
    .execute()
  return new Set(rows.map((row) => row.file))
}
