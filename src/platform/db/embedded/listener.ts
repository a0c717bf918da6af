import { createServer, type Server, type Socket } from 'node:net'
import { timingSafeEqual } from 'node:crypto'
import { Framing, type Unit } from './framing.ts'
import { askPassword, fatal, noEncryption, refuseCopyFromClient, startup } from './replies.ts'
import { IDLE_IN_TRANSACTION_LIMIT, type Client, type Session } from './session.ts'

/** Serves the session over the PostgreSQL protocol, to as many connections as come. */
export class Listener {
  readonly #session: Session
  readonly #password: string | undefined
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  constructor(session: Session, password?: string) {
    this.#session = session
    this.#password = password
    this.#server = createServer((socket) => this.#greet(socket))
  }

  /** Resolves with the port that is listened on (0 for a Unix socket). */
  async listen(at: { socket: string } | { host: string; port: number }): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      const listening = () => resolve()
      if ('socket' in at) this.#server.listen(at.socket, listening)
      else this.#server.listen(at.port, at.host, listening)
    })
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.end(fatal('57P01', 'the hub is stopping'))
    const grace = setTimeout(() => this.#sockets.forEach((socket) => socket.destroy()), 500)
    await closed
    clearTimeout(grace)
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket)
    socket.setNoDelay(true)
    const end = (code: string, text: string) => {
      socket.write(fatal(code, text))
      socket.destroySoon()
    }
    const client: Client = {
      // The engine's bytes are a view of its memory, which the next statement overwrites.
      receive: (bytes) => void (socket.writable && socket.write(Buffer.from(bytes))),
      evict: () => {
        const seconds = IDLE_IN_TRANSACTION_LIMIT / 1000
        end(
          '25P03',
          `a transaction stood idle for ${seconds} s while others waited: use only the transaction inside it`,
        )
      },
    }
    const connection = new Connection(socket, client, this.#session, this.#password)
    socket.on('data', (bytes: Buffer) => connection.hear(bytes))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#session.leave(client)
    })
  }
}

class Connection {
  readonly #socket: Socket
  readonly #client: Client
  readonly #session: Session
  readonly #password: string | undefined
  readonly #framing = new Framing()
  #asked = false
  #welcome: boolean

  constructor(socket: Socket, client: Client, session: Session, password: string | undefined) {
    this.#socket = socket
    this.#client = client
    this.#session = session
    this.#password = password
    this.#welcome = password === undefined
  }

  hear(bytes: Buffer): void {
    try {
      for (const unit of this.#framing.add(bytes)) this.#handle(unit)
    } catch (error) {
      this.#refuse('08P01', error instanceof Error ? error.message : String(error))
    }
  }

  #handle(unit: Unit): void {
    if (unit.kind === 'encryption') this.#socket.write(noEncryption)
    else if (unit.kind === 'cancel') this.#socket.destroy()
    else if (unit.kind === 'end') this.#socket.end()
    else if (unit.kind === 'startup') this.#start()
    else if (unit.kind === 'password') this.#checkPassword(unit.password)
    else if (!this.#welcome) this.#refuse('28000', 'a password is needed first')
    else void this.#session.run(this.#client, refuseCopyFromClient(unit.bytes), unit.open)
  }

  #start(): void {
    if (this.#welcome) return this.#admit()
    this.#asked = true
    this.#socket.write(askPassword)
  }

  /** The engine greets each client for itself; what the client says of itself never reaches it. */
  #admit(): void {
    this.#welcome = true
    void this.#session.run(this.#client, startup, false)
  }

  #checkPassword(given: string): void {
    const wanted = Buffer.from(this.#password ?? '')
    const bytes = Buffer.from(given)
    if (this.#welcome || !this.#asked) return
    if (bytes.length !== wanted.length || !timingSafeEqual(bytes, wanted)) {
      this.#refuse('28P01', 'wrong password: it is in the file run/address.json of the data folder')
      return
    }
    this.#admit()
  }

  #refuse(code: string, text: string): void {
    this.#socket.write(fatal(code, text))
    this.#socket.destroySoon()
  }
}
