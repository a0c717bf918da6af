import { AddressTooLongError, InvalidInputError, NotFoundError, type HubError } from '#platform/errors.ts'

/** Characters of path and query; RFC 9110 §4.1 asks for at least 8000 octets. */
export const LONGEST_TARGET = 8000

const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001f\u007f]/
const plain = /^[\w/.~!$&'()*+,;=:@?[\]-]*$/

/** What is wrong with the path and query of a request, as they came over the wire. */
export function findTargetFault(target: string): HubError | undefined {
  if (target.length > LONGEST_TARGET) return new AddressTooLongError(LONGEST_TARGET)
  if (!target.startsWith('/')) return new InvalidInputError('address', 'does not begin with a slash')
  if (plain.test(target) && !target.includes('/.')) return undefined
  const [path, query] = splitTarget(target)
  if (dotSegment.test(path)) return new NotFoundError()
  return findEncodingFault('path', path) ?? findEncodingFault('query', query)
}

function findEncodingFault(place: string, text: string): HubError | undefined {
  if (/[^\x21-\x7e]|[\\#]/.test(text))
    return new InvalidInputError(place, 'has characters that must be percent-encoded')
  try {
    // Refuses cut sequences, overlong UTF-8 and surrogates.
    return control.test(decodeURIComponent(text)) ? new InvalidInputError(place, 'has control characters') : undefined
  } catch {
    return new InvalidInputError(place, 'is not percent-encoded UTF-8')
  }
}

/** What the path and query of a request come to in a URL that may be absolute. */
export function targetOf(url: string): string {
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : url.slice(start)
}

/** Path and query, without the question mark. */
export function splitTarget(target: string): [path: string, query: string] {
  const mark = target.indexOf('?')
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)]
}

/** The path as it should be written: single slashes and none at the end. Never begins with two, which would be another host. */
export function tidyPath(path: string): string {
  const tidy = path.replace(/\/{2,}/g, '/')
  return tidy.length > 1 && tidy.endsWith('/') ? tidy.slice(0, -1) : tidy
}

/** The allowed part of a query, in the order of `allowed`: what pages differ by, and nothing else. */
export function allowedQuery(query: string, allowed: readonly string[]): string {
  if (query === '' || allowed.length === 0) return ''
  const given = new URLSearchParams(query)
  const kept = allowed.flatMap((name) => given.getAll(name).map((value): [string, string] => [name, value]))
  return new URLSearchParams(kept).toString()
}
