import { Command } from 'commander'
import { findUnknownSettings, readConfig } from '../config.ts'
import { startHub } from '../main.ts'
import { note, say } from './output.ts'

/** `start`: runs the hub until it is told to stop. */
export function startCommand(): Command {
  return new Command('start')
    .summary('run the hub')
    .description(
      'Opens the database, brings it to this release, and serves the hub until SIGTERM or Ctrl-C.\n' +
        'Settings come from the environment; docs/operating.md lists them.',
    )
    .action(async () => {
      for (const name of findUnknownSettings(process.env))
        note(`${name} is not a setting of the hub: see docs/operating.md.`)
      const config = readConfig(process.env)
      const stop = new AbortController()
      const stopped = new Promise<void>((resolve) => {
        stop.signal.addEventListener('abort', () => resolve(), { once: true })
      })
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort())
      const hub = await startHub(config, note, stop.signal)
      say(`The hub is open at ${config.HUB_ORIGIN} (listening on ${hub.url}). Ctrl-C stops it.`)
      await stopped
      note('Stopping: running requests are finished first.')
      await hub.stop()
    })
}
