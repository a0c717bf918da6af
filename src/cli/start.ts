import { Command } from 'commander'
import { findUnknownSettings, readConfig } from '../config.ts'
import { startHub } from '../main.ts'
import { note, say } from './output.ts'
import { untilStopped } from './signals.ts'

/** `start`: runs the hub until it is told to stop. */
export function startCommand(): Command {
  return new Command('start')
    .summary('run the hub')
    .description(
      'Opens the database, brings it to this release, and serves the hub until SIGTERM or Ctrl-C. ' +
        'Settings come from the environment; docs/operating.md lists them.',
    )
    .action(async () => {
      for (const name of findUnknownSettings(process.env))
        note(`${name} is not a setting of the hub: see docs/operating.md.`)
      const config = readConfig(process.env)
      const stopped = untilStopped()
      const hub = await startHub(config, note, stopped.signal)
      say(`The hub is open at ${config.HUB_ORIGIN} (listening on ${hub.url}). Ctrl-C stops it.`)
      await stopped.promise
      note('Stopping: running requests are finished first.')
      await hub.stop()
    })
}
