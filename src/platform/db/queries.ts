import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogEvent } from 'kysely'

/** One statement that was run: its SQL without values, how long it took in milliseconds, whether it failed. */
export type QueryEvent = { sql: string; milliseconds: number; failed: boolean }

const listeners = new AsyncLocalStorage<QueryEvent[]>()

/** Runs something and gives back which statements it caused, in order; for the tests of query counts. */
export async function countQueries<T>(run: () => Promise<T>): Promise<{ result: T; queries: QueryEvent[] }> {
  const queries: QueryEvent[] = []
  const result = await listeners.run(queries, run)
  return { result, queries }
}

/** The logger for Kysely that feeds `countQueries` and an application's own counters. */
export function queryLogger(onQuery: ((event: QueryEvent) => void) | undefined): (event: LogEvent) => void {
  return (event) => {
    const seen = { sql: event.query.sql, milliseconds: event.queryDurationMillis, failed: event.level === 'error' }
    listeners.getStore()?.push(seen)
    onQuery?.(seen)
  }
}
