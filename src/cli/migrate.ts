import { Command } from 'commander'
import { migrations } from '#migrations/index.ts'
import { migrate } from '#platform/db/index.ts'
import { readConfig } from '../config.ts'
import { openBeside } from './database.ts'
import { say } from './output.ts'

/** `migrate`: brings the database to the state this release needs. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .summary('bring the database to the state of this release')
    .description(
      'Runs the migrations that the database has not been through, all or none, and lists them. ' +
        'The hub does this by itself at every start; it can be run again safely.',
    )
    .action(async () => {
      const database = await openBeside(readConfig(process.env))
      try {
        const done = await migrate(database.kysely, migrations)
        for (const name of done) say(`migrated ${name}`)
        say(done.length === 0 ? 'The database is up to date.' : `${done.length} migrations were run.`)
      } finally {
        await database.close()
      }
    })
}
