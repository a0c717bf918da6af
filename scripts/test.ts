import { checks } from './checks.ts'
import { browserTests } from './e2e-step.ts'
import { finish, runSteps, type Step } from './steps.ts'

/** The same tests on a real PostgreSQL server, which the set-up of that run installs and starts. */
const onServer: Step = {
  name: 'tests, PostgreSQL server',
  command: 'vitest',
  args: ['run'],
  env: { HUB_TEST_ENGINE: 'server' },
  counted: true,
}

finish(await runSteps([...checks, onServer, browserTests]))
