import { textFor, type LoadedRecords, type Outline, type Reader } from '#features/records/index.ts'
import { isVisible, toReference, type DirectoryDeps } from './actions.ts'
import type { FundingStatement } from './domain.ts'
import { readFundingRows, type FundingRow } from './store.ts'

/** Funding statements by id, each with its mark and its funders. A statement nobody wrote is left out, and its mark with it. */
export async function outlineFunding(
  deps: Pick<DirectoryDeps, 'directory'>,
  reader: Reader,
  ids: readonly string[],
): Promise<Outline<Map<string, FundingStatement>>> {
  const rows = await readFundingRows(deps.directory, ids)
  return {
    ids: [...ids, ...rows.flatMap((row) => row.funders)],
    fields: ['statement', 'name'],
    build: (records) =>
      new Map(rows.flatMap((row) => toStatements(row, records, reader).map((found) => [row.id, found]))),
  }
}

function toStatements({ id, mark, funders }: FundingRow, records: LoadedRecords, reader: Reader): FundingStatement[] {
  const visible = (one: string) => {
    const record = records.get(one)
    return record && isVisible(record, reader) ? [record] : []
  }
  const statement = visible(id).map((record) => textFor(record, 'statement', reader))[0]
  if (!statement) return []
  const named = funders.flatMap((funder) => visible(funder).map((record) => toReference(record, reader)))
  return [{ id, mark, statement, funders: named }]
}
