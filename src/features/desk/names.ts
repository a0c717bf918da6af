import { nameFor, type LoadedRecord, type Reader, type RecordDb, type TextValue } from '#features/records/index.ts'
import type { DeskKinds } from './kind.ts'

/** What records are called at the desk: as somebody named them, else as their kind does; one query for each kind of those without a name. */
export async function nameRecords(
  { records: db, kinds }: { readonly records: RecordDb; readonly kinds: DeskKinds },
  reader: Reader,
  records: readonly LoadedRecord[],
): Promise<(record: LoadedRecord) => TextValue> {
  const unnamed = records.filter((record) => nameFor(record, reader).value === record.id)
  const names = new Map<string, string>()
  for (const kind of new Set(unnamed.map((record) => record.kind))) {
    const ids = unnamed.filter((record) => record.kind === kind).map(({ id }) => id)
    const found = await kinds.get(kind)?.unnamed?.(db, ids, reader.lang)
    for (const [id, name] of found ?? []) names.set(id, name)
  }
  return (record) => {
    const name = names.get(record.id)
    return name === undefined ? nameFor(record, reader) : { lang: reader.lang, state: 'source', value: name }
  }
}
