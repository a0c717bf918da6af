import type { Socket } from 'node:net'

/** Bytes per second below which a reader who is being written to is let go. */
const LEAST_RATE = 100
const EVERY = 10_000

/** Cuts off connections that take an answer so slowly that they only hold memory. Costs nothing per request. */
export function createSlowReaderWatch(every = EVERY): { add: (socket: Socket) => void; stop: () => void } {
  const taken = new Map<Socket, number | undefined>()
  const timer = setInterval(() => {
    for (const [socket, before] of taken) {
      const now = socket.writableLength > 0 ? socket.bytesWritten - socket.writableLength : undefined
      if (now !== undefined && before !== undefined && now - before < (LEAST_RATE * every) / 1000) socket.destroy()
      taken.set(socket, now)
    }
  }, every).unref()
  return {
    add: (socket) => {
      taken.set(socket, undefined)
      socket.once('close', () => taken.delete(socket))
    },
    stop: () => clearInterval(timer),
  }
}
