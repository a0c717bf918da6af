import { STATUS_CODES } from 'node:http'
import { HTTPException } from 'hono/http-exception'
import { HubError, InvalidInputError, UnavailableError } from '#platform/errors.ts'
import { StorageError } from '#platform/files/index.ts'
import { describeError, type Log } from '#platform/log.ts'
import { isDatabaseAway } from './database-away.ts'

export type ErrorPageRequest = { status: number; lang: string; requestId: string; path: string }

/** Draws the page of an error, in the reader's language. Given by the composition root: the platform knows no views. */
export type DrawErrorPage = (request: ErrorPageRequest) => string | Promise<string>

export type ErrorCall = {
  error: unknown
  path: string
  accept: string | undefined
  lang: string
  requestId: string
}

/** Turns whatever was thrown into an answer: a page, or RFC 9457 for machines. Its text never says more than the error's own kind. */
export type AnswerError = (call: ErrorCall) => Promise<Response>

export function createAnswerError(draw: DrawErrorPage, log: Log): AnswerError {
  return async (call) => {
    const known = toHubError(call.error)
    const status = known?.status ?? 500
    const isWorthALine = !(known instanceof UnavailableError) || call.error instanceof StorageError
    if (status >= 500 && isWorthALine)
      log.error({ id: call.requestId, path: call.path, status, error: describeError(call.error) }, 'fault')
    const headers = { ...known?.headers, 'cache-control': 'no-store', vary: 'Accept' }
    if (wantsProblem(call.path, call.accept)) return answerProblem(call, known, status, headers)
    const page = await drawOrApologise(draw, { ...call, status }, log)
    return new Response(page.body, {
      status,
      headers: { ...headers, 'content-type': page.type, 'content-language': call.lang },
    })
  }
}

function toHubError(error: unknown): Pick<HubError, 'status' | 'headers' | 'message'> | undefined {
  if (error instanceof HubError) return error
  if (error instanceof StorageError) return new UnavailableError('the file storage')
  if (isDatabaseAway(error)) return new UnavailableError('the database')
  if (error instanceof HTTPException)
    return { status: error.status, headers: {}, message: STATUS_CODES[error.status] ?? '' }
  return undefined
}

/** The API and the machine's doors speak JSON; elsewhere a reader gets a page unless they asked for JSON rather than HTML. */
function wantsProblem(path: string, accept: string | undefined): boolean {
  if (/^\/(api|readyz|metrics|healthz)(\/|$)/.test(path)) return true
  if (accept === undefined || !/json/i.test(accept)) return false
  const json = bestQuality(accept, /^(application\/(problem\+)?json|application\/ld\+json)$/)
  return json > 0 && json > bestQuality(accept, /^(text\/html|application\/xhtml\+xml|text\/\*)$/)
}

function bestQuality(accept: string, wanted: RegExp): number {
  const qualities = accept.split(',').flatMap((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    if (!wanted.test(type)) return []
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    return [quality === undefined ? 1 : Number(quality.slice(2)) || 0]
  })
  return Math.max(0, ...qualities)
}

function answerProblem(
  { error, path, requestId }: ErrorCall,
  known: Pick<HubError, 'message'> | undefined,
  status: number,
  headers: Record<string, string>,
): Response {
  const problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: known?.message ?? 'Something went wrong here; the log knows more by this request id.',
    instance: path,
    requestId,
    ...(error instanceof InvalidInputError ? { place: error.place, problem: error.problem } : {}),
    ...(error instanceof UnavailableError ? { missing: error.missing } : {}),
  }
  return new Response(`${JSON.stringify(problem)}\n`, {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  })
}

async function drawOrApologise(
  draw: DrawErrorPage,
  { status, lang, requestId, path }: ErrorPageRequest,
  log: Log,
): Promise<{ body: string; type: string }> {
  try {
    return { body: await draw({ status, lang, requestId, path }), type: 'text/html; charset=utf-8' }
  } catch (error) {
    log.error({ id: requestId, path, status, error: describeError(error) }, 'the error page could not be drawn')
    return { body: `${status} ${STATUS_CODES[status] ?? ''}\n${requestId}\n`, type: 'text/plain; charset=utf-8' }
  }
}
