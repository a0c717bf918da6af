import type { TestProject } from 'vitest/node'
import { startPostgresServer } from './postgres-server.ts'

/** Before the tests of a run: with HUB_TEST_ENGINE=server a PostgreSQL server of their own, which is ended after them. */
export default async function setup(_project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env['HUB_TEST_ENGINE'] !== 'server') return undefined
  const server = await startPostgresServer()
  process.env['HUB_TEST_DATABASE_URL'] = server.url
  return async () => server.stop()
}
