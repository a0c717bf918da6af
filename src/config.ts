import { z } from 'zod'

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const
const seedings = ['demo', 'none'] as const

const origin = z
  .url({ protocol: /^https?$/, hostname: /^[^\s]+$/ })
  .refine((text) => URL.canParse(text) && new URL(text).href.replace(/\/$/, '') === new URL(text).origin)
  .transform((text) => new URL(text).origin)

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((number) => number >= least && number <= most)

const databaseUrl = z.string().refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text))

const Env = z.object({
  HUB_DATA: z.string().default('data'),
  HUB_ORIGIN: origin.optional(),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/)
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  DATABASE_URL: databaseUrl.optional(),
  HUB_SEED: z.enum(seedings).default('demo'),
  HUB_LOG: z.enum(logLevels).default('info'),
  HUB_TRUST_PROXY: wholeNumber(0, 10).default(0),
  HUB_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/)
    .optional(),
})

export type SettingName = keyof typeof Env.shape

export type Setting = {
  readonly name: SettingName
  /** As a person reads it in `docs/operating.md`; nothing when the setting may be absent. */
  readonly fallback: string
  readonly description: string
  /** What a value must be, as the end of "expected …". */
  readonly expected: string
  readonly secret?: true
}

/** Every setting, for the documentation and for the message about a bad one. */
export const settings: readonly Setting[] = [
  {
    name: 'HUB_DATA',
    fallback: 'data',
    description: 'Folder that holds everything the hub keeps: database, files, lock.',
    expected: 'a folder',
  },
  {
    name: 'HUB_ORIGIN',
    fallback: 'http://localhost:PORT',
    description: 'Address that readers use, without a path. With https, browsers are told to stay on https.',
    expected: 'an address such as https://hub.example.org, without a path',
  },
  {
    name: 'HOST',
    fallback: '127.0.0.1',
    description:
      'Network address to listen on. The hub speaks plain HTTP, so only this machine reaches it until you say otherwise: ' +
      '0.0.0.0 or :: for every network, in a container or when the proxy runs elsewhere.',
    expected: 'a network address such as 127.0.0.1, 0.0.0.0 or ::',
  },
  { name: 'PORT', fallback: '3000', description: 'Port to listen on.', expected: 'a whole number from 0 to 65535' },
  {
    name: 'DATABASE_URL',
    fallback: '',
    description: 'A PostgreSQL server, 15 or later. Without it the hub runs its own database in HUB_DATA.',
    expected: 'postgres://user:password@host:port/database',
    secret: true,
  },
  {
    name: 'HUB_SEED',
    fallback: 'demo',
    description: 'What an empty hub starts with: `demo`, the demonstration hub, or `none`.',
    expected: `one of ${seedings.join(', ')}`,
  },
  {
    name: 'HUB_LOG',
    fallback: 'info',
    description: 'The least important kind of log line to write: silent, fatal, error, warn, info or debug.',
    expected: `one of ${logLevels.join(', ')}`,
  },
  {
    name: 'HUB_TRUST_PROXY',
    fallback: '0',
    description:
      'How many proxies of yours stand in front of the hub. Their X-Forwarded-For and X-Request-Id are believed, nobody else’s.',
    expected: 'a whole number from 0 to 10',
  },
  {
    name: 'HUB_METRICS_TOKEN',
    fallback: '',
    description: 'Bearer token for /metrics. Without it /metrics answers only to this machine.',
    expected: 'at least 16 characters without spaces',
    secret: true,
  },
]

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
