import { expect, test } from 'vitest'
import { ConfigError, findUnknownSettings, readConfig, settings } from './config.ts'

test('nothing set is a hub for this machine only', () => {
  expect(readConfig({})).toEqual({
    HUB_DATA: 'data',
    HUB_ORIGIN: 'http://localhost:3000',
    HOST: '127.0.0.1',
    PORT: 3000,
    HUB_SEED: 'demo',
    FFMPEG_PATH: 'ffmpeg',
    HUB_LOG: 'info',
    HUB_TRUST_PROXY: 0,
    OIDC_NEW_PEOPLE: 'refuse',
    TRANSLATE_KIND: 'libretranslate',
  })
})

test('an empty value counts as absent, the origin follows the port, and nothing can be changed afterwards', () => {
  const config = readConfig({ PORT: '8080', HUB_ORIGIN: ' ', HUB_SEED: '' })

  expect(config.HUB_ORIGIN).toBe('http://localhost:8080')
  expect(config.HUB_SEED).toBe('demo')
  expect(Object.isFrozen(config)).toBe(true)
})

test('an origin loses the slash at its end', () => {
  expect(readConfig({ HUB_ORIGIN: 'https://Hub.example.org/' }).HUB_ORIGIN).toBe('https://hub.example.org')
})

const bad = [
  ['PORT', 'abc', 'PORT is "abc": expected a whole number from 0 to 65535.'],
  ['PORT', '65536', 'PORT is "65536": expected a whole number from 0 to 65535.'],
  ['PORT', '-1', 'PORT is "-1": expected a whole number from 0 to 65535.'],
  ['PORT', '3e3', 'PORT is "3e3": expected a whole number from 0 to 65535.'],
  [
    'HUB_ORIGIN',
    'ftp://hub.example',
    'HUB_ORIGIN is "ftp://hub.example": expected an address such as https://hub.example.org, without a path.',
  ],
  [
    'HUB_ORIGIN',
    'https://hub.example/fr',
    'HUB_ORIGIN is "https://hub.example/fr": expected an address such as https://hub.example.org, without a path.',
  ],
  [
    'HUB_ORIGIN',
    'hub.example',
    'HUB_ORIGIN is "hub.example": expected an address such as https://hub.example.org, without a path.',
  ],
  ['HOST', 'my host', 'HOST is "my host": expected a network address such as 127.0.0.1, 0.0.0.0 or ::.'],
  ['HUB_SEED', 'all', 'HUB_SEED is "all": expected one of demo, none.'],
  ['HUB_LOG', 'loud', 'HUB_LOG is "loud": expected one of silent, fatal, error, warn, info, debug.'],
  ['HUB_TRUST_PROXY', 'yes', 'HUB_TRUST_PROXY is "yes": expected a whole number from 0 to 10.'],
] as const

test.each(bad)('%s=%s is refused', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(new ConfigError(message))
})

test('a secret is never shown, and every bad setting is named at once', () => {
  const env = { DATABASE_URL: 'mysql://hub:pa55word@db/hub', HUB_METRICS_TOKEN: 'short', PORT: 'x' }

  expect(() => readConfig(env)).toThrow(
    new ConfigError(
      [
        'PORT is "x": expected a whole number from 0 to 65535.',
        'DATABASE_URL has a value that cannot be used: expected postgres://user:password@host:port/database.',
        'HUB_METRICS_TOKEN has a value that cannot be used: expected at least 16 characters without spaces.',
      ].join('\n'),
    ),
  )
})

test('both spellings of a PostgreSQL address are read', () => {
  for (const scheme of ['postgres', 'postgresql']) {
    expect(readConfig({ DATABASE_URL: `${scheme}://hub:secret@db:5432/hub` }).DATABASE_URL).toBe(
      `${scheme}://hub:secret@db:5432/hub`,
    )
  }
})

test('a misspelt setting is noticed, one of the test runner is not', () => {
  expect(findUnknownSettings({ HUB_ORGIN: 'x', HUB_TEST_ENGINE: 'server', HUB_DATA: 'y', PATH: '/bin' })).toEqual([
    'HUB_ORGIN',
  ])
})

/** A plain value as the table of settings says it; what is made of several settings has none. */
const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

test('every setting has a description and says its default as it is', () => {
  const defaults = new Map(Object.entries(readConfig({})))
  const documented = settings.filter(({ name }) => name !== 'HUB_ORIGIN')

  expect(settings.filter(({ description }) => description === '')).toEqual([])
  expect(documented.map(({ name, fallback }) => [name, fallback])).toEqual(
    documented.map(({ name }) => [name, plain(defaults.get(name))]),
  )
})

const storage = { FILES_KEY: 'key', FILES_SECRET: 'secret/with+signs' }
const placeOf = (FILES_URL: string) => readConfig({ ...storage, FILES_URL }).FILES_URL

test('a storage for files is read from its address, with the key beside it', () => {
  expect(placeOf('s3://127.0.0.1:9000/hub-files?tls=off')).toEqual({
    endpoint: 'http://127.0.0.1:9000',
    bucket: 'hub-files',
    prefix: '',
    region: 'us-east-1',
  })
  expect(placeOf('s3://S3.eu-west-1.example.org/shared/kmh/files/?region=eu-west-1&tls=on')).toEqual({
    endpoint: 'https://s3.eu-west-1.example.org',
    bucket: 'shared',
    prefix: 'kmh/files/',
    region: 'eu-west-1',
  })
})

test.each([
  's3://key:secret@s3.example.org/bucket',
  's3://s3.example.org',
  's3://s3.example.org/',
  's3://s3.example.org/UPPER',
  's3://s3.example.org/bucket/../other',
  's3://s3.example.org/bucket?tls=maybe',
  's3://s3.example.org/bucket?region=',
  's3://s3.example.org/bucket?other=1',
  's3://s3.example.org:port/bucket',
  'https://s3.example.org/bucket',
])('%s is no storage, and is not shown', (FILES_URL) => {
  expect(() => readConfig({ ...storage, FILES_URL })).toThrow(
    new ConfigError(
      'FILES_URL has a value that cannot be used: expected s3://host:port/bucket or s3://host/bucket/prefix?region=eu-west-1, without the key.',
    ),
  )
})

test('a storage without its key is refused', () => {
  expect(() => readConfig({ FILES_URL: 's3://s3.example.org/bucket', FILES_KEY: 'key' })).toThrow(
    new ConfigError('FILES_SECRET has a value that cannot be used: expected the secret that goes with FILES_KEY.'),
  )
})
