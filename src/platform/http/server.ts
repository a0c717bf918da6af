import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../../config.ts'
import type { Log } from '#platform/log.ts'
import { answerClientError } from './client-error.ts'
import type { Http } from './create.ts'
import { createListener } from './listener.ts'
import { createSlowReaderWatch } from './slow-readers.ts'

/** Another program has the port, or this one may not have it. The message says which setting to change. */
export class PortTakenError extends Error {
  override name = 'PortTakenError'
}

/** Milliseconds, and bytes where said. */
export type Limits = {
  headers: number
  request: number
  keepAlive: number
  /** Without a byte either way. */
  idle: number
  /** How often requests that are late and readers that are slow are looked for. */
  check: number
  /** Running requests have so long at the end. */
  stop: number
}

const defaults: Limits = {
  headers: 10_000,
  request: 30_000,
  keepAlive: 15_000,
  idle: 60_000,
  check: 5_000,
  stop: 10_000,
}

/** Of the first line and header fields together: enough for an address that is refused to be refused by a page. */
const HEADER_BYTES = 32_768
const MOST_HEADERS = 100

export type Running = {
  /** Where it listens: `http://127.0.0.1:3000`. */
  url: string
  port: number
  /** From now on requests go to another: the waiting hub gives way to the ready one. */
  swap: (http: Http) => void
  /** Takes no more connections, lets running requests end, closes. Resolves when all are gone; safe to call twice. */
  stop: () => Promise<void>
}

export type ServeOptions = { config: Pick<Config, 'HOST' | 'PORT'>; http: Http; log: Log; limits?: Partial<Limits> }

/** Starts the server. Throws `PortTakenError` when the port cannot be had. */
export async function serve({ config, http, log, limits: given = {} }: ServeOptions): Promise<Running> {
  const limits = { ...defaults, ...given }
  let current = { http, ...createListener(http) }
  let isStopping = false
  const listener: RequestListener = (incoming, outgoing) => {
    if (isStopping) outgoing.shouldKeepAlive = false
    current.listener(incoming, outgoing)
  }
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.keepAlive,
      connectionsCheckingInterval: limits.check,
      requireHostHeader: false,
      noDelay: true,
    },
    listener,
  )
  server.maxHeadersCount = MOST_HEADERS
  server.setTimeout(limits.idle)
  server.on('clientError', (error, socket) => void answerClientError(error, socket, current.http))
  const slowReaders = createSlowReaderWatch(limits.check * 2)
  server.on('connection', slowReaders.add)
  const port = await listen(server, config)
  server.on('error', (error) => log.error({ error: error.message }, 'the server has a fault'))

  let stopping: Promise<void> | undefined
  return {
    url: `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`,
    port,
    swap: (next) => (current = { http: next, ...createListener(next) }),
    stop: async () => {
      isStopping = true
      current.closeAfterRunning()
      stopping ??= stop(server, limits.stop).finally(slowReaders.stop)
      await stopping
    },
  }
}

async function listen(server: Server, { HOST, PORT }: ServeOptions['config']): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, HOST, PORT)))
    server.listen({ host: HOST, port: PORT, backlog: 1024 }, resolve)
  })
  server.removeAllListeners('error')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : PORT
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new PortTakenError(
        `Port ${port} of ${host} is taken by another program. Stop that one, or set PORT to a free one.`,
      )
    case 'EACCES':
      return new PortTakenError(`Port ${port} of ${host} is not for this user. Set PORT to one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortTakenError(
        `${host} is no address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for every network.`,
      )
    case undefined:
    default:
      return error
  }
}

async function stop(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const waiting = new AbortController()
  const isOver = closed.then(() => true)
  const deadline = Date.now() + patience
  server.closeIdleConnections()
  while (Date.now() < deadline) {
    const late = pause(50, false, { signal: waiting.signal }).catch(() => false)
    if (await Promise.race([isOver, late])) break
    server.closeIdleConnections()
  }
  waiting.abort()
  server.closeAllConnections()
  await closed
}
