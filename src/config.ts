import type { z } from 'zod'
import { Env } from './environment.ts'
import { settings, type Setting } from './settings.ts'

export { settings } from './settings.ts'

export type Config = Readonly<Omit<z.infer<typeof Env>, 'HUB_ORIGIN'> & { HUB_ORIGIN: string }>

/** A setting that cannot be used; the message names it, its value (never a secret's) and what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Reads the settings; an empty value counts as absent. Throws `ConfigError` with a line for each bad one. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(settings.map(({ name }) => [name, env[name]?.trim() || undefined]))
  const parsed = Env.safeParse(given)
  if (!parsed.success) {
    const bad = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
    throw new ConfigError(
      settings
        .filter(({ name }) => bad.has(name))
        .map((setting) => describeBad(setting, given[setting.name] ?? ''))
        .join('\n'),
    )
  }
  const { PORT } = parsed.data
  return Object.freeze({ ...parsed.data, HUB_ORIGIN: parsed.data.HUB_ORIGIN ?? `http://localhost:${PORT || 3000}` })
}

function describeBad({ name, expected, secret }: Setting, value: string): string {
  const shown = secret ? 'has a value that cannot be used' : `is ${JSON.stringify(value.slice(0, 100))}`
  return `${name} ${shown}: expected ${expected}.`
}

/** Variables that look like settings and are none, most likely misspelt: `HUB_ORGIN`. */
export function findUnknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>(settings.map(({ name }) => name))
  return Object.keys(env).filter((name) => name.startsWith('HUB_') && !name.startsWith('HUB_TEST_') && !known.has(name))
}
