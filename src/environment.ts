import { z } from 'zod'
import { readS3Address } from '#platform/files/s3-address.ts'
import { readSender } from '#platform/mail/address.ts'

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const
export const seedings = ['demo', 'none'] as const
export const machines = ['libretranslate', 'openai'] as const
export const newcomers = ['refuse', 'member'] as const

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

/** A sign-on is asked over https; on this machine, where tests and trials run, http will do. */
const isSafeIssuer = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))

/** What goes into a header as it is. */
const visible = z.string().regex(/^[\x21-\x7e]{1,500}$/)

const databaseUrl = z.string().refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text))

const refuse = (context: z.RefinementCtx): never => {
  context.addIssue({ code: 'custom' })
  return z.NEVER
}

const fields = z.object({
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
  HUB_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/)
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => /^smtps?:\/\/[^\s]+$/.test(text) && URL.canParse(text))
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => readSender(text) !== null)
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine((text) => URL.canParse(text) && isSafeIssuer(new URL(text)))
    .optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
  OIDC_NAME: z.string().max(80).optional(),
  OIDC_NEW_PEOPLE: z.enum(newcomers).default('refuse'),
  TRANSLATE_URL: z
    .string()
    .refine((text) => /^https?:\/\/[^\s@]+$/.test(text) && URL.canParse(text))
    .optional(),
  TRANSLATE_KIND: z.enum(machines).default('libretranslate'),
  TRANSLATE_KEY: z.string().max(2000).optional(),
  TRANSLATE_MODEL: z.string().max(200).optional(),
  FILES_URL: z
    .string()
    .transform((text, context) => readS3Address(text) ?? refuse(context))
    .optional(),
  FILES_KEY: visible.optional(),
  FILES_SECRET: visible.optional(),
  FFMPEG_PATH: z.string().max(1000).default('ffmpeg'),
})

/** Every setting by its name, as it is read from the environment. */
export const Env = fields.superRefine((env, context) => {
  for (const name of ['FILES_KEY', 'FILES_SECRET'] as const) {
    if (env.FILES_URL && env[name] === undefined) context.addIssue({ code: 'custom', path: [name] })
  }
})
