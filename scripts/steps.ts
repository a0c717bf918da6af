import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** A check: a command that is right when it exits with zero. A test run also says how many tests it ran. */
export interface Step {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Vitest: its totals are read from its report. */
  readonly counted?: boolean
}

export interface Totals {
  readonly passed: number
  readonly failed: number
}

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numTotalTests: z.number() })

/** Runs the steps one after the other, all of them even when one fails, and adds up what passed and failed. */
export async function runSteps(steps: readonly Step[]): Promise<Totals> {
  let passed = 0
  let failed = 0
  for (const step of steps) {
    const started = Date.now()
    console.log(`\n▶ ${step.name}`)
    const totals = await runStep(step)
    passed += totals.passed
    failed += totals.failed
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${totals.failed === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)`)
  }
  return { passed, failed }
}

async function runStep(step: Step): Promise<Totals> {
  if (!step.counted) return (await run(step, step.args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const folder = mkdtempSync(join(tmpdir(), 'hub-report-'))
  const file = join(folder, 'report.json')
  try {
    const code = await run(step, [...step.args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
    const report = readReport(file)
    // A run that died, or that found nothing to run, is one failure more than it counted.
    const broken = report.numTotalTests === 0 || (code !== 0 && report.numFailedTests === 0) ? 1 : 0
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readReport(file: string): z.infer<typeof Report> {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numTotalTests: 0 }
  }
}

function run(step: Step, args: readonly string[]): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const child = spawn(step.command, args, { stdio: 'inherit', env: { ...process.env, ...step.env } })
  child.on('error', (error) => {
    console.error(error.message)
    resolve(127)
  })
  child.on('exit', (code) => resolve(code ?? 1))
  return promise
}

/** Prints the totals alone on the last line and ends the process accordingly. */
export function finish({ passed, failed }: Totals): void {
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
