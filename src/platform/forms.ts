import type { z } from 'zod'
import { BodyTooLargeError, InvalidInputError } from '#platform/errors.ts'
import type { MessageKey } from '#platform/i18n/index.ts'

/** What a field holds as it was sent: one value, or several of one name. */
export type FieldValues = Readonly<Record<string, readonly string[]>>

/** What is wrong with a form: the name of a field (`sessions.0.title`; empty for the form as a whole) and a message. */
export interface FieldProblem {
  readonly field: string
  readonly message: MessageKey
}

/** A form as it was sent, before anybody has looked at what it says. */
export interface SentForm {
  readonly values: FieldValues
  /** Files by field; an empty choice is left out. */
  readonly files: Readonly<Record<string, readonly File[]>>
}

export type ReadForm<T> =
  | { readonly ok: true; readonly value: T; readonly values: FieldValues }
  | { readonly ok: false; readonly problems: readonly FieldProblem[]; readonly values: FieldValues }

const most = { fields: 5_000, name: 200 } as const

/**
 * Reads the body of a form, files too, into memory. Throws `InvalidInputError` when it is no form, or more of one than any page sends,
 * and `BodyTooLargeError` when it has more bytes than it may, for those whose limit depends on who sends it.
 */
export async function readSent(
  request: Request,
  { maxBytes = Infinity }: { maxBytes?: number } = {},
): Promise<SentForm> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    throw new InvalidInputError('body', 'is not a form')
  }
  const data = await readBody(request, maxBytes)
  const values: Record<string, string[]> = Object.create(null)
  const files: Record<string, File[]> = Object.create(null)
  let count = 0
  for (const [name, value] of data.entries()) {
    count += 1
    if (count > most.fields) throw new InvalidInputError('body', `has more than ${most.fields} fields`)
    if (name.length > most.name) throw new InvalidInputError('body', 'has a field whose name is too long')
    if (typeof value === 'string') (values[name] ??= []).push(tidy(value))
    else if (value.size > 0 || value.name !== '') (files[name] ??= []).push(value)
  }
  return { values, files }
}

async function readBody(request: Request, maxBytes: number): Promise<FormData> {
  const isTooLong = Number(request.headers.get('content-length') ?? 0) > maxBytes
  if (isTooLong) throw new BodyTooLargeError(maxBytes)
  const watched = maxBytes === Infinity ? { body: request, isOver: () => false } : watchSize(request, maxBytes)
  return watched.body.formData().catch(() => {
    if (watched.isOver()) throw new BodyTooLargeError(maxBytes)
    throw new InvalidInputError('body', 'is not a whole form')
  })
}

/** A body that says nothing of its length, or not the truth, ends at the limit. */
function watchSize(request: Request, maxBytes: number): { body: Response; isOver: () => boolean } {
  let size = 0
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      size += chunk.length
      if (size > maxBytes) controller.error(new BodyTooLargeError(maxBytes))
      else controller.enqueue(chunk)
    },
  })
  const headers = { 'content-type': request.headers.get('content-type') ?? '' }
  return { body: new Response(request.body?.pipeThrough(count) ?? null, { headers }), isOver: () => size > maxBytes }
}

/** Browsers send CRLF; the database holds no NUL. */
function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\0', '').normalize('NFC')
}

/** Reads the body of a form against a schema whose messages are keys of the catalogue. */
export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<ReadForm<T>> {
  const { values } = await readSent(request)
  return checkForm(values, schema)
}

/**
 * Holds what was sent against a schema. A name with dots is a place in a tree (`sessions.0.title`), whole numbers are places
 * in a list; a name sent once is a text, several times a list of texts; a name that ends in `[]` is always a list.
 */
export function checkForm<T>(values: FieldValues, schema: z.ZodType<T>): ReadForm<T> {
  const parsed = schema.safeParse(toTree(values))
  if (parsed.success) return { ok: true, value: parsed.data, values }
  const problems = parsed.error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message: toKey(message),
  }))
  return { ok: false, problems, values }
}

/** Messages of a form's schema are keys; whatever Zod says by itself becomes the general one. */
function toKey(message: string): MessageKey {
  return /^[a-z][\w]*(\.[\w-]+)+$/i.test(message) ? (message as MessageKey) : 'form.invalid'
}

type Tree = { [name: string]: unknown }

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

function toTree(values: FieldValues): Tree {
  const root: Tree = Object.create(null)
  for (const [name, sent] of Object.entries(values)) {
    const isList = name.endsWith('[]')
    const path = (isList ? name.slice(0, -2) : name).split('.')
    if (path.length > 6 || path.some((step) => forbidden.has(step))) continue
    let at = root
    for (const step of path.slice(0, -1)) {
      const below = at[step]
      at = isTree(below) ? below : ((at[step] = Object.create(null)) as Tree)
    }
    const last = path.at(-1) ?? ''
    at[last] = isList || sent.length > 1 ? [...sent] : sent[0]
  }
  return toLists(root) as Tree
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A tree whose names are all whole numbers is a list, in their order and without gaps. */
function toLists(value: unknown): unknown {
  if (!isTree(value)) return value
  const names = Object.keys(value)
  if (names.length > 0 && names.every((name) => /^\d{1,4}$/.test(name))) {
    return names.toSorted((one, other) => Number(one) - Number(other)).map((name) => toLists(value[name]))
  }
  return Object.fromEntries(names.map((name) => [name, toLists(value[name])]))
}

/** The first value of a field, or nothing. */
export function valueOf(values: FieldValues, name: string): string {
  return values[name]?.[0] ?? ''
}

/** The whole number that a form was given in a hidden field, as `version`; InvalidInputError when it comes back as anything else. */
export function numberOf(values: FieldValues, name: string): number {
  const text = valueOf(values, name)
  if (!/^\d{1,15}$/.test(text)) throw new InvalidInputError(`field "${name}"`, 'is not the number the form was given')
  return Number(text)
}
