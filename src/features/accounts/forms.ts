import { z } from 'zod'
import type { MessageKey } from '#platform/i18n/index.ts'
import { readAddress } from '#platform/mail/index.ts'
import { purposes } from './domain.ts'
import { passwordLength } from './rules.ts'

const key = (name: MessageKey): string => name

/** An address that mail can be sent to, in lower case. */
const email = z
  .string({ error: key('form.required') })
  .transform((text) => readAddress(text))
  .refine((address) => address !== null, { error: key('accounts.email.wrong') })
  .transform((address) => address ?? '')

const common =
  /^(.)\1+$|^(0?123456789|1234567890|abcdefghijkl|qwertyuiop|azertyuiop)|^(password|passwort|motdepasse|contrase[nñ]a|palavra-?passe|iloveyou|letmein|admin|welcome)+[0-9!.]*$/i

/** A password somebody chooses: a few words rather than one. */
const newPassword = z
  .string({ error: key('form.required') })
  .min(passwordLength.least, { error: key('accounts.password.short') })
  .max(passwordLength.most, { error: key('form.tooLong') })
  .refine((text) => !common.test(text) && new Set(text).size > 4, { error: key('accounts.password.common') })

/** A name as it is shown: no control characters, none that turn the text around it. */
const name = z
  .string({ error: key('form.required') })
  .transform((text) =>
    text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, (found) => (/^\u200c|^\u200d/.test(found) ? found : ' ')),
  )
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, { error: key('form.required') })
      .max(120, { error: key('form.tooLong') }),
  )

const to = z.string().max(2000).optional()
const token = z
  .string()
  .max(200)
  .regex(/^[\w-]+$/)

export const SignInForm = z.object({ email, password: z.string().max(1000).optional(), way: z.string().optional(), to })
export const AddressForm = z.object({ email })
export const TokenForm = z.object({ token, to })
export const ResetForm = z.object({ token, password: newPassword })
export const CodeForm = z.object({
  code: z
    .string({ error: key('form.required') })
    .transform((text) => text.replace(/\s+/g, ''))
    .pipe(
      z
        .string()
        .min(6, { error: key('accounts.code.wrong') })
        .max(20, { error: key('accounts.code.wrong') }),
    ),
  to,
})

const consents = z.array(z.enum(purposes)).max(purposes.length).default([])
const passwordOrNone = z.union([z.literal('').transform(() => null), newPassword]).default(null)

/** Accepting an invitation. */
export const acceptForm = (languages: readonly string[]) =>
  z.object({ name, lang: z.enum(languages), password: passwordOrNone, consent: consents })

/** Becoming the first administrator, who says which address is theirs. */
export const firstForm = (languages: readonly string[]) =>
  z.object({ name, lang: z.enum(languages), email, password: newPassword, consent: consents })

export const profileForm = (languages: readonly string[]) => z.object({ name, lang: z.enum(languages) })
export const EmailForm = z.object({ email, current: z.string().max(1000).optional() })
export const PasswordForm = z.object({ current: z.string().max(1000).optional(), password: newPassword })
export const CurrentForm = z.object({ current: z.string().max(1000).optional() })
export const ConsentForm = z.object({ consent: consents })
export const EraseForm = z.object({
  keep: z.enum(['name', 'former'], { error: key('form.required') }),
  sure: z.literal('on', { error: key('accounts.erase.sure.needed') }),
  current: z.string().max(1000).optional(),
})

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/)

/** What a browser says of a passkey that signed (WebAuthn, AuthenticationResponseJSON). */
export const PasskeySignature = z.object({
  to: z.string().max(2000).optional(),
  response: z.object({
    id: base64url,
    rawId: base64url,
    type: z.literal('public-key'),
    clientExtensionResults: z.looseObject({}).default({}),
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.optional(),
    }),
  }),
})
export type SignedByPasskey = z.infer<typeof PasskeySignature>['response']

/** What a browser says of a passkey it has made (WebAuthn, RegistrationResponseJSON). */
export const NewPasskey = z.object({
  name: z
    .string()
    .max(400)
    .transform((text) =>
      text
        .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
        .trim()
        .slice(0, 80),
    ),
  response: z.object({
    id: base64url,
    rawId: base64url,
    type: z.literal('public-key'),
    clientExtensionResults: z.looseObject({}).default({}),
    response: z.looseObject({ clientDataJSON: base64url, attestationObject: base64url }),
  }),
})
