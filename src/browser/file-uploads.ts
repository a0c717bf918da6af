import { forgetKey, listBroken } from './begun-uploads.ts'
import { UploadLine, type Uploads } from './upload-line.ts'

/**
 * `<file-uploads action="/fr/desk/uploads" owner="usr_…" to="/fr/sign-in" sending="…" …><form …></form></file-uploads>`
 * A file is sent as soon as it is chosen, in pieces that go on after a break, while the rest of the form is filled in; the form then
 * names it instead of carrying it, and waits for it. Without script the form carries the file as forms do.
 */
class FileUploads extends HTMLElement implements Uploads {
  private readonly lines = new Map<HTMLInputElement, UploadLine>()
  private turn: Promise<void> = Promise.resolve()
  /** The button that was pressed while files were on their way. */
  private pressed: HTMLElement | null = null
  private note: HTMLElement | null = null
  private isConnectedBefore = false

  connectedCallback(): void {
    const form = this.querySelector('form')
    if (!form || this.isConnectedBefore) return
    this.isConnectedBefore = true
    for (const input of this.inputs()) this.remind(input)
    form.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === 'file') this.choose(target)
    })
    // Before anything else hears of it: what is held back has not been sent.
    this.addEventListener('submit', (event) => this.hold(event, form), true)
    const goOn = () => {
      for (const line of this.lines.values()) line.goOnWhenBack()
    }
    window.addEventListener('online', goOn)
    window.addEventListener('focus', goOn)
    // Some browsers bring back the choice of a file with the page.
    window.addEventListener('pageshow', () => {
      for (const input of this.inputs()) if ((this.lines.get(input)?.state ?? 'note') === 'note') this.choose(input)
    })
  }

  get action(): string {
    return this.getAttribute('action') ?? ''
  }

  get owner(): string {
    return this.getAttribute('owner') ?? ''
  }

  get to(): string {
    return this.getAttribute('to') ?? ''
  }

  words(name: string, values: Readonly<Record<string, string>> = {}): string {
    return (this.getAttribute(name) ?? '').replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
  }

  inTurn(send: () => Promise<void>): void {
    this.turn = this.turn.then(send)
  }

  private inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[type=file]')]
  }

  private remind(input: HTMLInputElement): void {
    const [broken] = listBroken(this.owner, `${location.pathname} ${input.name}`)
    if (!broken) return
    const line = new UploadLine(input, this, input.name)
    line.remind(broken.begun.name, () => {
      forgetKey(broken.key)
      void fetch(broken.begun.address, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' }, redirect: 'manual' })
    })
    this.lines.set(input, line)
  }

  private choose(input: HTMLInputElement): void {
    const [file] = input.files ?? []
    const former = this.lines.get(input)
    // An empty file goes with the form, which says that it is empty.
    if (!file || file.size === 0 || (former?.state === 'there' && former.isOf(file))) return
    former?.discard()
    former?.remove()
    const line = new UploadLine(input, this, former?.name ?? input.name)
    this.lines.set(input, line)
    line.send(file)
  }

  private hold(event: SubmitEvent, form: HTMLFormElement): void {
    this.released()
    const lines = [...this.lines.values()]
    const stopped = lines.find(({ state }) => state === 'stopped')
    if (!stopped && !lines.some(({ state }) => state === 'sending')) return
    event.preventDefault()
    event.stopPropagation()
    const pressed = event.submitter ?? form.querySelector<HTMLElement>('[type=submit]')
    if (!pressed) return
    if (stopped) stopped.attend()
    else this.pressed = pressed
    this.say(pressed, stopped ? 'stopped' : 'held')
  }

  /** Beside the button that was pressed. */
  private say(pressed: HTMLElement, word: string): void {
    const note = document.createElement('p')
    note.className = word === 'stopped' ? 'notice warning' : 'notice'
    note.setAttribute('role', word === 'stopped' ? 'alert' : 'status')
    note.textContent = this.words(word)
    const place = pressed.closest('.buttons') ?? pressed
    place.after(note)
    this.note = note
  }

  /** Sends the form that was waiting, when nothing holds it any more. */
  settled(): void {
    const { pressed } = this
    const states = [...this.lines.values()].map(({ state }) => state)
    if (states.includes('sending')) return
    this.released()
    if (pressed && states.includes('stopped')) this.say(pressed, 'stopped')
    else pressed?.click()
  }

  released(): void {
    this.note?.remove()
    this.pressed = null
  }
}

customElements.define('file-uploads', FileUploads)
