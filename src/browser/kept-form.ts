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
    form.addEventListener('submit', (event) => this.send(event, form, shown))
  }

  private get place(): string {
    return `kept:${this.getAttribute('key-name') ?? location.pathname}`
  }

  private keep(form: HTMLFormElement, shown: string): void {
    if (form.dataset['sent'] === 'yes') return
    const now = serialise(form)
    if (now !== shown || this.hasAttribute('unsaved')) this.write(form, shown, now, false)
  }

  private write(form: HTMLFormElement, shown: string, fields: string, sent: boolean): void {
    const kept: Kept = { at: Date.now(), fields, shown, sent, ...stamps(form) }
    try {
      storage()?.setItem(this.place, JSON.stringify(kept))
    } catch {
      // The browser's room for this hub is full: the form goes on without it.
    }
  }

  /**
   * What was kept and differs from what the page shows is offered. What was sent and has been saved is dropped; on a page that
   * shows it again with faults, it stays kept until it is sent anew.
   */
  private offer(form: HTMLFormElement, shown: string): void {
    const kept = readKept(this.place)
    if (!kept) return
    if (this.hasAttribute('unsaved') && kept.fields === shown) return
    if (kept.fields === shown || (kept.sent && this.hasAttribute('saved'))) {
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
      this.button('restore', () => restore(form, kept, shown), notice),
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
  private send(event: SubmitEvent, form: HTMLFormElement, shown: string): void {
    this.write(form, shown, serialise(form), true)
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

/** What is kept of a form: what it showed and what was typed, the version it was of, and whether it was sent. */
interface Kept {
  readonly at: number
  readonly fields: string
  readonly shown: string
  readonly sent: boolean
  readonly version: string
  readonly since: string
}

/** The version of the record that a form shows, and the last line of history it knows of. */
function stamps(form: HTMLFormElement): Pick<Kept, 'version' | 'since'> {
  const read = (name: string) => form.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`)?.value ?? ''
  return { version: read('version'), since: read('since') }
}

const month = 30 * 24 * 3600 * 1000

function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

function readKept(place: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(storage()?.getItem(place) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('fields' in kept) || !('at' in kept)) return null
    const isFresh = typeof kept.at === 'number' && Date.now() - kept.at < month
    const text = (name: string) => (name in kept ? String(Object(kept)[name]) : '')
    const { at, fields } = kept
    if (!isFresh || typeof at !== 'number' || typeof fields !== 'string') return null
    return {
      at,
      fields,
      shown: text('shown'),
      sent: text('sent') === 'true',
      version: text('version'),
      since: text('since'),
    }
  } catch {
    return null
  }
}

/**
 * Puts back what was typed. When the record has changed meanwhile, only the fields that were typed in; and when one of those is
 * among the changed ones, the form claims the version it was typed in, so that the hub shows both and nobody's words are lost.
 */
function restore(form: HTMLFormElement, kept: Kept, shown: string): void {
  const now = stamps(form)
  const isOlder = now.version !== '' && kept.version !== '' && now.version !== kept.version
  if (!isOlder || kept.shown === '') return fill(form, kept.fields, () => true)
  const [before, typed, current] = [kept.shown, kept.fields, shown].map(readFields)
  const isTyped = (at: string) => typed?.get(at) !== before?.get(at)
  fill(form, kept.fields, isTyped)
  const isDisputed = [...(typed?.keys() ?? [])].some((at) => isTyped(at) && current?.get(at) !== before?.get(at))
  if (isDisputed) for (const name of ['version', 'since'] as const) setHidden(form, name, kept[name])
}

function setHidden(form: HTMLFormElement, name: string, value: string): void {
  const input = form.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`)
  if (input) input.value = value
}

/** The values of a serialised form by the names of their controls, those of one name told apart by their order. */
function readFields(text: string): Map<string, string> {
  const counts = new Map<string, number>()
  const fields: unknown = JSON.parse(text)
  const pairs = Array.isArray(fields) ? fields : []
  return new Map(
    pairs.flatMap((pair: unknown): [string, string][] => {
      if (!Array.isArray(pair)) return []
      const [name = '', value = ''] = pair.map(String)
      return [[numbered(counts, name), value]]
    }),
  )
}

/** A name with how often it came before. */
function numbered(counts: Map<string, number>, name: string): string {
  const count = counts.get(name) ?? 0
  counts.set(name, count + 1)
  return `${name} ${count}`
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
  const fields = controls(form).map((one) =>
    isChoice(one) ? [one.name, `${one.value}=${one.checked}`, labelOf(one)] : [one.name, one.value],
  )
  return JSON.stringify(fields)
}

/** What a choice is called: one that was found by typing is drawn anew from it. */
const labelOf = (one: HTMLInputElement) => one.labels?.[0]?.textContent?.trim() ?? ''

function fill(form: HTMLFormElement, kept: string, isWanted: (at: string) => boolean): void {
  const fields: unknown = JSON.parse(kept)
  if (!Array.isArray(fields)) return
  const rest = controls(form)
  const counts = new Map<string, number>()
  for (const pair of fields) {
    if (!Array.isArray(pair)) continue
    const [name = '', value, label = ''] = pair.map(String)
    const at = rest.findIndex(
      (one) => one.name === name && (!isChoice(one) || value === `${one.value}=true` || value === `${one.value}=false`),
    )
    const [one] = at < 0 ? [] : rest.splice(at, 1)
    const isTyped = isWanted(numbered(counts, name))
    if (value === undefined || !isTyped) continue
    if (!one) {
      addAgain(form, name, value, label)
      continue
    }
    if (isChoice(one)) one.checked = value.endsWith('=true')
    else one.value = value
  }
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

/** What the page has no control for: a choice found by typing is chosen again, a line that was added goes along unseen. */
function addAgain(form: HTMLFormElement, name: string, value: string, label: string): void {
  if (/=(true|false)$/.test(value) && label !== '') {
    const picker = [...form.querySelectorAll('record-picker')].find((one) => one.getAttribute('field') === name)
    const detail = { id: value.replace(/=true$/, ''), label }
    if (picker && value.endsWith('=true')) picker.dispatchEvent(new CustomEvent('pick-again', { detail }))
    return
  }
  if (value === '') return
  const input = document.createElement('input')
  input.type = 'hidden'
  input.name = name
  input.value = value
  form.append(input)
}

customElements.define('kept-form', KeptForm)
