import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { BigFile } from '../upload.ts'

interface Playing {
  readonly url: string
  readonly file: BigFile
  readonly readers: number
  /** Bytes a second that a reader takes. */
  readonly rate: number
  readonly seconds: number
}

interface Count {
  bytes: number
  /** Bytes that would have been played by the end. */
  wanted: number
  seeks: number
  errors: number
  readonly waits: number[]
}

/** Seconds that are played between two seeks. */
const stay = 8

/**
 * Readers who play a film as browsers do: they ask for all from some byte on, take it as fast as it is played, and break off to go on
 * somewhere else. The first bytes after each seek are held against the file.
 */
export async function readLikePlayers(
  playing: Playing,
): Promise<Pick<Count, 'bytes' | 'wanted' | 'seeks' | 'errors'> & { readonly firstByte: number }> {
  const count: Count = { bytes: 0, wanted: 0, seeks: 0, errors: 0, waits: [] }
  const until = performance.now() + playing.seconds * 1000
  await Promise.all(Array.from({ length: playing.readers }, async () => readOne(playing, count, until)))
  const waits = count.waits.toSorted((one, other) => one - other)
  return { ...count, firstByte: waits[Math.floor(waits.length * 0.95)] ?? 0 }
}

async function readOne(playing: Playing, count: Count, until: number): Promise<void> {
  const { file, rate } = playing
  // Nobody comes at the same moment as everybody else.
  await pause(Math.random() * Math.min(stay, playing.seconds / 2) * 1000)
  const beganAt = performance.now()
  let taken = 0
  while (performance.now() < until) {
    const from = Math.floor(Math.random() * (file.bytes - rate * stay * 2))
    const stop = Math.min(until, performance.now() + stay * (0.5 + Math.random()) * 1000)
    count.seeks += 1
    try {
      for await (const chunk of openAt(playing, from, count)) {
        taken += chunk.length
        count.bytes += chunk.length
        const ahead = beganAt + (taken / rate) * 1000 - performance.now()
        if (ahead > 0) await pause(Math.min(ahead, Math.max(0, until - performance.now())))
        if (performance.now() >= stop) break
      }
    } catch {
      count.errors += 1
      await pause(100)
    }
  }
  count.wanted += ((until - beganAt) / 1000) * rate
}

async function* openAt({ url, file }: Playing, from: number, count: Count): AsyncGenerator<Buffer> {
  const askedAt = performance.now()
  const agent = new Agent({ keepAlive: false })
  const outgoing = request(url, { headers: { range: `bytes=${from}-` }, agent }).end()
  try {
    const [incoming]: IncomingMessage[] = await once(outgoing, 'response')
    if (incoming?.statusCode !== 206) throw new Error(`Answered ${incoming?.statusCode}`)
    let isFirst = true
    for await (const chunk of incoming) {
      if (!Buffer.isBuffer(chunk)) throw new Error('Not bytes')
      if (isFirst) {
        count.waits.push(performance.now() - askedAt)
        const { buffer } = await file.handle.read(Buffer.alloc(64), 0, 64, from)
        if (!buffer.equals(chunk.subarray(0, 64))) throw new Error('Other bytes')
      }
      isFirst = false
      yield chunk
    }
  } finally {
    outgoing.on('error', () => undefined)
    outgoing.destroy()
  }
}
