/** What an error answer is about, as far as a reader can do something about it. */
export type ErrorKind =
  'not-found' | 'bad-request' | 'method' | 'too-long' | 'too-large' | 'too-many' | 'unavailable' | 'fault'

/** An error that knows its answer. Thrown deep, turned into a page or a problem in one place (`platform/http/answer-error.ts`). */
export abstract class HubError extends Error {
  abstract readonly status: number
  /** Headers that belong to the answer, such as `Allow` or `Retry-After`. */
  readonly headers: Readonly<Record<string, string>> = {}
}

/** There is no such thing, or it is not this reader's to know of. */
export class NotFoundError extends HubError {
  override name = 'NotFoundError'
  readonly status = 404
  constructor(what = 'page') {
    super(`There is no such ${what}`)
  }
}

/** The deed is known and refused; for what somebody may not even see, `NotFoundError` is the answer. */
export class ForbiddenError extends HubError {
  override name = 'ForbiddenError'
  readonly status = 403
  constructor(deed: string) {
    super(`Not allowed: ${deed}`)
  }
}

/** Something sent cannot be read; `place` says where (`query "page"`, `row 17, column "date"`). */
export class InvalidInputError extends HubError {
  override name = 'InvalidInputError'
  readonly status = 400
  readonly place: string
  readonly problem: string
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`)
    this.place = place
    this.problem = problem
  }
}

/** The page exists and does not do this; `Allow` lists what it does. */
export class MethodNotAllowedError extends HubError {
  override name = 'MethodNotAllowedError'
  readonly status = 405
  override readonly headers: Readonly<Record<string, string>>
  constructor(allowed: readonly string[]) {
    super(`Only ${allowed.join(', ')} can be used here`)
    this.headers = { allow: allowed.join(', ') }
  }
}

/** A method that no page of the hub knows. */
export class MethodUnknownError extends HubError {
  override name = 'MethodUnknownError'
  readonly status = 501
  constructor() {
    super('The hub does not know this method')
  }
}

/** The address is longer than `limit` characters. */
export class AddressTooLongError extends HubError {
  override name = 'AddressTooLongError'
  readonly status = 414
  constructor(limit: number) {
    super(`An address may have ${limit} characters`)
  }
}

/** The request's header fields are more than the hub reads. */
export class HeadersTooLargeError extends HubError {
  override name = 'HeadersTooLargeError'
  readonly status = 431
  constructor() {
    super('The header fields of the request are too large')
  }
}

/** The body is larger than `limit` bytes. */
export class BodyTooLargeError extends HubError {
  override name = 'BodyTooLargeError'
  readonly status = 413
  constructor(limit: number) {
    super(`A request may carry ${limit} bytes`)
  }
}

/** The request did not arrive in time. */
export class RequestTimeoutError extends HubError {
  override name = 'RequestTimeoutError'
  readonly status = 408
  constructor() {
    super('The request took too long to arrive')
  }
}

/** Too many requests from one address; `seconds` until the next may be made. */
export class TooManyRequestsError extends HubError {
  override name = 'TooManyRequestsError'
  readonly status = 429
  override readonly headers: Readonly<Record<string, string>>
  constructor(seconds: number, headers: Readonly<Record<string, string>> = {}) {
    super(`Too many requests; try again in ${seconds} s`)
    this.headers = { ...headers, 'retry-after': String(seconds) }
  }
}

/** The hub cannot answer yet; `missing` says what it waits for. */
export class UnavailableError extends HubError {
  override name = 'UnavailableError'
  readonly status = 503
  override readonly headers = { 'retry-after': '5' }
  readonly missing: string
  constructor(missing: string) {
    super(`The hub waits for ${missing}`)
    this.missing = missing
  }
}
