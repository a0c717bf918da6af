import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SendMailOptions } from 'nodemailer'
import { readSender } from './address.ts'
import type { Message } from './store.ts'

export interface SenderOptions {
  /** `smtp://…` or `smtps://…`; without it messages are written to `outbox`. */
  readonly smtpUrl: string | undefined
  /** `hub@example.org` or `Name <hub@example.org>`; without it `hub@` and the host of the hub. */
  readonly from: string | undefined
  readonly origin: string
  /** Folder for the messages of a hub without a mail server. */
  readonly outbox: string
}

/** Sends one message; throws when it was not taken. */
export type SendMessage = (message: Message) => Promise<void>

/** Milliseconds. */
const patience = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 } as const

/** Nothing is loaded before the first message. */
export function createSender(options: SenderOptions): SendMessage {
  const { smtpUrl, outbox } = options
  return async (message) => {
    const { createTransport } = await import('nodemailer')
    const mail = toMail(message, options)
    if (smtpUrl === undefined) {
      const { message: written } = await createTransport({
        streamTransport: true,
        buffer: true,
        newline: 'windows',
      }).sendMail(mail)
      await writeToOutbox(outbox, message, written)
      return
    }
    const transport = createTransport({ ...patience, ...connectionOf(smtpUrl) })
    try {
      await transport.sendMail(mail)
    } finally {
      transport.close()
    }
  }
}

/** A password never goes over a wire in the clear, save to this machine; `?requireTLS=false` is for whoever must. */
function connectionOf(smtpUrl: string) {
  const url = new URL(smtpUrl)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const secure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && user !== '' && !isHere && url.searchParams.get('requireTLS') !== 'false',
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
  }
}

function toMail(message: Message, { from, origin }: SenderOptions): SendMailOptions {
  const { hostname } = new URL(origin)
  const { id, to, lang, subject, body, createdAt } = message
  return {
    from: (from === undefined ? null : readSender(from)) ?? { name: '', address: `hub@${hostname}` },
    to: { name: to.name, address: to.address },
    subject,
    text: body ?? '',
    date: createdAt,
    // The same at every try: a reader's program shows it once.
    messageId: `<${id}@${hostname}>`,
    headers: { 'content-language': lang, 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

async function writeToOutbox(folder: string, { id, createdAt }: Message, written: unknown): Promise<void> {
  if (!Buffer.isBuffer(written)) throw new Error('The message could not be written out.')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${createdAt.replace(/[:.]/g, '-')}-${id}.eml`)
  await writeFile(`${path}.part`, written, { mode: 0o600, flush: true })
  await rename(`${path}.part`, path)
}

/** Removes messages that were written before an instant: the name of each file begins with its own. */
export async function emptyOutbox(folder: string, before: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const limit = before.replace(/[:.]/g, '-')
  for (const name of names)
    if (/^\d{4}-.*\.eml$/.test(name) && name < limit) await rm(join(folder, name), { force: true })
}
