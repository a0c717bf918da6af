import { loadRecords, textFor, type Reader } from '#features/records/index.ts'
import { isVisible, toReference, type DirectoryDeps } from './actions.ts'
import type { FundingStatement } from './domain.ts'
import { readFundingRows } from './store.ts'

/** Funding statements by id, each with its mark and its funders. A statement nobody wrote is left out, and its mark with it. */
export async function readFunding(
  deps: Pick<DirectoryDeps, 'records' | 'directory'>,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, FundingStatement>> {
  const rows = await readFundingRows(deps.directory, ids)
  const records = await loadRecords(
    deps.records,
    [...ids, ...rows.flatMap((row) => row.funders)],
    ['statement', 'name'],
  )
  const visible = (id: string) => {
    const record = records.get(id)
    return record && isVisible(record, reader) ? [record] : []
  }
  const found = new Map<string, FundingStatement>()
  for (const { id, mark, funders } of rows) {
    const statement = visible(id).map((record) => textFor(record, 'statement', reader))[0]
    if (!statement) continue
    found.set(id, {
      id,
      mark,
      statement,
      funders: funders.flatMap((funder) => visible(funder).map((record) => toReference(record, reader))),
    })
  }
  return found
}
