import { connect, type Socket } from 'node:net'

interface Ranges {
  readonly url: string
  readonly size: number
  readonly seconds: number
}

const connections = 16
const length = 16_000_000

/** Asks for random ranges on sixteen connections for some seconds, with as little work of its own as can be: what is measured is the server. */
export async function readRanges({
  url,
  size,
  seconds,
}: Ranges): Promise<{ readonly bytes: number; readonly errors: number; readonly seconds: number }> {
  const { hostname, port, pathname } = new URL(url)
  const count = { bytes: 0, errors: 0 }
  const from = performance.now()
  const until = from + seconds * 1000
  const ask = () => {
    const first = Math.floor(Math.random() * (size - length))
    return `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nRange: bytes=${first}-${first + length - 1}\r\n\r\n`
  }
  await Promise.all(
    Array.from({ length: connections }, async () => readOne({ hostname, port: Number(port), ask, until }, count)),
  )
  return { ...count, seconds: (performance.now() - from) / 1000 }
}

interface Asking {
  readonly hostname: string
  readonly port: number
  readonly ask: () => string
  readonly until: number
}

async function readOne({ hostname, port, ask, until }: Asking, count: { bytes: number; errors: number }) {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = 0
  const buffer = Buffer.allocUnsafe(262_144)
  const hear = (bytes: number): boolean => {
    let taken = bytes
    if (left === 0) {
      const head = buffer.toString('latin1', 0, Math.min(bytes, 2000))
      const end = head.indexOf('\r\n\r\n')
      if (!head.startsWith('HTTP/1.1 206') || end < 0) {
        count.errors += 1
        socket.destroy()
        return false
      }
      left = length
      taken -= end + 4
    }
    left -= taken
    count.bytes += taken
    if (left === 0) {
      if (performance.now() < until) socket.write(ask())
      else socket.end()
    }
    return true
  }
  const socket: Socket = connect({ host: hostname, port, onread: { buffer, callback: hear } })
  socket.once('connect', () => socket.write(ask()))
  socket.once('error', () => (count.errors += 1))
  socket.once('close', () => resolve())
  await promise
}
