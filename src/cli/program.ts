import { Command } from 'commander'
import { readRelease } from '#platform/root.ts'
import { doctorCommand } from './doctor.ts'
import { importPageCommand } from './import-page.ts'
import { exportPublicationsCommand } from './export-publications.ts'
import { importPublicationsCommand } from './import-publications.ts'
import { importRedirectsCommand } from './import-redirects.ts'
import { importVocabularyCommand } from './import-vocabulary.ts'
import { migrateCommand } from './migrate.ts'
import { reindexCommand } from './reindex.ts'
import { seedCommand } from './seed.ts'
import { startCommand } from './start.ts'
import { userCommand } from './user.ts'
import { workCommand } from './work.ts'
import { exportXliffCommand, importXliffCommand } from './xliff.ts'

/** Every command of the program, as Commander knows them; none ends the process by itself. */
export function createProgram(): Command {
  const program = new Command('passerelle')
    .description('A self-hosted knowledge hub for programmes that learn from each other.')
    .version(readRelease(), '--version', 'print the release')
    .addCommand(startCommand())
    .addCommand(workCommand())
    .addCommand(migrateCommand())
    .addCommand(seedCommand())
    .addCommand(doctorCommand())
    .addCommand(userCommand())
    .addCommand(
      new Command('import')
        .description('bring content in from elsewhere')
        .addCommand(importPageCommand())
        .addCommand(importPublicationsCommand())
        .addCommand(importRedirectsCommand())
        .addCommand(importVocabularyCommand())
        .addCommand(importXliffCommand()),
    )
    .addCommand(
      new Command('export')
        .description('write content for others')
        .addCommand(exportPublicationsCommand())
        .addCommand(exportXliffCommand()),
    )
    .addCommand(reindexCommand())
    .addHelpText('after', '\nSettings come from the environment; docs/operating.md lists them, and every command.')
  for (const command of listCommands(program)) command.exitOverride().showHelpAfterError('(see --help)')
  return program
}

/** A command and all below it. */
function listCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(listCommands)]
}
