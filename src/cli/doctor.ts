import { Command } from 'commander'
import { migrations } from '#migrations/index.ts'
import { doctorChecks } from '#platform/db/index.ts'
import type { Check } from '#platform/doctor.ts'
import { ConfigError, findUnknownSettings, readConfig, type Config } from '../config.ts'
import { checkKeptFiles } from './doctor-files.ts'
import { checkInstallation } from './doctor-installation.ts'
import { say } from './output.ts'

const marks: Readonly<Record<Check['level'], string>> = { ok: '✓', warning: '!', fault: '✗' }

/** `doctor`: looks an installation over. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .summary('say what is wrong with this installation and how to mend it')
    .description(
      'Looks at the settings, the program, the data folder, the database and the files, and changes nothing. ' +
        'Exits with 1 when something is at fault; warnings alone exit with 0.',
    )
    .option('--json', 'print the checks as JSON')
    .action(async (options: { json?: boolean }) => {
      const checks = await examine(process.env)
      if (options.json) say(JSON.stringify(checks, null, 2))
      else for (const check of checks) describe(check)
      const faults = checks.filter((check) => check.level === 'fault').length
      if (!options.json) say(faults === 0 ? '\nNothing is at fault.' : `\n${faults} at fault.`)
      if (faults > 0) process.exitCode = 1
    })
}

async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const unknown = findUnknownSettings(env).map((name): Check => {
    const mend = 'Compare it with the settings in docs/operating.md.'
    return { id: 'setting', ok: false, level: 'warning', what: `${name} is not a setting of the hub.`, mend }
  })
  let config: Config
  try {
    config = readConfig(env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const mend = 'Correct it in the environment of the hub.'
    return [{ id: 'settings', ok: false, level: 'fault', what: error.message, mend }, ...unknown]
  }
  const database = { dataFolder: config.HUB_DATA, databaseUrl: config.DATABASE_URL, migrations }
  const checks = [...unknown, ...(await checkInstallation(config)), ...(await doctorChecks(database))]
  const isReady = checks.some(({ id, ok }) => id === 'migrations' && ok)
  return isReady ? [...checks, ...(await checkKeptFiles(config, new Date().toISOString().slice(0, 10)))] : checks
}

function describe({ level, what, mend }: Check): void {
  say(`${marks[level]} ${what}`)
  if (mend !== undefined) say(`  → ${mend}`)
}
