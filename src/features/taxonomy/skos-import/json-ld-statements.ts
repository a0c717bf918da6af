import type { Statement, Statements } from './statements.ts'

type Json = Readonly<Record<string, unknown>>

interface Term {
  readonly iri: string
  readonly isIri: boolean
  /** Values are told apart by language, not by position. */
  readonly byLanguage: boolean
  readonly lang: string | null
}

interface Context {
  readonly vocab: string
  readonly terms: ReadonlyMap<string, Term>
  readonly lang: string | null
}

/** Nodes inside each other, at most. */
const DEEPEST = 20

class JsonLdError extends Error {
  override name = 'JsonLdError'
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

/**
 * Reads the part of JSON-LD 1.1 that vocabularies are written in: a context inside the file, prefixes, terms with a type or a
 * language, language maps, nodes in a graph or in each other. A context elsewhere is refused: nothing is fetched.
 */
export function readJsonLd(text: string, base: string): Statements {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, line: lineOf(text, why), why }
  }
  try {
    const statements: Statement[] = []
    for (const node of listOf(file)) readNode(node, { vocab: '', terms: new Map(), lang: null }, base, statements, 0)
    return { ok: true, statements }
  } catch (error) {
    if (!(error instanceof JsonLdError)) throw error
    return { ok: false, line: null, why: error.message }
  }
}

function lineOf(text: string, message: string): number {
  const line = /\(line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
  return text.slice(0, position).split('\n').length
}

/** Reads a node and those inside it; returns its IRI, or null for one without. */
function readNode(node: unknown, outer: Context, base: string, statements: Statement[], depth: number): string | null {
  if (!isObject(node)) throw new JsonLdError('a node is not an object')
  if (depth > DEEPEST) throw new JsonLdError('nodes are too deep inside each other')
  const context = readContext(node['@context'], outer)
  const keys = Object.keys(node)
  const valueOf = (name: '@id' | '@type' | '@graph') => {
    const key = keys.find((one) => one === name || context.terms.get(one)?.iri === name)
    return key === undefined ? undefined : node[key]
  }
  for (const inner of listOf(valueOf('@graph'))) readNode(inner, context, base, statements, depth + 1)
  const id = valueOf('@id')
  const subject = typeof id === 'string' ? toIri(id, context, base) : null
  const say = (predicate: string, object: string, isIri: boolean, lang: string | null) => {
    if (subject !== null) statements.push({ subject, predicate, object, isIri, lang })
  }
  for (const type of listOf(valueOf('@type'))) {
    if (typeof type === 'string')
      say('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', expand(type, context), true, null)
  }
  for (const [key, value] of Object.entries(node)) {
    const term = context.terms.get(key) ?? { iri: expand(key, context), isIri: false, byLanguage: false, lang: null }
    if (key.startsWith('@') || term.iri.startsWith('@') || !term.iri.includes(':')) continue
    for (const [lang, one] of spread(value, term)) {
      if (isObject(one) && !('@value' in one)) {
        const inner = readNode(one, context, base, statements, depth + 1)
        if (inner !== null) say(term.iri, inner, true, null)
      } else
        sayValue(one, term, lang ?? term.lang ?? context.lang, (object, isIri, told) => {
          say(term.iri, isIri ? toIri(object, context, base) : object, isIri, told)
        })
    }
  }
  return subject
}

/** The values of a term, each with the language that a map gives it. */
function spread(value: unknown, term: Term): [lang: string | null, value: unknown][] {
  if (term.byLanguage && isObject(value)) {
    return Object.entries(value).flatMap(([lang, texts]) =>
      listOf(texts).map((text): [string | null, unknown] => [lang === '@none' ? null : lang, text]),
    )
  }
  return listOf(value).map((one) => [null, one])
}

function sayValue(
  value: unknown,
  term: Term,
  lang: string | null,
  say: (object: string, isIri: boolean, lang: string | null) => void,
): void {
  if (typeof value === 'string') say(value, term.isIri, term.isIri ? null : lang)
  else if (typeof value === 'number' || typeof value === 'boolean') say(String(value), false, null)
  else if (isObject(value)) {
    const own = value['@language']
    sayValue(value['@value'], { ...term, isIri: false }, typeof own === 'string' ? own : null, say)
  }
}

function readContext(given: unknown, outer: Context): Context {
  let { vocab, lang } = outer
  const terms = new Map(outer.terms)
  for (const part of listOf(given)) {
    if (part === null) continue
    if (typeof part === 'string')
      throw new JsonLdError(`the context ${part.slice(0, 200)} is elsewhere; it must be in the file`)
    if (!isObject(part)) throw new JsonLdError('a context is not an object')
    if ('@import' in part) throw new JsonLdError('a context is imported; it must be in the file')
    if (typeof part['@vocab'] === 'string') vocab = part['@vocab']
    if (typeof part['@language'] === 'string') lang = part['@language']
    for (const [name, definition] of Object.entries(part)) {
      if (!name.startsWith('@')) terms.set(name, readTerm(name, definition, { vocab, terms, lang }, part))
    }
  }
  return { vocab, terms, lang }
}

function readTerm(name: string, definition: unknown, context: Context, part: Json): Term {
  const whole = isObject(definition) ? definition : { '@id': definition }
  const id = whole['@id']
  const iri = typeof id === 'string' ? expandIn(id, context, part) : expand(name, context)
  const lang = whole['@language']
  return {
    iri,
    isIri: whole['@type'] === '@id' || whole['@type'] === '@vocab',
    byLanguage: listOf(whole['@container']).includes('@language'),
    lang: typeof lang === 'string' ? lang : null,
  }
}

/** A prefix may be defined further down in the same context. */
function expandIn(id: string, context: Context, part: Json): string {
  const [prefix = '', rest] = id.split(/:(.*)/s)
  const sibling = part[prefix]
  if (rest !== undefined && !rest.startsWith('//') && typeof sibling === 'string' && !context.terms.has(prefix)) {
    return sibling + rest
  }
  return expand(id, context)
}

/** A term, a prefixed name or an IRI as an IRI; a keyword stays. */
function expand(name: string, { vocab, terms }: Context): string {
  if (name.startsWith('@')) return name
  const known = terms.get(name)
  if (known) return known.iri
  const [prefix = '', rest] = name.split(/:(.*)/s)
  if (rest === undefined) return vocab + name
  const base = rest.startsWith('//') ? undefined : terms.get(prefix)
  return base ? base.iri + rest : name
}

function toIri(id: string, context: Context, base: string): string {
  const [prefix = '', rest] = id.split(/:(.*)/s)
  const expanded = rest !== undefined && context.terms.has(prefix) ? expand(id, context) : id
  return URL.canParse(expanded, base) && !/^[a-z][a-z0-9+.-]*:/i.test(expanded)
    ? new URL(expanded, base).href
    : expanded
}
