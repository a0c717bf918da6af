import { headerWords } from './address.ts'
import type { SendMessage } from './sender.ts'
import { claimMessage, markSent, markUnsent, type MailDb, type Message } from './store.ts'

export interface Delivery {
  readonly db: MailDb
  readonly send: SendMessage
  readonly now: () => string
}

const minute = 60
const hour = 60 * minute

/** Somebody else takes a message up when whoever took it has not said by then what came of it, in seconds. */
const CLAIM = 10 * minute

/** A message is tried for so long, in seconds; then it waits for somebody to look. */
const GIVE_UP = 7 * 24 * hour

const after = (now: string, seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString()

/**
 * Sends every message that is due. One that could not be sent waits, longer each time: a minute, two, four … six hours. A
 * server that is not there ends the round: the others would fare the same. Returns how many were sent.
 */
export async function deliverDue({ db, send, now }: Delivery): Promise<number> {
  for (let sent = 0; ;) {
    const message = await claimMessage(db, now(), after(now(), CLAIM))
    if (!message) return sent
    if (message.body === null || (message.expiresAt !== null && message.expiresAt <= now())) {
      await markUnsent(db, message.id, null, null)
      continue
    }
    try {
      await send(message)
      await markSent(db, message, now())
      sent += 1
    } catch (error) {
      const failure = readFailure(error)
      await markUnsent(db, message.id, failure.words, failure.isFinal ? null : nextTry(message, now()))
      if (failure.isOfServer) return sent
    }
  }
}

/** When to try again a message that was tried so often; null: no more. */
export function nextTry({ createdAt, attempts }: Pick<Message, 'createdAt' | 'attempts'>, now: string): string | null {
  const pause = Math.min(6 * hour, minute * 2 ** Math.min(attempts - 1, 20))
  const next = after(now, pause)
  return next > after(createdAt, GIVE_UP) ? null : next
}

interface Failure {
  readonly words: string
  /** Trying again would be refused again. */
  readonly isFinal: boolean
  /** Nothing to do with this message. */
  readonly isOfServer: boolean
}

/** What a mail server's refusal means (RFC 5321 §4.2.1: 5xx is for good). */
function readFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { words: 'unknown', isFinal: false, isOfServer: true }
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const isOfMessage = code === 'EENVELOPE' || code === 'EMESSAGE'
  return {
    words: headerWords(error.message, 500) || error.name,
    isFinal: isOfMessage && status >= 500,
    isOfServer: !isOfMessage,
  }
}
