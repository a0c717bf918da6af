import type { IncomingMessage } from 'node:http'
import type { HubError } from '#platform/errors.ts'

/** Requests whose address cannot be made a URL; Hono sees them with a stand-in and answers with the error kept here. */
const refusals = new WeakMap<IncomingMessage, HubError>()

export function refuse(incoming: IncomingMessage, error: HubError): void {
  refusals.set(incoming, error)
}

export function refusalOf(incoming: IncomingMessage): HubError | undefined {
  return refusals.get(incoming)
}
