import { isIP } from 'node:net'

/** What is known of a connection's other end. */
export type Peer = { remoteAddress: string | undefined; forwardedFor: string | undefined; isForwarded: boolean }

/**
 * Who asks: the peer, or, behind `proxies` of ours, the entry that the outermost of them has added to X-Forwarded-For. Entries
 * further left were written by the one who asks and are not believed. For limits only; it is never logged.
 */
export function clientAddress({ remoteAddress, forwardedFor }: Peer, proxies: number): string {
  const peer = remoteAddress ?? ''
  if (proxies === 0 || forwardedFor === undefined) return plainAddress(peer)
  const entries = forwardedFor.split(',').map((entry) => entry.trim())
  const entry = plainAddress(entries[Math.max(0, entries.length - proxies)] ?? '')
  return isIP(entry) ? entry : plainAddress(peer)
}

/** IPv4 in an IPv6 coat is IPv4; ports and brackets, which some proxies write, go. */
function plainAddress(text: string): string {
  const bare = text.replace(/^\[(.+)\](?::\d+)?$/, '$1').replace(/^::ffff:(?=\d+\.)/i, '')
  return /^\d+(\.\d+){3}:\d+$/.test(bare) ? bare.slice(0, bare.indexOf(':')) : bare
}

/** Whether a program on this machine asks. A request that came through a proxy nobody told us of is not believed to. */
export function isLocalClient(peer: Peer, proxies: number): boolean {
  if (proxies === 0 && peer.isForwarded) return false
  return /^(127\.|::1$)/.test(clientAddress(peer, proxies))
}

/** The network a client belongs to, for limits: one household has one IPv4 address, or a /64 of IPv6. */
export function clientNetwork(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
