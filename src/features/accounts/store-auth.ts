import type { KyselyPlugin, PluginTransformResultArgs } from 'kysely'
import { makeId } from '#platform/ids.ts'
import type { AccountDb } from './store.ts'

const instants = new Set(['created_at', 'updated_at', 'expires_at', 'seen_at', 'locked_until'])

/** better-auth compares times as `Date`; the hub's connections give them as text. */
const datesOut: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }: PluginTransformResultArgs) => ({
    ...result,
    rows: result.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'string' && instants.has(name.replace(/^_joined_[a-z]+_/, '')) ? new Date(value) : value,
        ]),
      ),
    ),
  }),
}

const prefixes: Readonly<Record<string, string>> = {
  user: 'usr',
  session: 'vis',
  account: 'cre',
  verification: 'ver',
  twoFactor: 'sec',
  passkey: 'pky',
}

/** The database as better-auth takes it: our connection, one statement at a time, never a transaction of its own. */
export function authDatabase(accounts: AccountDb) {
  return { db: accounts.withPlugin(datesOut), type: 'postgres', transaction: false } as const
}

/** Ids as everywhere in the hub. */
export const makeAuthId = (model: string): string => makeId(prefixes[model] ?? 'aut', new Date().toISOString())

/** Whether an account may sign in. */
export async function isActive(db: AccountDb, userId: string): Promise<boolean> {
  const row = await db.selectFrom('account').select('status').where('id', '=', userId).executeTakeFirst()
  return row?.status === 'active'
}
