import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { rememberedCodings, type Coding } from './accept-encoding.ts'
import { InvalidInputError, type HubError } from '#platform/errors.ts'
import type { Http } from './create.ts'
import { readerLanguage } from './reader-language.ts'
import { refuse } from './refusals.ts'
import { inboundRequestId } from './request-id.ts'
import { resourcePolicy, securityHeaders } from './security.ts'
import { answerWith, isNotModified, type Stored } from './stored.ts'
import { findTargetFault } from './target.ts'

/**
 * Node's side of the hub. What is in memory and valid goes out before Hono, its Request or its Response exist; everything else
 * goes to the app, with an address that is known to be one and the hub's own host: nothing depends on what Host says.
 */
export function createListener(http: Http): { listener: RequestListener; closeAfterRunning: () => void } {
  const { config } = http.inner
  const answerFromMemory = createMemoryAnswer(http)
  const host = new URL(config.HUB_ORIGIN).host
  const honoListener = getRequestListener(async (request, env) => http.app.fetch(request, env), { hostname: host })
  const running = new Set<ServerResponse>()
  return {
    listener: (incoming, outgoing) => {
      outgoing.on('error', () => undefined)
      if (answerFromMemory(incoming, outgoing)) return
      running.add(outgoing)
      outgoing.once('close', () => running.delete(outgoing))
      prepare(incoming, host, http)
      void honoListener(incoming, outgoing)
    },
    // Told so, a client sends nothing more on a connection that is about to close.
    closeAfterRunning: () => {
      for (const outgoing of running) outgoing.shouldKeepAlive = false
    },
  }
}

/** Makes an address that Hono can read of whatever came; what cannot be one is refused, in the language it seemed to ask for. */
function prepare(incoming: IncomingMessage, host: string, { inner }: Http): void {
  const protocolFault = findProtocolFault(incoming)
  incoming.headers.host = host
  const target = originForm(incoming.url ?? '/')
  const fault = protocolFault ?? findTargetFault(target)
  incoming.url = target
  if (!fault) return
  refuse(incoming, fault)
  incoming.url = `/${readerLanguage(target.slice(0, 20), incoming.headers['accept-language'], inner.languages)}`
}

function findProtocolFault({ httpVersion, headers }: IncomingMessage): HubError | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return new InvalidInputError('request', 'is not HTTP/1.1')
  return headers.host === undefined && httpVersion === '1.1' ? new InvalidInputError('Host', 'is missing') : undefined
}

/** Proxies may send the whole URL, and OPTIONS may ask about the server as a whole (RFC 9112 §3.2). */
function originForm(target: string): string {
  if (target === '*') return '/'
  const absolute = /^https?:\/\/[^/?#]*/i.exec(target)
  if (!absolute) return target
  const rest = target.slice(absolute[0].length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The head of an answer as Node takes it, names and values in turn; the request's id goes in at place 1. */
type Head = readonly string[]
type Ready = { full: Head; body: Buffer; notModified: Head }

function createMemoryAnswer({ cache, inner }: Http) {
  const { assets, config, metrics, log, nextRequestId, visitCookie, onPage } = inner
  const security = securityHeaders(config.HUB_ORIGIN)
  const readyFor = new WeakMap<Stored, Map<Coding, Ready>>()
  const visit = `${visitCookie}=`

  function headOf(headers: readonly (readonly [string, string])[]): Head {
    const policy = resourcePolicy(headers.find(([name]) => name === 'access-control-allow-origin')?.[1] ?? null)
    const own = security.map(([name, value]) => [name, name === 'cross-origin-resource-policy' ? policy : value])
    return ['x-request-id', '', ...headers.flat(), ...own.flat()]
  }

  function makeReady(stored: Stored, coding: Coding): Ready {
    const full = answerWith(stored, [coding, 'identity'], { isHead: false, ifNoneMatch: null })
    const notModified = answerWith(stored, [coding, 'identity'], { isHead: false, ifNoneMatch: stored.etag ?? null })
    return { full: headOf(full.headers), body: full.body ?? Buffer.alloc(0), notModified: headOf(notModified.headers) }
  }

  function ready(stored: Stored, codings: readonly Coding[]): Ready {
    const coding = codings.find((coding) => coding === 'identity' || stored.bodies[coding]) ?? 'identity'
    let known = readyFor.get(stored)
    if (!known) readyFor.set(stored, (known = new Map()))
    let made = known.get(coding)
    if (!made) known.set(coding, (made = makeReady(stored, coding)))
    return made
  }

  return (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    const { method, url, headers } = incoming
    if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return false
    if (headers.host === undefined || headers.authorization !== undefined || headers['transfer-encoding'] !== undefined)
      return false
    if (headers['content-length'] !== undefined || headers.cookie?.includes(visit)) return false
    const stored = url.startsWith('/assets/') ? assets.at(url) : cache.find(url, headers['accept-language'])
    if (!stored) return false

    const inbound = config.HUB_TRUST_PROXY > 0 ? headers['x-request-id'] : undefined
    const requestId = inboundRequestId(typeof inbound === 'string' ? inbound : undefined) ?? nextRequestId()
    const answer = ready(stored, rememberedCodings(toText(headers['accept-encoding'])))
    const isOld = isNotModified(headers['if-none-match'], stored.etag)
    const head = (isOld ? answer.notModified : answer.full).slice()
    head[1] = requestId
    const status = isOld ? 304 : stored.status
    outgoing.writeHead(status, head)
    if (isOld || method === 'HEAD') outgoing.end()
    else outgoing.end(answer.body)
    metrics.answeredFromMemory(stored.route, status)
    if (method === 'GET' && (status === 200 || status === 304)) {
      const header = (name: string) => toText(headers[name])
      onPage({ target: url, note: stored.note, isAnonymous: true, header })
    }
    log.debug({ id: requestId, method, path: pathOf(url), status, cache: 'hit' }, 'request')
    return true
  }
}

const pathOf = (url: string) => url.split('?', 1)[0]?.slice(0, 300)

const toText = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value)
