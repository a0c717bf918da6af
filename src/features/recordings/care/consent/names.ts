import { loadRecords, pickText, type LoadedRecord, type RecordDb } from '#features/records/index.ts'

/** What people are called in the language that they were written down in: the history says the same to everybody. */
export async function readOwnNames(db: RecordDb, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await loadRecords(db, ids, ['name'])
  return new Map([...people].map(([id, person]) => [id, ownNameOf(person)]))
}

const ownNameOf = ({ id, texts, sourceLang }: LoadedRecord) => pickText(texts['name'], [sourceLang])?.value ?? id
