import { Command } from 'commander'
import { migrations } from '#migrations/index.ts'
import { migrate } from '#platform/db/index.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { readConfig } from '../config.ts'
import { mailOf, startUpkeep } from '../upkeep.ts'
import { openBeside } from './database.ts'
import { note, say } from './output.ts'
import { untilStopped } from './signals.ts'

const now = () => new Date().toISOString()

/** `work`: runs the jobs alone. */
export function workCommand(): Command {
  return new Command('work')
    .summary('run the jobs without serving pages')
    .description(
      'Takes jobs from the database and runs them until SIGTERM or Ctrl-C. The hub does this by itself; ' +
        'processes of their own are for a hub on a database server whose jobs keep it from answering.',
    )
    .action(async () => {
      const config = readConfig(process.env)
      const stopped = untilStopped()
      const database = await openBeside(config, stopped.signal)
      try {
        await migrate(database.kysely, migrations)
        const log = createLog({ level: config.HUB_LOG })
        const upkeep = startUpkeep({
          config,
          database,
          log,
          metrics: createMetrics(),
          now,
          ...mailOf(config),
          delay: 0,
        })
        say('Working on jobs. Ctrl-C stops it.')
        await stopped.promise
        note('Stopping: the running job is finished first.')
        await upkeep.stop()
      } finally {
        await database.close()
      }
    })
}
