/** How the sending of a file ended. All but `kept`, `type` and `tooLarge` can be tried again. */
export type Ending =
  'kept' | 'type' | 'tooLarge' | 'full' | 'tooMany' | 'signedOut' | 'unreadable' | 'failed' | 'cancelled'

type Step = Ending | 'on' | 'lost' | 'anew'

/** Is told how far a file has come. */
export interface Watcher {
  begun(address: string): void
  moved(offset: number): void
  broken(): void
  checking(): void
}

const least = 64_000
const longestPause = 30_000
/** Milliseconds for one request: the hub gives a part half a minute, and its look at the whole file about as much. */
const patience = 60_000

/**
 * Sends a file in pieces over a line that may break (tus 1.0.0), and never gives up by itself while only the line is bad. Pieces grow
 * while they go fast and shrink when they do not: what a slow line has taken is kept often, a fast one is not held up.
 */
export class Sender {
  /** How a form names the file once it is kept. */
  ref = ''
  /** Bytes that the hub has; null: it must be asked. */
  private offset: number | null = null
  private piece = 256_000
  private largest = 8_000_000
  private furthest = 0
  private tries = 0
  private isCancelled = false
  private call: AbortController | null = null
  /** The answer to the beginning, which says where the upload is. */
  private beginning: Promise<Response> | null = null
  private go: () => void = () => undefined

  private readonly file: File
  private readonly action: string
  private readonly watch: Watcher
  private address: string | null

  /** `address`: of an upload of this file that was begun before; null: there is none. */
  constructor(file: File, action: string, address: string | null, watch: Watcher) {
    this.file = file
    this.action = action
    this.address = address
    this.watch = watch
  }

  async run(): Promise<Ending> {
    let begun = 0
    this.offset = null
    while (!this.isCancelled) {
      const step = await this.step().catch((): Step => 'lost')
      if (this.isCancelled) break
      if (step === 'lost') await this.restAfterBreak()
      else if (step === 'anew') {
        begun += 1
        if (begun > 3) return 'failed'
        this.address = null
        this.offset = null
      } else if (step !== 'on') return step
    }
    return 'cancelled'
  }

  private async restAfterBreak(): Promise<void> {
    this.offset = null
    this.piece = Math.max(least, this.piece / 4)
    this.watch.broken()
    const pause = Math.min(longestPause, 500 * 2 ** this.tries)
    this.tries += 1
    await this.rest(pause)
  }

  /** Goes on at once where it rests. */
  wake(): void {
    this.go()
  }

  /** Stops, and takes back what the hub has. */
  async cancel(): Promise<void> {
    this.isCancelled = true
    // An upload whose address is not known yet could not be taken back: its beginning is let come to its end.
    if (this.address === null) await this.beginning?.catch(() => null)
    else this.call?.abort()
    this.go()
    const { address } = this
    if (address === null) return
    // A part that was on its way holds the upload for a moment longer.
    if ((await this.ask('DELETE', address).catch(() => null))?.status !== 423) return
    await this.rest(2000)
    await this.ask('DELETE', address).catch(() => null)
  }

  private async rest(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.go = resolve
      setTimeout(resolve, milliseconds)
    })
  }

  private async ask(
    method: string,
    address: string,
    more: Readonly<Record<string, string>> = {},
    body?: ArrayBuffer,
  ): Promise<Response> {
    const call = new AbortController()
    const timer = setTimeout(() => call.abort(), patience)
    this.call = call
    const headers = { 'tus-resumable': '1.0.0', ...more }
    const sent = { method, headers, redirect: 'manual' as const, signal: call.signal, ...(body && { body }) }
    return fetch(address, sent).finally(() => clearTimeout(timer))
  }

  private async step(): Promise<Step> {
    if (this.address === null) return this.begin()
    if (this.offset === null) return this.look(this.address)
    return this.offset < this.file.size ? this.sendPiece(this.address, this.offset) : this.finish(this.address)
  }

  private async begin(): Promise<Step> {
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(this.file.name)))
    const metadata = { 'upload-length': String(this.file.size), 'upload-metadata': `filename ${name}` }
    this.beginning = this.ask('POST', this.action, metadata)
    const answer = await this.beginning
    const address = answer.headers.get('location')
    if (answer.status === 404 || (answer.ok && address === null)) return 'failed'
    if (!answer.ok) return judge(answer)
    this.address = address
    this.offset = 0
    if (!this.isCancelled) this.watch.begun(address ?? '')
    return 'on'
  }

  private async look(address: string): Promise<Step> {
    const answer = await this.ask('HEAD', address)
    // What was refused is over; why is said by the upload itself.
    if (answer.status === 410) this.offset = this.file.size
    else if (!answer.ok) return judge(answer)
    else if (answer.headers.get('upload-length') !== String(this.file.size)) return 'anew'
    else this.advance(Number(answer.headers.get('upload-offset')))
    return 'on'
  }

  private async sendPiece(address: string, offset: number): Promise<Step> {
    const body = await this.file
      .slice(offset, offset + this.piece)
      .arrayBuffer()
      .catch(() => null)
    if (body === null) return 'unreadable'
    if (this.isCancelled) return 'cancelled'
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }
    const from = Date.now()
    const answer = await this.ask('PATCH', address, headers, body)
    if (answer.status === 413 && this.piece > least) {
      // A proxy on the way takes less at once.
      this.largest = Math.max(least, this.piece / 2)
      this.piece = this.largest
      return 'on'
    }
    if (!answer.ok) return judge(answer)
    this.advance(Number(answer.headers.get('upload-offset')))
    const took = Date.now() - from
    if (took < 1500) this.piece = Math.min(this.largest, this.piece * 2)
    else if (took > 6000) this.piece = Math.max(least, this.piece / 2)
    return 'on'
  }

  private advance(offset: number): void {
    // Only what has really moved makes the next pause a short one again.
    if (offset > this.furthest) this.tries = 0
    this.furthest = Math.max(offset, this.furthest)
    this.offset = offset
    this.watch.moved(offset)
  }

  /** All of it is there: the hub looks at it, and says how a form may name it. */
  private async finish(address: string): Promise<Step> {
    this.watch.checking()
    const answer = await this.ask('GET', address)
    if (!answer.ok) return judge(answer)
    const said: unknown = await answer.json()
    const { state, ref }: { state?: unknown; ref?: unknown } = Object(said)
    if (state === 'refused') return 'type'
    if (state === 'receiving') return 'lost'
    if (state === 'kept' && typeof ref === 'string') {
      this.ref = ref
      return 'kept'
    }
    await this.rest(1000)
    return 'on'
  }
}

const endings: Readonly<Record<number, Step>> = {
  0: 'signedOut',
  401: 'signedOut',
  404: 'anew',
  408: 'lost',
  409: 'lost',
  410: 'anew',
  413: 'tooLarge',
  415: 'type',
  423: 'lost',
  507: 'full',
}

/** What follows from an answer that is not the one hoped for. One that leads elsewhere leads to the sign-in, and has no status here. */
function judge({ status, headers }: Response): Step {
  // What is not said by the hub's uploads comes from something on the way that has enough of us for a while.
  if (status === 429) return headers.has('tus-resumable') ? 'tooMany' : 'lost'
  return endings[status] ?? (status >= 500 ? 'lost' : 'failed')
}
