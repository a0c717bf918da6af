import { browserTests } from './e2e-step.ts'
import { finish, runSteps } from './steps.ts'

const build = { name: 'build', command: 'node', args: ['scripts/build.ts'] }
finish(await runSteps([build, browserTests]))
