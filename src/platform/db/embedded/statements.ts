import { close, sync } from './replies.ts'

/** A batch as the engine is given it, and what the client is told before the engine's own answer. */
export type Prepared = { bytes: Buffer; prefix: Buffer | undefined; text: string | undefined }

/** More than the hub's own statements; each takes some tens of kilobytes of the engine's memory. */
const MOST = 200
/** Longer ones insert many rows, and hardly come twice. */
const LONGEST = 8_000

const parseComplete = Buffer.from([0x31, 0, 0, 0, 4])
const repeatable = /^\s*(select|insert|update|delete|with)\b/i
/** What gives a table another shape, at which a kept statement fails, or takes kept statements away. */
const upheaval = /\b(alter|create|drop|deallocate|discard)\b/i

/**
 * The statements that the engine keeps parsed and planned, for all clients together: it has one session. Clients send every
 * statement whole; to parse and plan it takes the engine longer than to run it.
 */
export class KeptStatements {
  readonly #most: number
  readonly #names = new Map<string, string>()
  #forgotten: string[] = []
  #made = 0

  constructor(most: number = MOST) {
    this.#most = most
  }

  /** The batch as the engine is to have it: one lone statement with its values by the name under which it is kept. */
  prepare(batch: Buffer): Prepared {
    const found = readLoneStatement(batch)
    if (!found || found.text.length > LONGEST || !repeatable.test(found.text)) {
      if (upheaval.test(batch.toString('latin1'))) this.#forgetAll()
      return { bytes: batch, prefix: undefined, text: undefined }
    }
    const { text, parse, bind, rest } = found
    const known = this.#names.get(text)
    const name = known ?? `hub_${++this.#made}`
    // A map gives its keys back in the order they were set: the one unused for longest comes first.
    this.#names.delete(text)
    this.#names.set(text, name)
    const [oldest] = this.#names.keys()
    if (this.#names.size > this.#most && oldest !== undefined) this.forget(oldest)
    const bound = rename(bind, 1, name)
    return known === undefined
      ? { bytes: Buffer.concat([rename(parse, 0, name), bound, rest]), prefix: undefined, text }
      : { bytes: Buffer.concat([bound, rest]), prefix: parseComplete, text }
  }

  /** To be called with the text of a batch that failed: whatever the cause, it is parsed anew the next time. */
  forget(text: string): void {
    const name = this.#names.get(text)
    if (name === undefined) return
    this.#names.delete(text)
    this.#forgotten.push(name)
  }

  #forgetAll(): void {
    for (const text of this.#names.keys()) this.forget(text)
  }

  /** A batch that frees what was forgotten. No name is used twice, so it may come whenever the session is free. */
  takeForgotten(): Buffer | undefined {
    if (this.#forgotten.length === 0) return undefined
    return Buffer.concat([...this.#forgotten.splice(0).map(close), sync])
  }
}

type LoneStatement = { text: string; parse: Buffer; bind: Buffer; rest: Buffer }

/** Parse, Bind, Describe or not, Execute and Sync of one statement without a name; everything else goes its way untouched. */
function readLoneStatement(batch: Buffer): LoneStatement | undefined {
  const messages: Buffer[] = []
  for (let at = 0; at < batch.length && messages.length < 6;) {
    const end = at + 1 + batch.readInt32BE(at + 1)
    messages.push(batch.subarray(at, end))
    at = end
  }
  const types = messages.map((message) => String.fromCharCode(message[0] ?? 0)).join('')
  const [parse, bind] = messages
  if (!/^PBD?ES$/.test(types) || !parse || !bind) return undefined
  if (parse[HEAD] !== 0 || bind[HEAD] !== 0 || bind[HEAD + 1] !== 0) return undefined
  // The types that a client gives its values are part of the statement.
  const text = parse.toString('latin1', HEAD + 1)
  return { text, parse, bind, rest: batch.subarray(parse.length + bind.length) }
}

const HEAD = 5

/** A message with a name instead of the empty one, which is that many bytes into its body. */
function rename(message: Buffer, offset: number, name: string): Buffer {
  const at = HEAD + offset
  const renamed = Buffer.concat([message.subarray(0, at), Buffer.from(name, 'latin1'), message.subarray(at)])
  renamed.writeInt32BE(renamed.length - 1, 1)
  return renamed
}

/** Looks for an ErrorResponse in an answer that comes in pieces, cut anywhere. */
export class AnswerWatch {
  failed = false
  #head: number[] = []
  #skip = 0

  see(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, bytes.length - at)
        this.#skip -= step
        at += step
        continue
      }
      this.#head.push(bytes[at] ?? 0)
      at += 1
      if (this.#head.length < HEAD) continue
      const [type, ...length] = this.#head
      if (type === ERROR_RESPONSE) this.failed = true
      this.#skip = Buffer.from(length).readInt32BE(0) - 4
      this.#head = []
    }
  }
}

const ERROR_RESPONSE = 'E'.charCodeAt(0)
