import type { BetterAuthOptions } from 'better-auth'
import { z } from 'zod'
import { visitCookie, visitLimits } from './visits.ts'
import type { AuthDeps } from './auth.ts'
import { authDatabase, isActive, makeAuthId } from './store-auth.ts'
import type { SignInMethod } from './store-visits.ts'
import { linkLife, passwordLength } from './rules.ts'
import { useOnce } from './store-guard.ts'
import { after, hideWord, minute } from './tokens.ts'

/** Where better-auth thinks it stands; only the sign-on's way back is a real address. */
const authPath = '/auth'

/** How somebody came in, by the door they used. */
function methodOf(path: string | undefined): SignInMethod {
  if (path === undefined) return 'invitation'
  if (path.startsWith('/callback')) return 'sign-on'
  if (path.startsWith('/magic-link')) return 'link'
  if (path.startsWith('/passkey')) return 'passkey'
  return 'password'
}

const Code = z.object({ code: z.string() })

/** A code of an authenticator works for a minute and a half; somebody who saw it typed shall not use it again. */
async function isFirstUse({ accounts, secret }: AuthDeps, userId: string, body: unknown): Promise<boolean> {
  const now = new Date().toISOString()
  const { code } = Code.parse(body)
  return useOnce(accounts, hideWord(secret, 'code', `${userId} ${code}`), after(now, -2 * minute), now)
}

/** better-auth with the hub's tables, words and rules; it decides nothing about roles. */
export function authOptions(deps: AuthDeps) {
  return {
    appName: 'Passerelle',
    baseURL: deps.origin,
    basePath: authPath,
    secret: deps.secret,
    database: authDatabase(deps.accounts),
    telemetry: { enabled: false },
    onAPIError: { errorURL: `${deps.origin}/${deps.languages[0] ?? 'en'}/sign-in?notice=again` },
    logger: { level: 'error', log: (_level, message) => deps.onFault(`sign-in: ${message}`) },
    // The hub counts by itself, and refuses what other sites send before any of this is asked.
    rateLimit: { enabled: false },
    trustedOrigins: [deps.origin],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      resetPasswordTokenExpiresIn: linkLife.reset,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        const expiresAt = after(new Date().toISOString(), linkLife.reset)
        await deps.sendLink({ kind: 'sign-in.reset', userId: user.id, token, expiresAt, to: null })
      },
    },
    ...tables(deps),
    databaseHooks: hooks(deps),
    advanced: {
      useSecureCookies: deps.origin.startsWith('https:'),
      cookiePrefix: 'hub',
      cookies: { session_token: { name: visitCookie('') } },
      ipAddress: { disableIpTracking: true },
      database: { generateId: ({ model }) => makeAuthId(model) },
      disableCSRFCheck: true,
    },
  } satisfies BetterAuthOptions
}

/** Our names for its tables and columns, and what it may keep in them. */
function tables({ languages }: AuthDeps) {
  return {
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        lang: { type: 'string', input: false, required: false, defaultValue: languages[0] ?? 'en' },
        status: { type: 'string', input: false, required: false, defaultValue: 'active' },
      },
    },
    session: {
      modelName: 'visit',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      additionalFields: {
        method: { type: 'string', input: false, required: false, defaultValue: 'password' },
        seenAt: { type: 'date', input: false, required: false, fieldName: 'seen_at', defaultValue: () => new Date() },
      },
      expiresIn: visitLimits.most,
      disableSessionRefresh: true,
      freshAge: visitLimits.fresh,
    },
    account: {
      modelName: 'credential',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      updateAccountOnSignIn: false,
      // Every account was made by an administrator for an address they named.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: 'hashed',
    },
  } satisfies Partial<BetterAuthOptions>
}

/** What has to be so whichever way somebody comes in. */
function hooks(deps: AuthDeps) {
  return {
    session: {
      create: {
        before: async (session, context) => {
          if (!(await isActive(deps.accounts, session.userId))) return false
          if (context?.path === '/two-factor/verify-totp' && !(await isFirstUse(deps, session.userId, context.body))) {
            return false
          }
          return { data: { ...session, method: methodOf(context?.path), seenAt: new Date() } }
        },
      },
    },
    account: {
      // Who somebody is there is all the hub wants to know; it never acts in their name.
      create: {
        before: async (account) => ({
          data: { ...account, accessToken: null, refreshToken: null, idToken: null, scope: null },
        }),
      },
    },
    user: {
      create: {
        // Only a sign-on makes accounts here, and its word on the address must be sure.
        before: async (user) => (user.emailVerified ? { data: { ...user, image: null } } : false),
      },
    },
  } satisfies BetterAuthOptions['databaseHooks']
}
