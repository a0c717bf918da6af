import type { TrustedHtml } from './markdown.ts'

/** A value as JSON that can stand inside a script element: nothing in it can end the element or open a comment. */
export function jsonForHtml(value: unknown): TrustedHtml {
  const json = JSON.stringify(value) ?? 'null'
  const safe = json
    .replace(/</g, '\\u003c')
    .replace(/>/g, '\\u003e')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')
  return { __html: safe }
}
