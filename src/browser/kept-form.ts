/**
 * `<kept-form key-name="sem_…" words="…" restore="…" discard="…" offline="…"><form …></form></kept-form>`
 * Keeps what is typed in this browser until it was sent and answered, and offers it back: a closed tab or a lost connection
 * costs nothing. Passwords and files are never kept. What is older than thirty days is forgotten.
 */
class KeptForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form')
    if (!form || !storage()) return
    const shown = serialise(form)
    this.offer(form, shown)
    let timer: number | undefined
    const keep = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => this.keep(form, shown), 300)
    }
    form.addEventListener('input', keep)
    form.addEventListener('change', keep)
    window.addEventListener('pagehide', () => this.keep(form, shown))
    form.addEventListener('submit', (event) => void this.send(event, form))
  }

  private get place(): string {
    return `kept:${this.getAttribute('key-name') ?? location.pathname}`
  }

  private keep(form: HTMLFormElement, shown: string): void {
    if (form.dataset['sent'] === 'yes') return
    const now = serialise(form)
    if (now === shown) return
    storage()?.setItem(this.place, JSON.stringify({ at: Date.now(), fields: now }))
  }

  /** What was kept and differs from what the page shows is offered; after a save the page shows it and it is dropped. */
  private offer(form: HTMLFormElement, shown: string): void {
    const kept = readKept(this.place)
    if (!kept || kept === shown) {
      storage()?.removeItem(this.place)
      return
    }
    const notice = document.createElement('div')
    notice.className = 'notice'
    notice.setAttribute('role', 'status')
    const words = document.createElement('p')
    words.textContent = this.getAttribute('words')
    const buttons = document.createElement('div')
    buttons.className = 'buttons'
    buttons.append(
      this.button('restore', () => fill(form, kept), notice),
      this.button('discard', () => storage()?.removeItem(this.place), notice),
    )
    notice.append(words, buttons)
    this.prepend(notice)
  }

  private button(name: 'restore' | 'discard', act: () => void, notice: HTMLElement): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button plain'
    button.textContent = this.getAttribute(name)
    button.addEventListener('click', () => {
      act()
      notice.remove()
    })
    return button
  }

  /** Without a connection the form stays where it is and says so; the browser's error page would take it away. */
  private async send(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
    storage()?.setItem(this.place, JSON.stringify({ at: Date.now(), fields: serialise(form) }))
    if (navigator.onLine) {
      form.dataset['sent'] = 'yes'
      return
    }
    event.preventDefault()
    this.querySelector('.offline')?.remove()
    const note = document.createElement('p')
    note.className = 'notice warning offline'
    note.setAttribute('role', 'alert')
    note.textContent = this.getAttribute('offline')
    form.append(note)
  }
}

const month = 30 * 24 * 3600 * 1000

function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

function readKept(place: string): string | null {
  try {
    const kept: unknown = JSON.parse(storage()?.getItem(place) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('fields' in kept) || !('at' in kept)) return null
    const isFresh = typeof kept.at === 'number' && Date.now() - kept.at < month
    return isFresh && typeof kept.fields === 'string' ? kept.fields : null
  } catch {
    return null
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement) &&
      one.name !== '' &&
      !['password', 'file', 'hidden', 'submit'].includes(one.type),
  )
}

const isChoice = (one: Control): one is HTMLInputElement => one.type === 'checkbox' || one.type === 'radio'

function serialise(form: HTMLFormElement): string {
  const fields = controls(form).map((one) => [one.name, isChoice(one) ? `${one.value}=${one.checked}` : one.value])
  return JSON.stringify(fields)
}

function fill(form: HTMLFormElement, kept: string): void {
  const fields: unknown = JSON.parse(kept)
  if (!Array.isArray(fields)) return
  const rest = controls(form)
  for (const pair of fields) {
    if (!Array.isArray(pair)) continue
    const [name, value] = pair.map(String)
    const at = rest.findIndex(
      (one) => one.name === name && (!isChoice(one) || value === `${one.value}=true` || value === `${one.value}=false`),
    )
    const [one] = at < 0 ? [] : rest.splice(at, 1)
    if (!one || value === undefined) continue
    if (isChoice(one)) one.checked = value.endsWith('=true')
    else one.value = value
  }
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

customElements.define('kept-form', KeptForm)
