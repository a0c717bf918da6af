import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'

/** A check: a command that is right when it exits with zero. A test run also says how many tests it ran. */
export interface Step {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Vitest: its totals are read from its report. */
  readonly counted?: boolean
  /** Needs nothing of the steps beside it, and runs together with those next to it that say so too. */
  readonly together?: boolean
}

export interface Totals {
  readonly passed: number
  readonly failed: number
  /** What failed, by name, so that the end of a long log says it. */
  readonly failures: readonly string[]
}

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})
type Report = z.infer<typeof Report>

/**
 * Runs the steps, all of them even when one fails, and adds up what passed and failed. They take turns, but for neighbours that
 * can run together: of those there are two at a time, and each prints what it has to say when it ends.
 */
export async function runSteps(steps: readonly Step[]): Promise<Totals> {
  const done = new Map<Step, Totals>()
  const waiting = [...steps]
  const takeTurns = async () => {
    while (waiting[0]?.together) await takeOne()
  }
  const takeOne = async () => {
    const step = waiting.shift()
    if (step) done.set(step, await runAndSay(step))
  }
  while (waiting.length > 0) await (waiting[0]?.together ? Promise.all([takeTurns(), takeTurns()]) : takeOne())
  const totals = steps.flatMap((step) => done.get(step) ?? [])
  return {
    passed: totals.reduce((sum, { passed }) => sum + passed, 0),
    failed: totals.reduce((sum, { failed }) => sum + failed, 0),
    failures: totals.flatMap(({ failures }) => failures),
  }
}

async function runAndSay(step: Step): Promise<Totals> {
  const started = Date.now()
  if (!step.together) console.log(`\n▶ ${step.name}`)
  const totals = await runStep(step)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${totals.failed === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)`)
  return { ...totals, failures: totals.failures.map((failure) => `${step.name}: ${failure}`) }
}

async function runStep(step: Step): Promise<Totals> {
  if (!step.counted) return one(await run(step, step.args))
  const folder = mkdtempSync(join(tmpdir(), 'hub-report-'))
  const file = join(folder, 'report.json')
  try {
    const code = await run(step, [...step.args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
    const report = readReport(file)
    // A run that died, or that found nothing to run, is one failure more than it counted.
    const broken = report.numTotalTests === 0 || (code !== 0 && report.numFailedTests === 0)
    const failures = [...failuresOf(report), ...(broken ? [brokenRun(code)] : [])]
    return { passed: report.numPassedTests, failed: report.numFailedTests + (broken ? 1 : 0), failures }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function one(code: number): Totals {
  return code === 0
    ? { passed: 1, failed: 0, failures: [] }
    : { passed: 0, failed: 1, failures: [`ended with ${code}`] }
}

const brokenRun = (code: number): string =>
  `the run ended with ${code} while none of its tests failed: what it printed above says why (a threshold, an error outside a test)`

/** Each test that failed, and each file that could not be run, with the first line of why. */
function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(process.cwd(), name)
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (assertionResults.length === 0) return [`${file}: ${firstLine(message)}`]
    return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`)
  })
}

const firstLine = (text = ''): string => text.split('\n', 1)[0]?.slice(0, 300) ?? ''

function readReport(file: string): Report {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numTotalTests: 0, testResults: [] }
  }
}

function run(step: Step, args: readonly string[]): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const stdio = step.together ? ('pipe' as const) : ('inherit' as const)
  const child = spawn(step.command, args, { stdio, env: { ...process.env, ...step.env } })
  const printed: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk))
  child.on('error', (error) => {
    console.error(error.message)
    resolve(127)
  })
  child.on('close', (code) => {
    process.stdout.write(Buffer.concat(printed))
    resolve(code ?? 1)
  })
  return promise
}

/** Prints what failed, then the totals alone on the last line, and ends the process accordingly. */
export function finish({ passed, failed, failures }: Totals): void {
  for (const failure of failures) console.log(`✗ ${failure}`)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
