import { loadRecords, type LoadedRecord, type RecordDb } from './store.ts'

export type LoadedRecords = ReadonlyMap<string, LoadedRecord>

/**
 * Something to be built of records: which it needs, and how. A page collects the outlines of all its parts, loads what they
 * need in one query, and builds each.
 */
export interface Outline<T> {
  readonly ids: readonly string[]
  /** The fields it needs of them; all, when not said. */
  readonly fields?: readonly string[]
  build(records: LoadedRecords): T
}

/** Loads what several outlines need, in one query. */
export async function loadOutlined(
  db: RecordDb,
  outlines: readonly Pick<Outline<unknown>, 'ids' | 'fields'>[],
): Promise<LoadedRecords> {
  const whole = outlines.filter((outline) => !outline.fields).flatMap((outline) => outline.ids)
  const ids = outlines.flatMap((outline) => outline.ids)
  return loadRecords(db, ids, [...new Set(outlines.flatMap((outline) => outline.fields ?? []))], whole)
}

/** Loads what one outline needs, and builds it. */
export async function buildOutlined<T>(db: RecordDb, outline: Outline<T>): Promise<T> {
  return outline.build(await loadOutlined(db, [outline]))
}
