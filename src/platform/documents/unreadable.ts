import type { Unreadable } from './document.ts'

/** A file that is not read, and why. */
export class UnreadableError extends Error {
  override name = 'UnreadableError'
  readonly reason: Unreadable
  constructor(reason: Unreadable, detail = '') {
    super(detail === '' ? reason : detail)
    this.reason = reason
  }
}
