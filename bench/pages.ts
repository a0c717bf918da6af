import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { z } from 'zod'

export type PagesBench = {
  /** Cached pages per second of the hub and of a bare Hono app with the same bytes, in turns of the same run: medians. */
  hub: number
  bare: number
  ratio: number
  /** Milliseconds as one reader sees them, over the loopback. */
  cached: Percentiles
  uncached: Percentiles
}
type Percentiles = { p50: number; p95: number }

export type PagesBenchOptions = {
  /** A running hub: `http://127.0.0.1:3000`. */
  origin: string
  paths: readonly string[]
  rounds?: number
  secondsPerRound?: number
}

const CONNECTIONS = 16
const SINGLE_READS = 200
/** What Chromium sends. */
const READER = { 'accept-encoding': 'gzip, deflate, br, zstd' }
/** Whoever sends a key gets a page made for them, so this is how long a page takes that no memory has. */
const STRANGER = { ...READER, authorization: 'Bearer bench' }

/** Measures the pages of a running hub and prints a table. The bare app runs in a process of its own, as the hub does. */
export async function benchPages(options: PagesBenchOptions): Promise<PagesBench> {
  const { origin, paths, rounds = 5, secondsPerRound = 3 } = options
  const bare = fork(join(import.meta.dirname, 'pages/bare-app.ts'), { execArgv: [] })
  try {
    const pages = await Promise.all(paths.map(async (path) => readPage(origin, path)))
    bare.send(pages)
    const [message] = await once(bare, 'message')
    const bareOrigin = `http://127.0.0.1:${z.object({ port: z.number() }).parse(message).port}`
    const speeds = { hub: [] as number[], bare: [] as number[] }
    await load(origin, paths, 1)
    await load(bareOrigin, paths, 1)
    for (let round = 0; round < rounds; round++) {
      speeds.hub.push(await load(origin, paths, secondsPerRound))
      speeds.bare.push(await load(bareOrigin, paths, secondsPerRound))
    }
    const hub = quantile(speeds.hub, 0.5)
    const bareSpeed = quantile(speeds.bare, 0.5)
    const result: PagesBench = {
      hub,
      bare: bareSpeed,
      ratio: hub / bareSpeed,
      cached: await timeReads(origin, paths, READER),
      uncached: await timeReads(origin, paths, STRANGER),
    }
    printTable(result)
    return result
  } finally {
    bare.kill()
  }
}

async function load(origin: string, paths: readonly string[], seconds: number): Promise<number> {
  const result = await autocannon({
    url: origin,
    connections: CONNECTIONS,
    duration: seconds,
    requests: paths.map((path) => ({ path, headers: READER })),
  })
  const failed = result.non2xx + result.errors
  if (failed > 0) throw new Error(`${failed} of the requests to ${origin} failed`)
  return result.requests.average
}

type Page = { path: string; type: string; coding: string; body: string }

async function readPage(origin: string, path: string): Promise<Page> {
  const { status, headers, body } = await read(origin, path, READER)
  if (status !== 200) throw new Error(`${path} is answered ${status}`)
  return {
    path,
    type: headers['content-type'] ?? '',
    coding: headers['content-encoding'] ?? '',
    body: body.toString('base64'),
  }
}

async function timeReads(
  origin: string,
  paths: readonly string[],
  headers: Record<string, string>,
): Promise<Percentiles> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times: number[] = []
  for (let turn = -10; turn < SINGLE_READS; turn++) {
    const path = paths[Math.abs(turn) % paths.length] ?? '/'
    const startedAt = performance.now()
    await read(origin, path, headers, agent)
    if (turn >= 0) times.push(performance.now() - startedAt)
  }
  agent.destroy()
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}

async function read(origin: string, path: string, headers: Record<string, string>, agent?: Agent) {
  const outgoing = get(`${origin}${path}`, { headers, ...(agent ? { agent } : {}) })
  return new Promise<{ status: number; headers: NodeJS.Dict<string>; body: Buffer }>((resolve, reject) => {
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.once('error', reject)
      incoming.once('end', () => {
        const { 'content-type': type, 'content-encoding': coding } = incoming.headers
        const headers = { 'content-type': type, 'content-encoding': coding }
        resolve({ status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) })
      })
    })
  })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function printTable({ hub, bare, ratio, cached, uncached }: PagesBench): void {
  const rows: [string, string, string][] = [
    ['cached pages per second, hub', Math.round(hub).toLocaleString('en'), ''],
    ['the same bytes, bare Hono app', Math.round(bare).toLocaleString('en'), ''],
    ['ratio', ratio.toFixed(2), '≥ 0.70'],
    ['cached page, one reader, p50 / p95', `${cached.p50.toFixed(2)} / ${cached.p95.toFixed(2)} ms`, '≤ 1 ms'],
    ['uncached page, one reader, p50 / p95', `${uncached.p50.toFixed(2)} / ${uncached.p95.toFixed(2)} ms`, '≤ 15 ms'],
  ]
  for (const [what, measured, budget] of rows) console.log(`${what.padEnd(38)}${measured.padStart(18)}   ${budget}`)
}
