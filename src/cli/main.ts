#!/usr/bin/env node
import { CommanderError } from 'commander'
import { ContentFileError } from '#features/exchange/index.ts'
import { DatabaseSetupError } from '#platform/db/index.ts'
import { StorageError } from '#platform/files/index.ts'
import { PortTakenError } from '#platform/http/index.ts'
import { SecretError } from '#platform/secret.ts'
import { ConfigError } from '../config.ts'
import { CommandError, note } from './output.ts'
import { createProgram } from './program.ts'

/** Errors whose message is all that a person needs. */
const plain = [
  CommandError,
  ConfigError,
  ContentFileError,
  DatabaseSetupError,
  PortTakenError,
  SecretError,
  StorageError,
]

/** Exit codes. */
const FAILED = 1
const MISUSED = 2

async function run(): Promise<void> {
  try {
    await createProgram().parseAsync(process.argv)
  } catch (error) {
    // Commander has said what is wrong by itself; help and version end with zero.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSED
    else if (!isInterruption(error)) {
      note(describe(error))
      process.exitCode = FAILED
    }
  }
}

/** The person or the system has told the program to stop while it was waiting: nothing is wrong. */
function isInterruption(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (plain.some((kind) => error instanceof kind)) return error.message
  if (process.env['HUB_LOG'] === 'debug') return error.stack ?? error.message
  const cause = error.cause instanceof Error ? ` (${firstLine(error.cause)})` : ''
  return `Unexpected: ${firstLine(error)}${cause} HUB_LOG=debug shows where.`
}

function firstLine({ message, name }: Error): string {
  return message.split('\n', 1)[0] || name
}

// Whoever reads the output may leave before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

await run()
