import { logLevels, machines, newcomers, seedings, type Env } from './environment.ts'

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
  {
    name: 'HUB_SECRET',
    fallback: '',
    description:
      'Signs the cookies of people who sign in. Without it the hub makes one and keeps it in HUB_DATA. Hubs that share a ' +
      'database must share it too. When it changes, everybody signs in again and sets up their second factor anew.',
    expected: 'at least 32 characters without spaces',
    secret: true,
  },
  {
    name: 'SMTP_URL',
    fallback: '',
    description: 'Server that sends the mail. Without it each message is written to HUB_DATA/outbox as an .eml file.',
    expected: 'smtp://user:password@host:587, or smtps:// with TLS from the first byte',
    secret: true,
  },
  {
    name: 'MAIL_FROM',
    fallback: '',
    description: 'Sender of the mail. Without it: hub@ and the host of HUB_ORIGIN.',
    expected: 'an address such as hub@example.org, or Name <hub@example.org>',
  },
  {
    name: 'OIDC_ISSUER',
    fallback: '',
    description: 'Address of an OpenID Connect sign-on of your ministry or agency. With OIDC_CLIENT_ID it is offered.',
    expected: 'an https address such as https://login.example.org',
  },
  {
    name: 'OIDC_CLIENT_ID',
    fallback: '',
    description: 'Under which name the sign-on knows the hub.',
    expected: 'at most 500 characters',
  },
  {
    name: 'OIDC_CLIENT_SECRET',
    fallback: '',
    description:
      'What the hub proves itself with to the sign-on; left out for one that asks for none (PKCE is always used).',
    expected: 'at most 2000 characters',
    secret: true,
  },
  {
    name: 'OIDC_NAME',
    fallback: '',
    description: 'What the button on the sign-in page calls the sign-on. Without it: the host of OIDC_ISSUER.',
    expected: 'at most 80 characters',
  },
  {
    name: 'OIDC_NEW_PEOPLE',
    fallback: 'refuse',
    description: 'Somebody the sign-on knows and the hub does not: `refuse` them, or let them in as a `member`.',
    expected: `one of ${newcomers.join(', ')}`,
  },
  {
    name: 'TRANSLATE_URL',
    fallback: '',
    description:
      'Service that makes machine translations when a translator asks for one: the base address of a LibreTranslate, or of ' +
      'an OpenAI-compatible API up to /v1. The texts to translate are sent there. Without it the desk offers none.',
    expected: 'an address such as http://127.0.0.1:5000 or https://api.example.org/v1',
  },
  {
    name: 'TRANSLATE_KIND',
    fallback: 'libretranslate',
    description: 'How that service is spoken to: `libretranslate` or `openai` (chat completions).',
    expected: `one of ${machines.join(', ')}`,
  },
  {
    name: 'TRANSLATE_KEY',
    fallback: '',
    description: 'Key of that service, when it asks for one.',
    expected: 'at most 2000 characters',
    secret: true,
  },
  {
    name: 'TRANSLATE_MODEL',
    fallback: '',
    description: 'Model that an OpenAI-compatible service shall use.',
    expected: 'at most 200 characters',
  },
  {
    name: 'FILES_URL',
    fallback: '',
    description:
      'An S3-compatible storage to keep files in: `s3://host:port/bucket`, with a prefix after the bucket where others use it ' +
      'too, `?region=` (else us-east-1) and `&tls=off` for one without TLS. Without it files are kept in HUB_DATA.',
    expected: 's3://host:port/bucket or s3://host/bucket/prefix?region=eu-west-1, without the key',
    secret: true,
  },
  {
    name: 'FILES_KEY',
    fallback: '',
    description:
      'The access key of that storage. It must be allowed to list the bucket and to read, write and delete in it.',
    expected: 'the access key that goes with FILES_URL',
    secret: true,
  },
  {
    name: 'FILES_SECRET',
    fallback: '',
    description: 'The secret of that key.',
    expected: 'the secret that goes with FILES_KEY',
    secret: true,
  },
  {
    name: 'FFMPEG_PATH',
    fallback: 'ffmpeg',
    description:
      'The program ffmpeg, which makes small films and sounds, pictures and streams of recordings. Without it recordings are ' +
      'offered as they are, and those of which something is taken down are not.',
    expected: 'the path of a program, or its name where the system finds it',
  },
]
