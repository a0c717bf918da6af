import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { z } from 'zod'
import { createMetrics } from '#platform/metrics.ts'
import { readConfig } from '../../config.ts'
import { createHttp, noAssets, serve, type Http, type HttpOptions, type Running } from './index.ts'
import type { Limits } from './server.ts'

const LogLine = z.looseObject({ level: z.string(), msg: z.string() })
export type LogLine = z.infer<typeof LogLine>

export type TestHub = Http & {
  lines: LogLine[]
  setVersion: (version: number) => void
  fail: (isFailing: boolean) => void
}

/** A hub's HTTP side without pages, for tests to mount theirs on. Its log is kept as lines; its version is set by hand. */
export function aHub(options: Partial<HttpOptions> & { env?: Record<string, string> } = {}): TestHub {
  const lines: LogLine[] = []
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(LogLine.parse(JSON.parse(chunk.toString())))
      done()
    },
  })
  let version = 1
  let isFailing = false
  const http = createHttp({
    config: readConfig(options.env ?? {}),
    log: pino({ level: 'debug', base: null, formatters: { level: (level) => ({ level }) } }, sink),
    metrics: createMetrics(),
    assets: noAssets(),
    languages: ['en', 'fr', 'ar'],
    drawError: ({ status, lang, requestId }) =>
      `<!doctype html><html lang="${lang}"><title>${status}</title>${requestId}</html>`,
    readVersion: async () => {
      if (isFailing) throw new Error('The database is away')
      return version
    },
    missing: async () => [],
    ...options,
  })
  return {
    ...http,
    lines,
    setVersion: (next) => (version = next),
    fail: (next) => (isFailing = next),
  }
}

export type TestServer = Running & AsyncDisposable

/** Serves on a free port of this machine. */
export async function serveHub(http: Http, limits: Partial<Limits> = {}): Promise<TestServer> {
  const running = await serve({ config: { HOST: '127.0.0.1', PORT: 0 }, http, log: http.inner.log, limits })
  return { ...running, [Symbol.asyncDispose]: running.stop }
}

export type RawAnswer = { status: number; headers: Record<string, string>; body: Buffer }

/** A request with exactly these headers: `fetch` adds some and unpacks bodies. */
export async function ask(
  server: Running,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<RawAnswer> {
  const outgoing = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false })
  outgoing.end()
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.once('error', reject)
      incoming.once('end', () => {
        const headers = Object.fromEntries(
          Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
        )
        resolve({ status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) })
      })
    })
  })
}

/** Sends bytes as they are and reads until the other side closes. */
export async function sendBytes(server: Running, bytes: string | Buffer): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
  socket.on('error', () => undefined)
  socket.write(bytes)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('utf8')
}
