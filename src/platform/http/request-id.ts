import { randomBytes } from 'node:crypto'

const wellFormed = /^[\w.-]{8,64}$/

/** Makes ids that are short to read aloud: a random start for the process, then a count. */
export function createRequestIds(): () => string {
  const start = randomBytes(5).toString('hex')
  let count = 0
  return () => `${start}-${(++count).toString(36)}`
}

/** The id that a proxy of ours has given a request, if it is one. */
export function inboundRequestId(header: string | undefined): string | undefined {
  return header !== undefined && wellFormed.test(header) ? header : undefined
}
