import type { PGlite } from '@electric-sql/pglite'
import { query, sync } from './replies.ts'
import { AnswerWatch, KeptStatements } from './statements.ts'

/** One client of the engine's only session. */
export type Client = {
  /** Called with bytes that are only valid during the call. */
  receive: (bytes: Uint8Array) => void
  /** Its transaction stood idle while others waited, and has been rolled back. */
  evict: () => void
}

type Turn = { client: Client; bytes: Buffer; open: boolean; done: () => void }

const nobody: Client = { receive: () => undefined, evict: () => undefined }

/** The session outlives its clients: what one of them has SET must not reach the next. */
const forgetSettings = query('RESET ALL')

/** How long a transaction may stand idle while others wait, in milliseconds. */
export const IDLE_IN_TRANSACTION_LIMIT = 5_000

/**
 * Gives the engine's one session to many clients, a unit of statements at a time. Whoever is inside a transaction holds the
 * session until it ends; a holder that leaves, or idles while others wait, is rolled back.
 */
export class Session {
  readonly #engine: PGlite
  readonly #idleLimit: number
  readonly #turns: Turn[] = []
  readonly #statements = new KeptStatements()
  #holder: Client | undefined
  #running = false
  #closed = false
  #runningClient: Client | undefined
  #left = new WeakSet<Client>()
  #idleTimer: NodeJS.Timeout | undefined

  constructor(engine: PGlite, idleLimit: number = IDLE_IN_TRANSACTION_LIMIT) {
    this.#engine = engine
    this.#idleLimit = idleLimit
  }

  /** Runs one unit when the session is free; resolves when its answer has been given to `client.receive`. */
  async run(client: Client, bytes: Buffer, open: boolean): Promise<void> {
    if (this.#closed || this.#left.has(client)) return
    return new Promise((done) => {
      this.#turns.push({ client, bytes, open, done })
      void this.#takeTurns()
    })
  }

  /** The client is gone: what it has not begun is dropped, and what it left open is rolled back. */
  leave(client: Client): void {
    this.#left.add(client)
    for (let index = this.#turns.length - 1; index >= 0; index -= 1) {
      if (this.#turns[index]?.client === client) this.#turns.splice(index, 1)[0]?.done()
    }
    if (this.#holder === client && this.#runningClient !== client) this.#rollBackHolder()
    void this.run(nobody, forgetSettings, false)
  }

  /** Takes no more turns, ends the one under way, rolls back what is open and writes everything to its place. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#idleTimer)
    for (const turn of this.#turns.splice(0)) turn.done()
    while (this.#running) await new Promise((resolve) => setImmediate(resolve))
    await this.#rollBack()
    // The next start then has nothing to recover.
    await this.#execute(query('CHECKPOINT'), () => undefined)
  }

  async #takeTurns(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let turn = this.#nextTurn(); turn; turn = this.#nextTurn()) {
      await this.#take(turn)
      // Between two turns the sockets are heard: who has come, who has gone.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#running = false
    this.#watchIdleHolder()
  }

  #nextTurn(): Turn | undefined {
    const holder = this.#holder
    if (!holder) return this.#turns.shift()
    const index = this.#turns.findIndex((turn) => turn.client === holder)
    return index === -1 ? undefined : this.#turns.splice(index, 1)[0]
  }

  async #take(turn: Turn): Promise<void> {
    clearTimeout(this.#idleTimer)
    this.#runningClient = turn.client
    await this.#answer(turn)
    this.#runningClient = undefined
    this.#holder = turn.open || this.#engine.isInTransaction() ? turn.client : undefined
    turn.done()
    if (this.#holder && this.#left.has(turn.client)) await this.#rollBack()
    const forgotten = this.#holder ? undefined : this.#statements.takeForgotten()
    if (forgotten) await this.#execute(forgotten, () => undefined)
  }

  async #answer({ client, bytes }: Turn): Promise<void> {
    const { bytes: prepared, prefix, text } = this.#statements.prepare(bytes)
    if (text === undefined) return this.#execute(prepared, (answer) => client.receive(answer))
    const watch = new AnswerWatch()
    if (prefix) client.receive(prefix)
    await this.#execute(prepared, (answer) => {
      watch.see(answer)
      client.receive(answer)
    })
    if (watch.failed) this.#statements.forget(text)
  }

  async #execute(bytes: Uint8Array, onRawData: (bytes: Uint8Array) => void): Promise<void> {
    await this.#engine.execProtocolRawStream(bytes, { syncToFs: false, onRawData })
  }

  async #rollBack(): Promise<void> {
    await this.#execute(Buffer.concat([sync, query('ROLLBACK')]), () => undefined)
    this.#holder = undefined
  }

  #rollBackHolder(): void {
    if (this.#running) return
    this.#running = true
    clearTimeout(this.#idleTimer)
    void this.#rollBack().then(() => {
      this.#running = false
      return this.#takeTurns()
    })
  }

  #watchIdleHolder(): void {
    clearTimeout(this.#idleTimer)
    const holder = this.#holder
    if (!holder || this.#turns.length === 0) return
    this.#idleTimer = setTimeout(() => {
      holder.evict()
      this.leave(holder)
    }, this.#idleLimit)
  }
}
