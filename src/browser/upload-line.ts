import { findBegun, forgetBegun, keepBegun } from './begun-uploads.ts'
import { Sender, type Ending } from './resumable.ts'

/** What the lines of a form share: where to send, for whom, the words, and who is told when one has come to rest. */
export interface Uploads {
  readonly action: string
  readonly owner: string
  /** Where to sign in. */
  readonly to: string
  words(name: string, values?: Readonly<Record<string, string>>): string
  settled(): void
  /** A file was taken back: the form does not go by itself. */
  released(): void
  /** One file after the other: they share the line. */
  inTurn(send: () => Promise<void>): void
}

/** The state of a field's file: being sent, there, or waiting for a person. A note is only said. */
type State = 'note' | 'sending' | 'there' | 'stopped'

const make = <T extends keyof HTMLElementTagNameMap>(tag: T, className = ''): HTMLElementTagNameMap[T] => {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  return made
}

/** What stands below the field of a file: how far it has come, what is wrong, and buttons. */
export class UploadLine {
  state: State = 'note'
  private readonly again = make('button', 'button plain small')
  private readonly box = make('div', 'upload')
  private readonly status = make('p')
  private readonly amount = make('p', 'quiet')
  private readonly bar = make('progress')
  private readonly stop = make('button', 'button plain small')
  private readonly hidden = make('input')
  private file: File | null = null
  private sender: Sender | null = null
  private ending: Ending | null = null
  private said = -1

  private readonly input: HTMLInputElement
  private readonly uploads: Uploads
  /** The name under which the form sends the file. */
  readonly name: string

  constructor(input: HTMLInputElement, uploads: Uploads, name: string) {
    this.input = input
    this.uploads = uploads
    this.name = name
    this.box.setAttribute('role', 'group')
    this.box.setAttribute('aria-label', input.labels?.[0]?.textContent?.trim() ?? '')
    this.status.id = `${input.id}-upload`
    this.status.setAttribute('role', 'status')
    this.hidden.type = 'hidden'
    this.hidden.name = name
    this.bar.max = 1
    for (const [button, word] of [
      [this.again, 'again'],
      [this.stop, 'cancel'],
    ] as const) {
      button.type = 'button'
      button.textContent = uploads.words(word)
    }
    this.again.addEventListener('click', () => this.goOn())
    const buttons = make('div', 'buttons')
    buttons.append(this.again, this.stop)
    this.box.append(this.bar, this.amount, this.status, buttons)
    const described = [input.getAttribute('aria-describedby'), this.status.id].filter(Boolean)
    input.setAttribute('aria-describedby', described.join(' '))
    input.after(this.box)
  }

  /** Says that a file was begun earlier; `forget`: for good. */
  remind(name: string, forget: () => void): void {
    this.draw('note', 'begun', { name })
    this.stop.addEventListener('click', () => {
      forget()
      this.remove()
      this.input.focus()
    })
  }

  send(file: File): void {
    const { owner, action } = this.uploads
    const place = `${location.pathname} ${this.name}`
    this.file = file
    this.bar.setAttribute('aria-label', file.name)
    const keep = (address: string) => keepBegun(owner, file, { address, place, isWhole: false })
    this.sender = new Sender(file, action, findBegun(owner, file)?.address ?? null, {
      begun: keep,
      moved: (offset) => this.move(offset / file.size),
      broken: () => this.draw('sending', 'broken', { percent: percent(this.bar.value) }),
      checking: () => this.draw('sending', 'checking'),
    })
    this.stop.addEventListener('click', () => this.cancel())
    this.start()
  }

  isOf({ name, size, lastModified }: File): boolean {
    const { file } = this
    return file?.name === name && file.size === size && file.lastModified === lastModified
  }

  /** Somebody has to do something about this file. */
  attend(): void {
    const button = this.again.hidden ? this.stop : this.again
    button.focus()
  }

  private start(): void {
    this.move(this.bar.value)
    this.uploads.inTurn(async () => {
      const { sender, file } = this
      const ending = await sender?.run()
      if (!sender || !file || !ending || ending === 'cancelled') return
      this.end(ending, file, sender)
      this.uploads.settled()
    })
  }

  /** Where the line is broken, at once; where it had stopped, again. */
  goOn(): void {
    if (this.state === 'stopped') this.start()
    else this.sender?.wake()
  }

  /** Whoever has signed in again meanwhile is not asked to press anything. */
  goOnWhenBack(): void {
    if (this.state === 'sending' || this.ending === 'signedOut') this.goOn()
  }

  private cancel(): void {
    this.discard()
    this.input.value = ''
    this.draw('note', 'removed')
    this.input.focus()
    this.uploads.released()
  }

  /** Another file comes in its place. */
  discard(): void {
    void this.sender?.cancel()
    if (this.file) forgetBegun(this.uploads.owner, this.file)
    this.hidden.remove()
    this.input.name = this.name
  }

  remove(): void {
    this.box.remove()
    const others = (this.input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== this.status.id)
    if (others.join('') === '') this.input.removeAttribute('aria-describedby')
    else this.input.setAttribute('aria-describedby', others.join(' '))
  }

  private end(ending: Ending, file: File, sender: Sender): void {
    this.ending = ending
    const { owner } = this.uploads
    if (ending !== 'kept') {
      if (ending === 'type' || ending === 'tooLarge') forgetBegun(owner, file)
      this.draw('stopped', ending)
      if (ending === 'signedOut') this.status.append(' ', this.signInLink())
      return
    }
    const begun = findBegun(owner, file)
    if (begun) keepBegun(owner, file, { ...begun, isWhole: true })
    this.hidden.value = sender.ref
    this.input.removeAttribute('name')
    this.box.append(this.hidden)
    this.draw('there', 'there')
    // What keeps the form must hear of it.
    this.hidden.dispatchEvent(new Event('change', { bubbles: true }))
  }

  /** The page stays where it is, with all that was typed. */
  private signInLink(): HTMLAnchorElement {
    const link = make('a')
    link.href = this.uploads.to
    link.target = '_blank'
    link.textContent = this.uploads.words('sign-in')
    return link
  }

  /** The amount is shown at every piece; said aloud is every quarter. */
  private move(share: number): void {
    this.bar.value = share
    const quarter = Math.floor(share * 4)
    const size = this.file?.size ?? 0
    this.amount.textContent = this.uploads.words('amount', { sent: bytes(share * size), total: bytes(size) })
    if (this.ending === null && quarter === this.said && this.status.dataset['word'] === 'sending') return
    this.ending = null
    this.said = quarter
    this.draw('sending', 'sending', { percent: percent(share) })
  }

  private draw(state: State, word: string, values: Readonly<Record<string, string>> = {}): void {
    this.state = state
    const isOver = this.ending === 'type' || this.ending === 'tooLarge'
    this.status.dataset['word'] = word
    // While all goes well the bar and the amount say enough to whoever sees them.
    this.status.className = word === 'sending' ? 'unseen' : state === 'stopped' ? 'problem' : ''
    const words = this.uploads.words(word, { name: this.file?.name ?? '', ...values })
    // The same words set again would be read out again.
    if (this.status.textContent !== words) this.status.textContent = words
    this.bar.hidden = state === 'note' || state === 'there' || isOver
    this.amount.hidden = this.bar.hidden
    this.again.hidden = !(word === 'broken' || (state === 'stopped' && !isOver))
    this.stop.hidden = word === 'removed'
  }
}

const locale = () => document.documentElement.lang
const percent = (share: number) => new Intl.NumberFormat(locale(), { style: 'percent' }).format(share)

function bytes(count: number): string {
  const [unit, size] = count < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const)
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(count / size)
}
