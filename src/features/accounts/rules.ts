import { minute } from './tokens.ts'

/** A password is a sentence rather than a word; the upper bound keeps a request from costing more than it should. */
export const passwordLength = { least: 12, most: 256 } as const

/** How long a link works, in seconds: one that sets a password, one that signs in, one that confirms an address. */
export const linkLife = { reset: 60 * minute, signIn: 15 * minute, email: 60 * minute } as const

/** Wrong passwords lock the password of an account, not its other doors. */
export const passwordGuard = { failures: 10, seconds: 15 * minute, lock: 15 * minute } as const

/** Mails that one client can have sent to an address; a client cannot use up what others may ask for. */
export const mailGuard = { failures: 6, seconds: 60 * minute, lock: 60 * minute } as const

/** Mails that can be sent to an address by everybody together. */
export const mailboxGuard = { failures: 31, seconds: 60 * minute, lock: 60 * minute } as const
