#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { ContentFileError } from '#features/exchange/index.ts'
import { DatabaseSetupError } from '#platform/db/index.ts'
import { PortTakenError } from '#platform/http/index.ts'
import { packageRoot } from '#platform/root.ts'
import { ConfigError } from '../config.ts'
import { doctorCommand } from './doctor.ts'
// import { importPageCommand } from './import-page.ts'
import { migrateCommand } from './migrate.ts'
import { CommandError, note } from './output.ts'
import { seedCommand } from './seed.ts'
import { startCommand } from './start.ts'
import { workCommand } from './work.ts'

/** Errors whose message is all a person needs: no stack. */
const plain = [CommandError, ConfigError, ContentFileError, DatabaseSetupError, PortTakenError]

function readRelease(): string {
  const text: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : ''
}

function createProgram(): Command {
  const program = new Command('passerelle')
    .description('A self-hosted knowledge hub for programmes that learn from each other.')
    .version(readRelease())
    .exitOverride()
    .showHelpAfterError('(see --help)')
  program.addCommand(startCommand())
  program.addCommand(workCommand())
  program.addCommand(migrateCommand())
  program.addCommand(seedCommand())
  program.addCommand(doctorCommand())
  program.addCommand(
    new Command('import').description('Brings content in from elsewhere.'),
  )
  for (const command of program.commands) {
    command.exitOverride()
    for (const below of command.commands) below.exitOverride()
  }
  return program
}

async function run(): Promise<void> {
  try {
    await createProgram().parseAsync(process.argv)
  } catch (error) {
    // Commander has said what is wrong by itself; help and version end with zero.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      process.exitCode = 1
      note(plain.some((kind) => error instanceof kind) && error instanceof Error ? error.message : describe(error))
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

await run()
