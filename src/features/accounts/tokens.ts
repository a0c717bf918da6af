import { createHash, createHmac, randomBytes } from 'node:crypto'

/** A token for a link: 256 bits of chance. */
export const makeToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** What is kept of a word that could be guessed, under the hub's key: an address, a code. */
export const hideWord = (secret: string, purpose: string, word: string): string =>
  createHmac('sha256', secret).update(`${purpose}\n${word}`).digest('base64url')

/** An instant some seconds later, or earlier. */
export const after = (now: string, seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString()

export const minute = 60
export const day = 24 * 3600
