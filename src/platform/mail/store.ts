import { sql, type Kysely } from 'kysely'
import { InvalidInputError } from '#platform/errors.ts'
import { makeId } from '#platform/ids.ts'
import type { Instant } from '#platform/time.ts'
import { headerWords, readAddress } from './address.ts'
import type { MailTables } from './schema.ts'

export type MailDb = Kysely<MailTables>

/** A message to one person, in their language. */
export interface NewMessage {
  /** What it is about: `sign-in.link`, `invitation`. */
  readonly kind: string
  readonly to: { readonly address: string; readonly name?: string; readonly userId?: string | null }
  readonly lang: string
  readonly subject: string
  /** Plain text. */
  readonly body: string
  /** Holds a link that signs in: its body is forgotten once it was sent. */
  readonly isSecret?: boolean
  /** Not sent after this: a link that has expired helps nobody. */
  readonly expiresAt?: Instant
}

export type MessageState = 'waiting' | 'sent' | 'failed' | 'expired'

export interface Message {
  readonly id: string
  readonly kind: string
  readonly userId: string | null
  readonly to: { readonly address: string; readonly name: string }
  readonly lang: string
  readonly subject: string
  /** Null once it was forgotten. */
  readonly body: string | null
  readonly isSecret: boolean
  readonly state: MessageState
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly nextTryAt: Instant | null
  readonly attempts: number
  readonly lastError: string | null
  readonly sentAt: Instant | null
}

/** Puts a message into the outbox, in the transaction of what it tells. Throws when the address is none. */
export async function queueMessage(tx: MailDb, message: NewMessage, now: Instant): Promise<string> {
  const address = readAddress(message.to.address)
  if (address === null) throw new InvalidInputError('e-mail address', 'is no address that mail can be sent to')
  const id = makeId('msg', now)
  await tx
    .insertInto('mail')
    .values({
      id,
      kind: message.kind,
      user_id: message.to.userId ?? null,
      to_address: address,
      to_name: headerWords(message.to.name ?? ''),
      lang: message.lang,
      subject: headerWords(message.subject),
      body: message.body.replaceAll('\0', ''),
      is_secret: message.isSecret ?? false,
      created_at: now,
      expires_at: message.expiresAt ?? null,
      next_try_at: now,
      attempts: 0,
    })
    .execute()
  return id
}

const columns = [
  'id',
  'kind',
  'user_id',
  'to_address',
  'to_name',
  'lang',
  'subject',
  'body',
  'is_secret',
  'created_at',
  'expires_at',
  'next_try_at',
  'attempts',
  'last_error',
  'sent_at',
] as const

type MailRow = Pick<MailTables['mail'], (typeof columns)[number]>

function toMessage(row: MailRow): Message {
  const { id, kind, lang, subject, body, attempts } = row
  return {
    id,
    kind,
    lang,
    subject,
    body,
    attempts,
    userId: row.user_id,
    to: { address: row.to_address, name: row.to_name },
    isSecret: row.is_secret,
    state: stateOf(row),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    nextTryAt: row.next_try_at,
    lastError: row.last_error,
    sentAt: row.sent_at,
  }
}

function stateOf(row: Pick<MailRow, 'sent_at' | 'next_try_at' | 'last_error'>): MessageState {
  if (row.sent_at !== null) return 'sent'
  if (row.next_try_at !== null) return 'waiting'
  return row.last_error === null ? 'expired' : 'failed'
}

const conditions: Readonly<Record<MessageState, string>> = {
  waiting: 'sent_at is null and next_try_at is not null',
  sent: 'sent_at is not null',
  failed: 'sent_at is null and next_try_at is null and last_error is not null',
  expired: 'sent_at is null and next_try_at is null and last_error is null',
}

const PAGE = 50

/** Messages of the outbox, newest first, fifty a page; the first page is 1. */
export async function listMessages(
  db: MailDb,
  { page = 1, state }: { readonly page?: number; readonly state?: MessageState } = {},
): Promise<{ items: Message[]; total: number }> {
  const within = state === undefined ? sql<boolean>`true` : sql.raw<boolean>(conditions[state])
  const rows = await db
    .selectFrom('mail')
    .select(columns)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where(within)
    .orderBy('number', 'desc')
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute()
  return { items: rows.map(toMessage), total: rows[0]?.total ?? 0 }
}

/** How many messages stand in each state. */
export async function countMessages(db: MailDb): Promise<Readonly<Record<MessageState, number>>> {
  const count = (state: MessageState) => sql<number>`count(*) filter (where ${sql.raw(conditions[state])})`.as(state)
  return db
    .selectFrom('mail')
    .select([count('waiting'), count('sent'), count('failed'), count('expired')])
    .executeTakeFirstOrThrow()
}

/** One message, or null. */
export async function findMessage(db: MailDb, id: string): Promise<Message | null> {
  const row = await db.selectFrom('mail').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? toMessage(row) : null
}

/** Every message to one person, oldest first. */
export async function listMessagesTo(db: MailDb, userId: string): Promise<Message[]> {
  const rows = await db.selectFrom('mail').select(columns).where('user_id', '=', userId).orderBy('number').execute()
  return rows.map(toMessage)
}

/** Tries a message that was not sent once more, now. False when it was sent, has expired, or was forgotten. */
export async function retryMessage(db: MailDb, id: string, now: Instant): Promise<boolean> {
  const changed = await db
    .updateTable('mail')
    .set({ next_try_at: now })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .where('body', 'is not', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Takes a message away for good; whether there was one. */
export async function deleteMessage(db: MailDb, id: string): Promise<boolean> {
  const gone = await db.deleteFrom('mail').where('id', '=', id).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Takes the message that has waited longest; nobody else gets it until `until`. Null when none is due. */
export async function claimMessage(db: MailDb, now: Instant, until: Instant): Promise<Message | null> {
  const row = await db
    .updateTable('mail')
    .set((set) => ({ next_try_at: until, attempts: set('attempts', '+', 1) }))
    .where('id', '=', (where) =>
      where
        .selectFrom('mail')
        .select('id')
        .where('sent_at', 'is', null)
        .where('next_try_at', '<=', now)
        .orderBy('next_try_at')
        .orderBy('number')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(columns)
    .executeTakeFirst()
  return row ? toMessage(row) : null
}

/** Notes that a message was sent; what signs in is forgotten. */
export async function markSent(db: MailDb, { id, isSecret }: Message, now: Instant): Promise<void> {
  await db
    .updateTable('mail')
    .set({ sent_at: now, next_try_at: null, last_error: null, ...(isSecret && { body: null }) })
    .where('id', '=', id)
    .execute()
}

/** Notes that a message was not sent, and when to try again; null: no more. */
export async function markUnsent(
  db: MailDb,
  id: string,
  error: string | null,
  nextTryAt: Instant | null,
): Promise<void> {
  await db.updateTable('mail').set({ last_error: error, next_try_at: nextTryAt }).where('id', '=', id).execute()
}

/** Forgets the bodies of messages from before an instant, and the messages themselves from before an earlier one. */
export async function forgetMessages(db: MailDb, bodiesBefore: Instant, before: Instant): Promise<void> {
  await db
    .updateTable('mail')
    .set({ body: null, next_try_at: null })
    .where('created_at', '<', bodiesBefore)
    .where('body', 'is not', null)
    .execute()
  await db.deleteFrom('mail').where('created_at', '<', before).execute()
}
