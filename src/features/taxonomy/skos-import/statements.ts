import { Parser } from 'n3'
import { readJsonLd } from './json-ld-statements.ts'

/** One thing a file says: of whom, what, and an IRI or a text, with its language. */
export interface Statement {
  readonly subject: string
  readonly predicate: string
  readonly object: string
  readonly isIri: boolean
  readonly lang: string | null
}

/** What a file says, or why it cannot be read and where. */
export type Statements =
  | { readonly ok: true; readonly statements: readonly Statement[] }
  | { readonly ok: false; readonly line: number | null; readonly why: string }

/** Bytes of one file. */
export const MOST_SKOS_BYTES = 10_000_000

/** Reads a file as Turtle or as JSON-LD, by how it begins. Nothing is ever fetched for it. */
export function readStatements(bytes: Uint8Array, base: string): Statements {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { ok: false, line: null, why: 'not UTF-8' }
  }
  return /^\s*[[{]/.test(text) && !/^\s*\[\s*\]?\s*[a-z]+:/i.test(text)
    ? readJsonLd(text, base)
    : readTurtle(text, base)
}

function readTurtle(text: string, base: string): Statements {
  try {
    const quads = new Parser({ format: 'text/turtle', baseIRI: base }).parse(text)
    const statements = quads.flatMap(({ subject, predicate, object }): Statement[] => {
      if (subject.termType !== 'NamedNode' || (object.termType !== 'NamedNode' && object.termType !== 'Literal'))
        return []
      const lang = object.termType === 'Literal' && object.language !== '' ? object.language : null
      const isIri = object.termType === 'NamedNode'
      return [{ subject: subject.value, predicate: predicate.value, object: object.value, isIri, lang }]
    })
    return { ok: true, statements }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, line: lineOf(error), why: why.replace(/ on line \d+\.?$/, '') }
  }
}

/** The parser says the line beside the message, or in it. */
function lineOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null
  const context = 'context' in error && typeof error.context === 'object' ? error.context : null
  if (context !== null && 'line' in context && typeof context.line === 'number') return context.line
  const told = / on line (\d+)/.exec(error.message)?.[1]
  return told === undefined ? null : Number(told)
}
