import { checks } from './checks.ts'
import { browserTests } from './e2e-step.ts'
import { finish, runSteps, type Step } from './steps.ts'

/** Tests of the embedded engine itself: its folder, its lock, its kills. A server has none of them. */
const embeddedAlone = ['embedded.test.ts', 'embedded/**', 'data-folder.test.ts', 'durability.test.ts']

/**
 * Every test that opens a database, again on a real PostgreSQL server, which the set-up of that run installs and starts.
 * Vitest follows the imports: what never comes to the tests' database cannot differ, and is not run twice.
 */
const onServer: Step = {
  name: 'tests, PostgreSQL server',
  command: 'vitest',
  args: [
    'related',
    'src/testing/database.ts',
    '--run',
    ...embeddedAlone.map((name) => `--exclude=src/platform/db/${name}`),
  ],
  env: { HUB_TEST_ENGINE: 'server' },
  counted: true,
}

finish(await runSteps([...checks, onServer, browserTests]))
