import { join } from 'node:path'
import { Command } from 'commander'
import { loadContent } from '#features/exchange/index.ts'
import { packageRoot } from '#platform/root.ts'
import { readConfig } from '../config.ts'
import { openFileStore } from '../file-store.ts'
import { withDatabase } from './database.ts'
import { say } from './output.ts'

/** `seed`: loads the demonstration hub. */
export function seedCommand(): Command {
  return new Command('seed')
    .summary('load the demonstration hub')
    .description(
      'Adds the demonstration content to the hub: seminars, programmes, people, vocabularies in five languages. ' +
        'What is there already is left alone, so it can be run again safely.',
    )
    .option('--from <folder>', 'load another folder of content files instead')
    .action(async (options: { from?: string }) => {
      const folder = options.from ?? join(packageRoot(), 'seeds')
      const config = readConfig(process.env)
      const files = openFileStore(config)
      const loaded = await withDatabase(config, ({ kysely: db }) =>
        loadContent({ db, files }, folder, new Date().toISOString()),
      )
      for (const [step, count] of Object.entries(loaded)) say(`${step}: ${count} new records`)
    })
}
