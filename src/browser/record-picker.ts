/**
 * `<record-picker action="/fr/desk/find" kinds="person" field="fact.people[]" single="yes" none="…" count="Found: {count}" chosen="Chosen: {name}">`
 * around a list of marked choices and a field with its button. Where there is script, typing in the field offers what the hub
 * finds (ARIA 1.2 combobox with a list); choosing adds a marked choice. Without it, the button sends the form.
 */
interface Item {
  readonly id: string
  readonly label: string
  readonly lang: string
  readonly note: string | null
}

class RecordPicker extends HTMLElement {
  private input: HTMLInputElement | null = null
  private list = document.createElement('ul')
  private status = document.createElement('p')
  private items: readonly Item[] = []
  private at = -1
  private asked = 0
  private timer = 0

  connectedCallback(): void {
    this.input = this.querySelector<HTMLInputElement>('.find input')
    const { input } = this
    if (!input || input.hasAttribute('role')) return
    for (const button of this.querySelectorAll<HTMLElement>('.find button')) button.hidden = true
    this.list.id = `${input.id}-list`
    this.list.className = 'offers'
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', this.querySelector('.find label')?.textContent ?? '')
    this.list.hidden = true
    this.status.className = 'quiet'
    this.status.setAttribute('role', 'status')
    const attributes = {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.list.id,
    }
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
    input.after(this.list, this.status)
    input.addEventListener('input', () => this.look())
    input.addEventListener('keydown', (event) => this.press(event))
    input.addEventListener('blur', () => this.close())
    // A press on an offer would take the focus away before it is chosen.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault())
    this.list.addEventListener('click', (event) => this.choose(indexOf(this.list, event.target)))
    // What a kept form brings back.
    this.addEventListener('pick-again', (event) => {
      const { detail }: { detail?: unknown } = event instanceof CustomEvent ? event : {}
      const item = { lang: '', note: null, ...Object(detail) }
      if (isItem(item)) this.add(item)
    })
  }

  /** Asks when the typing rests; what comes late is thrown away. */
  private look(): void {
    window.clearTimeout(this.timer)
    const words = this.input?.value.trim() ?? ''
    if (words === '') return this.close()
    this.timer = window.setTimeout(() => void this.ask(words), 200)
  }

  private async ask(words: string): Promise<void> {
    this.asked += 1
    const mine = this.asked
    const query = new URLSearchParams({ kind: this.getAttribute('kinds') ?? '', q: words })
    const answer = await fetch(`${this.getAttribute('action')}?${query}`, {
      headers: { accept: 'application/json' },
    }).catch(() => null)
    if (mine !== this.asked) return
    if (!answer?.ok) return this.giveUp()
    const found: unknown = await answer.json()
    const chosen = new Set([...this.querySelectorAll<HTMLInputElement>('input:checked')].map((one) => one.value))
    this.show(readItems(found).filter((item) => !chosen.has(item.id)))
  }

  /** Without an answer the button does what it does without script. */
  private giveUp(): void {
    this.close()
    for (const button of this.querySelectorAll<HTMLElement>('.find button')) button.hidden = false
  }

  private show(items: readonly Item[]): void {
    this.items = items
    this.list.replaceChildren(...items.map((item, index) => this.draw(item, index)))
    this.status.textContent =
      items.length === 0
        ? this.getAttribute('none')
        : (this.getAttribute('count') ?? '').replace('{count}', String(items.length))
    this.open(items.length > 0)
    this.mark(items.length > 0 ? 0 : -1)
  }

  private draw(item: Item, index: number): HTMLLIElement {
    const offer = document.createElement('li')
    offer.id = `${this.list.id}-${index}`
    offer.setAttribute('role', 'option')
    offer.append(nameOf(item))
    return offer
  }

  private open(isOpen: boolean): void {
    this.list.hidden = !isOpen
    this.input?.setAttribute('aria-expanded', String(isOpen))
    if (!isOpen) this.mark(-1)
  }

  private close(): void {
    window.clearTimeout(this.timer)
    this.asked += 1
    this.open(false)
    this.status.textContent = ''
  }

  private mark(at: number): void {
    this.at = at
    for (const [index, offer] of [...this.list.children].entries())
      offer.setAttribute('aria-selected', String(index === at))
    const marked = this.list.children[at]
    if (marked) this.input?.setAttribute('aria-activedescendant', marked.id)
    else this.input?.removeAttribute('aria-activedescendant')
    marked?.scrollIntoView({ block: 'nearest' })
  }

  private press(event: KeyboardEvent): void {
    const isOpen = !this.list.hidden
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && isOpen) this.mark((this.at + step + this.items.length) % this.items.length)
    else if (step !== undefined) this.look()
    else if (event.key === 'Enter' && isOpen) this.choose(this.at)
    else if (event.key === 'Escape' && isOpen) this.close()
    else if (event.key !== 'Enter') return
    // Enter in this field never sends the form.
    event.preventDefault()
  }

  private choose(index: number): void {
    const item = this.items[index]
    if (!item || !this.input) return
    this.input.value = ''
    this.close()
    this.add(item)
    this.status.textContent = (this.getAttribute('chosen') ?? '').replace('{name}', item.label)
  }

  /** Adds a marked choice. */
  private add(item: Item): void {
    const name = this.getAttribute('field') ?? ''
    const isSingle = this.hasAttribute('single')
    const id = `${this.input?.id}-${item.id}`
    const control = document.createElement('input')
    control.type = isSingle ? 'radio' : 'checkbox'
    control.name = name
    control.value = item.id
    control.id = id
    control.checked = true
    const label = document.createElement('label')
    label.htmlFor = id
    label.append(nameOf(item))
    const pair = document.createElement('span')
    pair.className = 'check'
    pair.append(control, label)
    const line = document.createElement('li')
    line.append(pair)
    this.chosenList(isSingle).append(line)
    control.dispatchEvent(new Event('change', { bubbles: true }))
  }

  /** The list of what is chosen; of one choice only the newest stays. */
  private chosenList(isSingle: boolean): HTMLElement {
    const known = this.querySelector<HTMLElement>('ul.chosen')
    if (known) {
      if (isSingle) known.replaceChildren()
      return known
    }
    const made = document.createElement('ul')
    made.className = 'chosen'
    this.prepend(made)
    return made
  }
}

function nameOf(item: Item): DocumentFragment {
  const parts = document.createDocumentFragment()
  const name = document.createElement('span')
  name.lang = item.lang
  name.dir = 'auto'
  name.textContent = item.label
  parts.append(name)
  if (item.note !== null) {
    const note = document.createElement('small')
    note.textContent = ` ${item.note}`
    parts.append(note)
  }
  return parts
}

function indexOf(list: Element, target: EventTarget | null): number {
  const offer = target instanceof Element ? target.closest('[role=option]') : null
  return offer ? [...list.children].indexOf(offer) : -1
}

function readItems(found: unknown): Item[] {
  if (typeof found !== 'object' || found === null || !('items' in found) || !Array.isArray(found.items)) return []
  return found.items.filter(isItem)
}

function isItem(value: unknown): value is Item {
  if (typeof value !== 'object' || value === null) return false
  return (
    'id' in value &&
    'label' in value &&
    'lang' in value &&
    'note' in value &&
    typeof value.id === 'string' &&
    typeof value.label === 'string'
  )
}

customElements.define('record-picker', RecordPicker)
