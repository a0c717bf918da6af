import { sql, type Kysely } from 'kysely'
import { makeId } from '#platform/ids.ts'
import type { Instant } from '#platform/time.ts'
import type { Grant, Role } from './domain.ts'
import type { AccountTables } from './schema.ts'

export type AccountDb = Kysely<AccountTables>

export type AccountStatus = 'active' | 'suspended' | 'erased'

/** Somebody's account, with what it may do. */
export interface Account {
  readonly id: string
  /** Null once it was erased. */
  readonly email: string | null
  readonly emailVerified: boolean
  /** Empty when they chose to be "former member". */
  readonly name: string
  readonly lang: string
  readonly status: AccountStatus
  readonly hasSecondFactor: boolean
  readonly hasPassword: boolean
  readonly passkeys: number
  readonly createdAt: Instant
  /** When they were last here; null: never. */
  readonly seenAt: Instant | null
  readonly grants: readonly Grant[]
}

function accountQuery(db: AccountDb) {
  return db
    .selectFrom('account')
    .select(['id', 'email', 'email_verified', 'name', 'lang', 'status', 'two_factor_enabled', 'created_at'])
    .select(
      sql<
        Grant[]
      >`(select coalesce(json_agg(json_build_object('role', role, 'scope', scope) order by role, scope), '[]')
        from role_grant where user_id = account.id)`.as('grants'),
    )
    .select(sql<Instant | null>`(select max(seen_at) from visit where user_id = account.id)`.as('seen_at'))
    .select(
      sql<boolean>`exists (select from credential where user_id = account.id and password is not null)`.as(
        'has_password',
      ),
    )
    .select(sql<number>`(select count(*) from passkey where user_id = account.id)`.as('passkeys'))
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof accountQuery>['executeTakeFirstOrThrow']>>

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  email: row.email,
  emailVerified: row.email_verified,
  name: row.name,
  lang: row.lang,
  status: row.status,
  hasSecondFactor: row.two_factor_enabled,
  hasPassword: row.has_password,
  passkeys: row.passkeys,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  grants: row.grants,
})

/** One account by its id, erased ones too; null when there is none. */
export async function findUser(db: AccountDb, id: string): Promise<Account | null> {
  const row = await accountQuery(db).where('id', '=', id).executeTakeFirst()
  return row ? toAccount(row) : null
}

/** The account of an address in lower case, or null. */
export async function findUserByEmail(db: AccountDb, email: string): Promise<Account | null> {
  const row = await accountQuery(db).where('email', '=', email).executeTakeFirst()
  return row ? toAccount(row) : null
}

const PAGE = 50

export interface PeopleFilter {
  /** Part of a name or an address. */
  readonly search?: string
  readonly role?: Role
  readonly status?: AccountStatus
  /** The first is 1. */
  readonly page?: number
}

/** Accounts by name, fifty a page; erased ones only when asked for. */
export async function listPeople(
  db: AccountDb,
  { search, role, status, page = 1 }: PeopleFilter = {},
): Promise<{ items: Account[]; total: number }> {
  let query = accountQuery(db).select(sql<number>`count(*) over ()`.as('total'))
  query = status ? query.where('status', '=', status) : query.where('status', '<>', 'erased')
  if (role)
    query = query.where(sql<boolean>`exists (select from role_grant where user_id = account.id and role = ${role})`)
  if (search) {
    const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(sql<boolean>`(lower(name) like ${pattern} or email like ${pattern})`)
  }
  const rows = await query
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute()
  return { items: rows.map(toAccount), total: rows[0]?.total ?? 0 }
}

/** Names by account id, for histories; a former member who did not leave their name is not among them. */
export async function readAccountNames(db: AccountDb, ids: readonly string[]): Promise<Map<string, string>> {
  const unique = [...new Set(ids)].filter((id) => id.startsWith('usr_'))
  if (unique.length === 0) return new Map()
  const rows = await db
    .selectFrom('account')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${unique})`)
    .where('name', '<>', '')
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export interface NewAccount {
  readonly email: string
  readonly name: string
  readonly lang: string
  readonly emailVerified?: boolean
}

/** Makes an account without any way to sign in yet; returns its id. */
export async function insertUser(tx: AccountDb, account: NewAccount, now: Instant): Promise<string> {
  const id = makeId('usr', now)
  const { email, name, lang, emailVerified = false } = account
  await tx
    .insertInto('account')
    .values({
      id,
      email,
      name,
      lang,
      email_verified: emailVerified,
      status: 'active',
      two_factor_enabled: false,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

/** Changes what an account says of its owner. */
export async function updateAccount(
  tx: AccountDb,
  id: string,
  change: Partial<Pick<AccountTables['account'], 'name' | 'lang' | 'email' | 'email_verified' | 'status'>>,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('account')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Makes somebody's grants be exactly these. */
export async function replaceGrants(
  tx: AccountDb,
  userId: string,
  grants: readonly Grant[],
  by: string,
  now: Instant,
): Promise<void> {
  const pairs = grants.map(({ role, scope }) => `${role} ${scope}`)
  await tx
    .deleteFrom('role_grant')
    .where('user_id', '=', userId)
    .where(sql<boolean>`not (role || ' ' || scope = any(${pairs}))`)
    .execute()
  await addGrants(tx, userId, grants, by, now)
}

/** Adds grants to those somebody has. */
export async function addGrants(
  tx: AccountDb,
  userId: string,
  grants: readonly Grant[],
  by: string,
  now: Instant,
): Promise<void> {
  if (grants.length === 0) return
  await tx
    .insertInto('role_grant')
    .values(grants.map((grant) => ({ user_id: userId, ...grant, granted_by: by, granted_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** How many accounts in use have the role of administrator, beside one. */
export async function countOtherAdmins(tx: AccountDb, userId: string): Promise<number> {
  const row = await tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.user_id')
    .select(sql<number>`count(distinct account.id)`.as('count'))
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('account.id', '<>', userId)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Whether anybody in use administers the hub. */
export const hasAdmin = async (db: AccountDb): Promise<boolean> => (await countOtherAdmins(db, '')) > 0

/** Roles whose holders must have a second factor. */
export async function listSecondFactorRoles(db: AccountDb): Promise<Role[]> {
  const rows = await db
    .selectFrom('role_rule')
    .select('role')
    .where('second_factor', '=', true)
    .orderBy('role')
    .execute()
  return rows.map((row) => row.role)
}

/** Says whether holders of a role must have a second factor. */
export async function saveSecondFactorRule(tx: AccountDb, role: Role, isRequired: boolean): Promise<void> {
  await tx
    .insertInto('role_rule')
    .values({ role, second_factor: isRequired })
    .onConflict((conflict) => conflict.column('role').doUpdateSet({ second_factor: isRequired }))
    .execute()
}
