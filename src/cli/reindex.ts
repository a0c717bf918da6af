import { Command } from 'commander'
import { rebuildIndex } from '#features/search/index.ts'
import { readConfig } from '../config.ts'
import { passageSources } from '../search-sources.ts'
import { withDatabase } from './database.ts'
import { say } from './output.ts'

/** `reindex`: reads everything that the search finds again. */
export function reindexCommand(): Command {
  return new Command('reindex')
    .summary('read again all that the search finds')
    .description(
      'Reads every text, and every page of a file, into the index of the search again, and says how far it is. The hub answers ' +
        'from what is there meanwhile. Broken off, the hub goes on by itself; it can be run again safely.',
    )
    .action(async () => {
      await withDatabase(readConfig(process.env), async ({ kysely }) => {
        let last = 0
        const progress = (done: number, total: number) => {
          last = total
          say(`${done} of ${total}`)
        }
        await rebuildIndex(kysely.$pickTables(), passageSources(kysely), { progress })
        say(`The index is new: ${last} records and files were read.`)
      })
    })
}
