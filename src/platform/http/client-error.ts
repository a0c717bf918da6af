import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  AddressTooLongError,
  HeadersTooLargeError,
  InvalidInputError,
  MethodUnknownError,
  RequestTimeoutError,
  type HubError,
} from '#platform/errors.ts'
import type { Http } from './create.ts'
import { readerLanguage } from './reader-language.ts'
import { securityHeaders } from './security.ts'
import { LONGEST_TARGET } from './target.ts'

/** Node's parser gave up on a request: the answer is written by hand, in the language its first line seems to ask for. */
export async function answerClientError(error: Error, socket: Duplex, { inner }: Http): Promise<void> {
  const code = 'code' in error ? error.code : undefined
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const packet = 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1') : ''
  const [line = ''] = packet.split(/\r?\n/, 1)
  const path = /^\S+ (\/[\w-]*)/.exec(line)?.[1] ?? '/'
  const lang = readerLanguage(path, /^accept-language:(.*)$/im.exec(packet)?.[1]?.trim(), inner.languages)
  const requestId = inner.nextRequestId()
  const fault = toFault(code, line, packet)
  const response = await inner.answerError({ error: fault, path, accept: undefined, lang, requestId })
  const body = Buffer.from(await response.arrayBuffer())
  for (const [name, value] of securityHeaders(inner.config.HUB_ORIGIN)) response.headers.set(name, value)
  response.headers.set('x-request-id', requestId)
  response.headers.set('content-length', String(body.length))
  response.headers.set('date', new Date().toUTCString())
  response.headers.set('connection', 'close')
  const head = Array.from(response.headers, ([name, value]) => `${name}: ${value}\r\n`).join('')
  inner.metrics.answered({ route: 'unreadable', method: 'OTHER', status: fault.status, seconds: 0 })
  inner.log.info(
    { id: requestId, status: fault.status, why: typeof code === 'string' ? code : 'unknown' },
    'unreadable request',
  )
  if (!socket.writable) return
  const bytes = Buffer.concat([
    Buffer.from(`HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status] ?? ''}\r\n${head}\r\n`),
    body,
  ])
  socket.end(bytes, () => setTimeout(() => socket.destroy(), 500).unref())
}

function toFault(code: unknown, line: string, packet: string): HubError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      // Nothing but a first line so far: it is the address that is too long.
      return packet.includes('\n') ? new HeadersTooLargeError() : new AddressTooLongError(LONGEST_TARGET)
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestTimeoutError()
    case 'HPE_INVALID_METHOD':
      return /^[A-Z]{1,20} \S+ HTTP\/1\.[01]$/.test(line)
        ? new MethodUnknownError()
        : new InvalidInputError('request', 'is not HTTP')
    default:
      return new InvalidInputError('request', 'is not well-formed HTTP')
  }
}
