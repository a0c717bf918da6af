import type { MessageKey } from '#platform/i18n/index.ts'
import { queueMessage } from '#platform/mail/index.ts'
import { formatInstant } from '#platform/time.ts'
import type { Instant } from '#platform/time.ts'
import type { AccountDeps } from './deps.ts'
import type { AccountDb } from './store.ts'

/** Every mail about accounts: what it is about, and the words for it. */
const mails = {
  invitation: { subject: 'mail.invitation.subject', body: 'mail.invitation.body' },
  'sign-in.link': { subject: 'mail.link.subject', body: 'mail.link.body' },
  'sign-in.reset': { subject: 'mail.reset.subject', body: 'mail.reset.body' },
  'account.email': { subject: 'mail.email.subject', body: 'mail.email.body' },
  'account.email-changed': { subject: 'mail.emailChanged.subject', body: 'mail.emailChanged.body' },
  'account.password': { subject: 'mail.password.subject', body: 'mail.password.body' },
  'account.second-factor': { subject: 'mail.secondFactor.subject', body: 'mail.secondFactor.body' },
  'account.passkey': { subject: 'mail.passkey.subject', body: 'mail.passkey.body' },
} as const satisfies Readonly<Record<string, { subject: MessageKey; body: MessageKey }>>

export type AccountMail = keyof typeof mails

export interface MailTo {
  readonly address: string
  readonly name: string
  readonly lang: string
  readonly userId: string | null
}

/**
 * Queues a mail about an account, in its reader's language. One with a link holds it on a line of its own and is not sent
 * after the link has expired. The words are read before the transaction: `hubName` asks the database.
 */
export async function queueAccountMail(
  tx: AccountDb,
  deps: Pick<AccountDeps, 'sayIn' | 'now'>,
  mail: { kind: AccountMail; to: MailTo; hub: string; link?: string; expiresAt?: Instant },
): Promise<void> {
  const { kind, to, hub, link, expiresAt } = mail
  const t = deps.sayIn(to.lang)
  const words = mails[kind]
  const values = {
    hub,
    // An invitation may know no more of somebody than their address.
    name: to.name === '' ? to.address : to.name,
    link: link ?? '',
    until: expiresAt === undefined ? '' : `${formatInstant(expiresAt, to.lang, 'UTC')} UTC`,
  }
  const message = {
    kind,
    to: { address: to.address, name: to.name, userId: to.userId },
    lang: to.lang,
    subject: t(words.subject, values),
    body: `${t(words.body, values)}\n`,
    isSecret: link !== undefined,
    ...(expiresAt !== undefined && { expiresAt }),
  }
  await queueMessage(tx.$pickTables<'mail'>(), message, deps.now())
}
