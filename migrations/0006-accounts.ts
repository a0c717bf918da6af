import { sql, type Kysely } from 'kysely'

/** People who sign in, how they prove who they are, what they may do, what they agreed to; and the mail that is sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createAccounts(db)
  await createProofs(db)
  await createRights(db)
  await createPrivacy(db)
  await createMail(db)
}

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  // An erased account keeps its row: the history goes on naming its id.
  await sql`
    create table account (
      id text primary key,
      email text unique check (email = lower(email) and length(email) between 3 and 254),
      email_verified boolean not null default false,
      name text not null,
      image text,
      lang text not null default 'en',
      status text not null default 'active' check (status in ('active', 'suspended', 'erased')),
      two_factor_enabled boolean not null default false,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check ((status = 'erased') = (email is null))
    )`.execute(db)
  await sql`
    create table visit (
      id text primary key,
      token text not null unique,
      user_id text not null references account on delete cascade,
      method text not null default 'password',
      created_at timestamptz not null,
      updated_at timestamptz not null,
      seen_at timestamptz not null,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text
    )`.execute(db)
  await sql`create index visit_user on visit (user_id)`.execute(db)
}

async function createProofs(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table credential (
      id text primary key,
      user_id text not null references account on delete cascade,
      provider_id text not null,
      account_id text not null,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      unique (provider_id, account_id)
    )`.execute(db)
  await sql`create index credential_user on credential (user_id)`.execute(db)
  await sql`
    create table passkey (
      id text primary key,
      user_id text not null references account on delete cascade,
      name text,
      public_key text not null,
      credential_id text not null unique,
      counter bigint not null,
      device_type text not null,
      backed_up boolean not null,
      transports text,
      aaguid text,
      created_at timestamptz
    )`.execute(db)
  await sql`create index passkey_user on passkey (user_id)`.execute(db)
  await sql`
    create table second_factor (
      id text primary key,
      user_id text not null unique references account on delete cascade,
      secret text not null,
      backup_codes text not null,
      verified boolean default true,
      failed_verification_count integer default 0,
      locked_until timestamptz
    )`.execute(db)
  await sql`
    create table verification (
      id text primary key,
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db)
  await sql`create index verification_identifier on verification (identifier)`.execute(db)
  // A code or an attempt is counted under a keyed hash: the table does not say whose.
  await sql`
    create table sign_in_guard (
      key text primary key,
      failures integer not null,
      since timestamptz not null,
      locked_until timestamptz
    )`.execute(db)
}

async function createRights(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table role_grant (
      user_id text not null references account on delete cascade,
      role text not null,
      scope text not null default '*',
      granted_by text not null,
      granted_at timestamptz not null,
      primary key (user_id, role, scope)
    )`.execute(db)
  await sql`create index role_grant_role on role_grant (role)`.execute(db)
  await sql`
    create table role_rule (
      role text primary key,
      second_factor boolean not null default false
    )`.execute(db)
  await sql`
    create table invitation (
      id text primary key,
      token_hash text not null unique,
      email text check (email = lower(email)),
      user_id text references account on delete cascade,
      lang text not null,
      name text not null default '',
      grants jsonb not null,
      invited_by text not null,
      created_at timestamptz not null,
      sent_at timestamptz,
      expires_at timestamptz not null,
      accepted_at timestamptz,
      revoked_at timestamptz
    )`.execute(db)
  await sql`
    create table account_event (
      id bigint generated always as identity primary key,
      user_id text not null,
      at timestamptz not null,
      actor text not null,
      verb text not null,
      detail jsonb
    )`.execute(db)
  await sql`create index account_event_user on account_event (user_id, id)`.execute(db)
  await sql`create index account_event_actor on account_event (actor, id)`.execute(db)
}

async function createPrivacy(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent (
      id bigint generated always as identity primary key,
      user_id text not null references account on delete cascade,
      purpose text not null,
      given boolean not null,
      at timestamptz not null,
      lang text not null,
      source text not null
    )`.execute(db)
  await sql`create index consent_user on consent (user_id, purpose, id)`.execute(db)
}

async function createMail(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mail (
      id text primary key,
      number bigint not null unique generated always as identity,
      kind text not null,
      user_id text,
      to_address text not null,
      to_name text not null,
      lang text not null,
      subject text not null,
      body text,
      is_secret boolean not null default false,
      created_at timestamptz not null,
      expires_at timestamptz,
      next_try_at timestamptz,
      attempts integer not null default 0,
      last_error text,
      sent_at timestamptz
    )`.execute(db)
  await sql`create index mail_due on mail (next_try_at) where next_try_at is not null`.execute(db)
  await sql`create index mail_user on mail (user_id)`.execute(db)
}
