import { checks } from './checks.ts'
import { finish, runSteps } from './steps.ts'

finish(await runSteps(checks))
