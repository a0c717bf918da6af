import type { Context } from 'hono'
import type { Peer } from './client-address.ts'
import type { HubEnv } from './env.ts'

/** The other end of a request's connection. Without a connection, in memory, it is this machine. */
export function peerOf(c: Context<HubEnv>): Peer {
  const incoming = c.env?.incoming
  return {
    remoteAddress: incoming ? incoming.socket.remoteAddress : '127.0.0.1',
    forwardedFor: c.req.header('x-forwarded-for'),
    isForwarded: c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined,
  }
}
