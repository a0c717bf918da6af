import { entriesOf, fill, readFields, serialise } from './form-fields.ts'
import { canKeep, forget, listKept, noteSent, ownKey, read, settleSent, write, type Kept } from './kept.ts'

/**
 * `<kept-form key-name="sem_…" words="…" restore="…" discard="…" offline="…"><form …></form></kept-form>`
 * Keeps what is typed in this browser until it was sent and answered, and offers it back: a closed tab or a lost connection
 * costs nothing. Passwords and files are never kept. What is older than thirty days is forgotten.
 * `saved`: what was sent has been saved. `unsaved`: the form shows what was sent, and it is not saved. `redraw="check"`: the hub
 * draws the form of what was kept, asked by this value of `do`, because the form's own parts can be more or fewer by then.
 */
class KeptForm extends HTMLElement {
  private key = ''
  private shown = ''
  private form: HTMLFormElement | null = null

  connectedCallback(): void {
    const form = this.querySelector('form')
    if (!form || this.form || !canKeep()) return
    this.form = form
    this.key = ownKey(this.place)
    this.shown = serialise(form)
    if (this.hasAttribute('saved')) this.forgetSaved()
    if (this.hasAttribute('unsaved')) this.shown = read(this.key)?.shown ?? this.shown
    else this.offer(form)
    let timer: number | undefined
    const keep = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => this.keep(form), 300)
    }
    form.addEventListener('input', keep)
    form.addEventListener('change', keep)
    form.addEventListener('submit', (event) => this.send(event, form))
    window.addEventListener('pagehide', () => this.keep(form))
    // Back from a page that did not come: what is typed from now on has not been sent.
    window.addEventListener('pageshow', () => delete form.dataset['sent'])
  }

  private get place(): string {
    return this.getAttribute('key-name') ?? location.pathname
  }

  /** The address says that something was saved once only: a page loaded again knows nothing of what was sent since. */
  private forgetSaved(): void {
    if (read(this.key)?.sent) forget(this.key)
    const address = new URL(location.href)
    address.searchParams.delete('saved')
    history.replaceState(history.state, '', address)
  }

  private keep(form: HTMLFormElement): void {
    if (form.dataset['sent'] === 'yes') return
    if (serialise(form) !== this.shown) this.write(form, false)
  }

  private write(form: HTMLFormElement, sent: boolean): void {
    const all = this.hasAttribute('redraw') ? entriesOf(form) : []
    const stamps = stampsOf(form).map((one): [string, string] => [one.name, one.value])
    write(this.key, { at: Date.now(), fields: serialise(form), shown: this.shown, all, sent, stamps })
  }

  /** Offers the newest of what was kept that differs from what the page shows. */
  private offer(form: HTMLFormElement): void {
    const [newest] = listKept(this.place).filter(({ key, kept }) => {
      if (kept.fields === this.shown) forget(key)
      return kept.fields !== this.shown
    })
    if (!newest) return
    const notice = document.createElement('div')
    notice.className = 'notice'
    notice.setAttribute('role', 'status')
    const words = document.createElement('p')
    words.textContent = this.getAttribute('words')
    const buttons = document.createElement('div')
    buttons.className = 'buttons'
    buttons.append(
      this.button('restore', notice, () => this.restore(form, newest.key, newest.kept)),
      this.button('discard', notice, () => forget(newest.key)),
    )
    notice.append(words, buttons)
    this.prepend(notice)
  }

  private button(name: 'restore' | 'discard', notice: HTMLElement, act: () => void): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button plain'
    button.textContent = this.getAttribute(name)
    button.addEventListener('click', () => {
      // The focus would be lost with the button.
      this.form?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select')?.focus()
      notice.remove()
      act()
    })
    return button
  }

  private restore(form: HTMLFormElement, key: string, kept: Kept): void {
    const deed = this.getAttribute('redraw')
    forget(key)
    write(this.key, { ...kept, sent: false })
    if (deed === null) restoreFields(form, kept, this.shown)
    else sendAgain(form, kept, deed)
  }

  /** Without a connection the form stays where it is and says so; the browser's error page would take it away. */
  private send(event: SubmitEvent, form: HTMLFormElement): void {
    this.write(form, navigator.onLine)
    this.querySelector('.offline')?.remove()
    if (navigator.onLine) {
      noteSent(this.key)
      form.dataset['sent'] = 'yes'
      return
    }
    event.preventDefault()
    const note = document.createElement('p')
    note.className = 'notice warning offline'
    note.setAttribute('role', 'alert')
    note.textContent = this.getAttribute('offline')
    form.append(note)
  }
}

/** Hidden fields that say what a form was filled with; of a single text they end in its name. */
const isStamp = (name: string) => /^(version|since|(base|source)\..+)$/.test(name)

const stampsOf = (form: HTMLFormElement) =>
  [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')].filter((one) => isStamp(one.name))

/**
 * Puts back the fields that were typed in, and no others: those are what they are by now. When one of them has changed meanwhile,
 * the form claims to be of the version that was typed into, so that the hub shows both and nobody's words are lost.
 */
function restoreFields(form: HTMLFormElement, kept: Kept, shown: string): void {
  const [before, typed, current] = [kept.shown, kept.fields, shown].map(readFields)
  const isTyped = (at: string) => typed?.get(at) !== before?.get(at)
  fill(form, kept.fields, isTyped)
  const own = [...(typed?.keys() ?? [])].filter(isTyped)
  const isDisputed = own.some((at) => current?.get(at) !== before?.get(at))
  const texts = new Set(own.map((at) => at.replace(/^\w+\.| \d+$/g, '')))
  const stamps = new Map(kept.stamps)
  for (const stamp of stampsOf(form)) {
    const [, text] = /^(?:base|source)\.(.+)$/.exec(stamp.name) ?? []
    const isClaimed = text === undefined ? isDisputed : texts.has(text)
    if (isClaimed) stamp.value = stamps.get(stamp.name) ?? stamp.value
  }
}

/** Lets the hub draw the form of what was kept, as it was then. */
function sendAgain(form: HTMLFormElement, { all }: Kept, deed: string): void {
  const sheet = document.createElement('form')
  sheet.method = 'post'
  sheet.action = form.action
  sheet.hidden = true
  for (const [name, value] of [...all, ['do', deed]]) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name ?? ''
    input.value = value ?? ''
    sheet.append(input)
  }
  document.body.append(sheet)
  sheet.submit()
}

settleSent()
customElements.define('kept-form', KeptForm)
