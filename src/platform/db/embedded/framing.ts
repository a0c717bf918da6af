/** PostgreSQL's frontend protocol, cut into what the engine can be given at once. Source: PostgreSQL manual, "Message Formats". */

export type Unit =
  | { kind: 'startup' }
  | { kind: 'encryption' }
  | { kind: 'cancel' }
  | { kind: 'password'; password: string }
  | { kind: 'statements'; bytes: Buffer; open: boolean }
  | { kind: 'end' }

const SSL_REQUEST = 80877103
const GSS_REQUEST = 80877104
const CANCEL_REQUEST = 80877102
const LARGEST_STARTUP = 10_000
const LARGEST_MESSAGE = 256 * 1024 * 1024

/** What came in is not the PostgreSQL protocol. */
class ProtocolError extends Error {
  override name = 'ProtocolError'
}

/**
 * Collects the bytes of one connection and gives them back as units. Parse, Bind, Describe and Execute stay together up to
 * their Sync: the engine has one session, and another connection's Parse between them would replace the statement.
 */
export class Framing {
  #pending: Buffer[] = []
  #pendingLength = 0
  #needed = 0
  #batch: Buffer[] = []
  #started = false
  #open = false

  add(bytes: Buffer): Unit[] {
    this.#pending.push(bytes)
    this.#pendingLength += bytes.length
    // A large message arrives in many pieces: they are joined once, when it is whole.
    if (this.#pendingLength < this.#needed) return []
    const units: Unit[] = []
    let rest = this.#pending.length === 1 ? bytes : Buffer.concat(this.#pending)
    for (let length = this.#nextLength(rest); length > 0 && length <= rest.length; length = this.#nextLength(rest)) {
      const unit = this.#read(rest.subarray(0, length))
      if (unit) units.push(unit)
      rest = rest.subarray(length)
    }
    this.#pending = [rest]
    this.#pendingLength = rest.length
    this.#needed = this.#nextLength(rest)
    return units
  }

  /** The length of the next message with its head, in bytes; 0 as long as its head is not whole. */
  #nextLength(bytes: Buffer): number {
    const head = this.#started ? 1 : 0
    if (bytes.length < head + 4) return 0
    const length = bytes.readInt32BE(head)
    const largest = this.#started ? LARGEST_MESSAGE : LARGEST_STARTUP
    if (length < 4 || length > largest) throw new ProtocolError(`a message claims to be ${length} bytes long`)
    return head + length
  }

  #read(message: Buffer): Unit | undefined {
    if (!this.#started) return this.#readStartup(message)
    const type = String.fromCharCode(message[0] ?? 0)
    if (type === 'X') return { kind: 'end' }
    if (type === 'p')
      return { kind: 'password', password: message.toString('utf8', 5, Math.max(5, message.length - 1)) }
    this.#batch.push(message)
    if (type === 'Q' || type === 'F' || type === 'S') return this.#finishBatch(type !== 'S' && this.#open)
    return type === 'H' ? this.#finishBatch(true) : undefined
  }

  #readStartup(message: Buffer): Unit {
    const code = message.length >= 8 ? message.readInt32BE(4) : 0
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption' }
    if (code === CANCEL_REQUEST) return { kind: 'cancel' }
    if (code >> 16 !== 3) throw new ProtocolError('this is not a PostgreSQL client of protocol 3')
    this.#started = true
    return { kind: 'startup' }
  }

  /** `open`: the client has flushed without a Sync, so the session is still its own. */
  #finishBatch(open: boolean): Unit {
    const bytes = Buffer.concat(this.#batch)
    this.#batch = []
    this.#open = open
    return { kind: 'statements', bytes, open }
  }
}
