import { listAccountLog, type AccountDeps } from '#features/accounts/index.ts'
import { listRecordLog } from '#features/records/index.ts'
import { listAudit, type LogFilter, type LogLine } from '#platform/audit/index.ts'
import { handlesOf, type WholeDb } from './handles.ts'

/** The logs of the hub, by whose deeds they tell. Their order decides among lines of one instant. */
const sources = ['record', 'account', 'hub'] as const
type Source = (typeof sources)[number]

export interface AuditLine extends LogLine {
  readonly source: Source
}

export type AuditFilter = Omit<LogFilter, 'limit' | 'before'>

interface AuditDeps {
  readonly db: WholeDb
  readonly accounts: AccountDeps
}

/** Lines of all logs, newest first, after the line that a cursor names. */
export async function listAuditLines(
  deps: AuditDeps,
  filter: AuditFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<AuditLine[]> {
  const { audit, records } = handlesOf(deps.db)
  const cursor = after === null ? null : readCursor(after)
  const ask = async (source: Source): Promise<AuditLine[]> => {
    const before = cursor && { at: cursor.at, id: boundary(source, cursor) }
    const asked: LogFilter = { ...filter, limit, ...(before && { before }) }
    const lines =
      source === 'record'
        ? await listRecordLog(records, asked)
        : source === 'account'
          ? await listAccountLog(deps.accounts.accounts, asked)
          : await listAudit(audit, asked)
    return lines.map((line) => ({ ...line, source }))
  }
  const found = (await Promise.all(sources.map(ask))).flat()
  return found.toSorted(compare).slice(0, limit)
}

/** Newest first; of one instant the sources in turn, and in each the latest first. */
function compare(one: AuditLine, other: AuditLine): number {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1
  const [rank, otherRank] = [sources.indexOf(one.source), sources.indexOf(other.source)]
  return rank === otherRank ? other.id - one.id : rank - otherRank
}

interface Cursor {
  readonly at: string
  readonly source: Source
  readonly id: number
}

/** A line as an address names it: the next page begins after it. */
export const cursorOf = ({ at, source, id }: AuditLine): string => `${at}~${source}~${id}`

/** Reads a cursor; null when it is none. */
export function readCursor(text: string): Cursor | null {
  const [, at = '', source, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~(record|account|hub)~(\d{1,15})$/.exec(text) ?? []
  const known = sources.find((one) => one === source)
  return known && !Number.isNaN(Date.parse(at)) ? { at, source: known, id: Number(id) } : null
}

/** Which lines of the cursor's instant come after it: of a later source all, of an earlier one none. */
function boundary(source: Source, cursor: Cursor): number {
  if (source === cursor.source) return cursor.id
  return sources.indexOf(source) > sources.indexOf(cursor.source) ? Number.MAX_SAFE_INTEGER : 0
}

/** Every line that a filter finds, in batches, up to a bound. */
export async function* walkAudit(deps: AuditDeps, filter: AuditFilter, most: number): AsyncGenerator<AuditLine[]> {
  const size = 500
  let after: string | null = null
  for (let count = 0; count < most; count += size) {
    const lines: AuditLine[] = await listAuditLines(deps, filter, { after, limit: Math.min(size, most - count) })
    if (lines.length > 0) yield lines
    const last = lines.at(-1)
    if (!last || lines.length < size) return
    after = cursorOf(last)
  }
}
