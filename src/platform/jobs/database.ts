import { types, type Pool, type QueryResult } from 'pg'
import type { ConstructorOptions } from 'pg-boss'

/**
 * The hub's own pool as pg-boss takes it, so that jobs cost no connections. Values come out as pg-boss expects them (its instants
 * are dates). Some of its statements are several with a BEGIN of their own: when one fails, the connection must be rolled back
 * before anybody else gets it, and on the embedded database, which has one session, before anybody else gets anywhere.
 */
export function jobsDatabase(pool: Pool): NonNullable<ConstructorOptions['db']> {
  return {
    executeSql: async (text, values) => {
      const client = await pool.connect()
      let fault: Error | undefined
      try {
        const result: QueryResult = await client.query({ text, types, ...(values ? { values } : {}) })
        return result
      } catch (error) {
        await client.query('rollback').catch((failure: unknown) => (fault = asError(failure)))
        throw error
      } finally {
        client.release(fault)
      }
    },
  }
}

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)))
