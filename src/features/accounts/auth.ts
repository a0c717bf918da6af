import { randomBytes } from 'node:crypto'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { genericOAuth, magicLink, twoFactor } from 'better-auth/plugins'
import { z } from 'zod'
import { encode32 } from '#platform/ids.ts'
import { authOptions } from './auth-options.ts'
import type { AccountDeps, SignOn } from './deps.ts'
import type { AccountMail } from './mails.ts'
import { linkLife } from './rules.ts'
import { after } from './tokens.ts'

/** A link that signs in or sets a password, for one account. */
export interface SentLink {
  readonly kind: Extract<AccountMail, 'sign-in.link' | 'sign-in.reset'>
  readonly userId: string
  readonly token: string
  readonly expiresAt: string
  /** Where to go afterwards. */
  readonly to: string | null
}

export interface AuthDeps extends Pick<AccountDeps, 'accounts' | 'origin' | 'secret' | 'languages' | 'signOn'> {
  readonly sendLink: (link: SentLink) => Promise<void>
  readonly onFault: (message: string) => void
}

/** Begins a visit for somebody the hub itself vouches for: who accepts an invitation. It has no address. */
const openVisit = createAuthEndpoint.serverOnly(
  { method: 'POST', body: z.object({ userId: z.string() }) },
  async (ctx) => {
    const session = await ctx.context.internalAdapter.createSession(ctx.body.userId)
    const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId)
    if (!session || !user) throw new APIError('UNAUTHORIZED')
    await setSessionCookie(ctx, { session, user })
    return ctx.json({ ok: true })
  },
)

/** Who has taken the first step in this browser, by the signed cookie of that step. It has no address either. */
const firstStep = createAuthEndpoint.serverOnly({ method: 'POST' }, async (ctx) => {
  const { createAuthCookie, internalAdapter, secret } = ctx.context
  const step = await ctx.getSignedCookie(createAuthCookie('two_factor').name, secret)
  const kept = step ? await internalAdapter.findVerificationValue(step) : null
  const user = kept && kept.expiresAt > new Date() ? await internalAdapter.findUserById(kept.value) : null
  return { email: user?.email ?? null }
})

/**
 * better-auth as a library: it keeps passwords, links, second factors, passkeys and the sign-on. Its own JSON interface is
 * not served; the hub's pages call `api`. Loading it takes half a second and 50 MB, so nobody does before somebody signs in.
 */
export function createAuth(deps: AuthDeps) {
  return betterAuth({
    ...authOptions(deps),
    plugins: [
      { id: 'hub', endpoints: { openVisit, firstStep } },
      magicLink({
        expiresIn: linkLife.signIn,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: async ({ token, metadata }) => {
          const { userId, to } = z.object({ userId: z.string(), to: z.string().nullable() }).parse(metadata)
          const expiresAt = after(new Date().toISOString(), linkLife.signIn)
          await deps.sendLink({ kind: 'sign-in.link', userId, token, expiresAt, to })
        },
      }),
      secondFactor(),
      passkey({
        rpID: new URL(deps.origin).hostname,
        rpName: new URL(deps.origin).hostname,
        origin: deps.origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // It stands in for password and second factor, so it has to know its owner.
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED')
          },
        },
        schema: {
          passkey: {
            fields: {
              publicKey: 'public_key',
              userId: 'user_id',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
      ...(deps.signOn ? [signOnPlugin(deps.signOn)] : []),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Ways in that prove one thing only; a passkey proves two. */
const singleProof = /^\/(sign-in\/email|magic-link\/verify|callback\/.*)$/

/** The second factor is asked for behind every way in, not behind the password alone. */
function secondFactor() {
  const plugin = twoFactor({
    allowPasswordless: true,
    twoFactorCookieMaxAge: 600,
    backupCodeOptions: { customBackupCodesGenerate: makeRecoveryCodes },
    accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 },
    schema: {
      user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
      twoFactor: {
        modelName: 'second_factor',
        fields: {
          userId: 'user_id',
          backupCodes: 'backup_codes',
          failedVerificationCount: 'failed_verification_count',
          lockedUntil: 'locked_until',
        },
      },
    },
  })
  const after = plugin.hooks.after.map((hook) => ({
    ...hook,
    matcher: (context: { path?: string }) => singleProof.test(context.path ?? ''),
  }))
  return { ...plugin, hooks: { after } }
}

/** Ten codes of fifty bits, in letters and digits that nobody takes for another. */
function makeRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const code = encode32(BigInt(`0x${randomBytes(7).toString('hex')}`), 10)
    return `${code.slice(0, 5)}-${code.slice(5)}`
  })
}

function signOnPlugin({ issuer, clientId, clientSecret, newPeople }: SignOn) {
  return genericOAuth({
    config: [
      {
        providerId: 'sign-on',
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        ...(clientSecret === null ? { tokenEndpointAuth: { method: 'none' } } : { clientSecret }),
        scopes: ['openid', 'email', 'profile'],
        requireIdTokenVerification: true,
        pkce: true,
        disableSignUp: newPeople === 'refuse',
        mapProfileToUser: (profile) => ({
          name: (profile.name ?? profile.email ?? '').slice(0, 200),
          image: undefined,
        }),
      },
    ],
  })
}
