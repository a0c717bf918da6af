/**
 * `<search-suggest label="Suggestions" count="Suggestions: {count}">` around the form of a search. Where there is script, its field offers
 * what the hub suggests while somebody types (ARIA 1.2 combobox with a list); choosing searches for it. Nothing waits for the network.
 */
class SearchSuggest extends HTMLElement {
  private input: HTMLInputElement | null = null
  private list = document.createElement('ul')
  private status = document.createElement('p')
  private at = -1
  private timer = 0
  private asking = new AbortController()

  connectedCallback(): void {
    const input = this.querySelector('input')
    this.input = input
    if (!input || input.hasAttribute('role')) return
    this.list.id = 'suggestions'
    this.list.hidden = true
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', this.getAttribute('label') ?? '')
    this.status.setAttribute('role', 'status')
    // A field of the type `search` may not be a combobox.
    input.type = 'text'
    input.autocomplete = 'off'
    input.enterKeyHint = 'search'
    const attributes = {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.list.id,
    }
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
    this.append(this.list, this.status)
    input.addEventListener('input', (event) => {
      // What an input method composes is no word yet.
      if (!(event instanceof InputEvent && event.isComposing)) this.look()
    })
    input.addEventListener('compositionend', () => this.look())
    input.addEventListener('keydown', (event) => this.press(event))
    input.addEventListener('blur', () => this.close())
    // A press on a suggestion would take the focus away before it is chosen.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault())
    this.list.addEventListener('click', (event) => {
      if (event.target instanceof Element) this.choose(event.target.closest('li'))
    })
  }

  /** Asks when the typing rests, and no more for what was typed before. */
  private look(): void {
    window.clearTimeout(this.timer)
    this.asking.abort()
    const typed = this.input?.value ?? ''
    if (typed.trim().length < 2) this.close()
    else this.timer = window.setTimeout(() => void this.ask(typed), 150)
  }

  private async ask(typed: string): Promise<void> {
    this.asking = new AbortController()
    const { signal } = this.asking
    const form = this.querySelector('form')
    try {
      const answer = await fetch(`${form?.action}/suggest?${new URLSearchParams({ q: typed })}`, { signal })
      const found: unknown = answer.ok ? await answer.json() : []
      if (!signal.aborted && document.activeElement === this.input) this.show(readSuggestions(found))
    } catch {
      // Who types does without.
      if (!signal.aborted) this.close()
    }
  }

  private show(texts: readonly string[]): void {
    this.list.replaceChildren(
      ...texts.map((text, index) => {
        const option = document.createElement('li')
        option.id = `suggestion-${index}`
        option.dir = 'auto'
        option.setAttribute('role', 'option')
        option.textContent = text
        return option
      }),
    )
    this.open(texts.length > 0)
    this.status.textContent = (this.getAttribute('count') ?? '').replace('{count}', String(texts.length))
  }

  private open(isOpen: boolean): void {
    this.list.hidden = !isOpen
    this.input?.setAttribute('aria-expanded', String(isOpen))
    this.mark(-1)
  }

  private close(): void {
    window.clearTimeout(this.timer)
    this.asking.abort()
    this.open(false)
    this.status.textContent = ''
  }

  /** Marks a suggestion; none: what was typed stands. */
  private mark(at: number): void {
    this.at = at
    for (const [index, option] of [...this.list.children].entries())
      option.setAttribute('aria-selected', String(index === at))
    const marked = this.list.children[at]
    if (marked) this.input?.setAttribute('aria-activedescendant', marked.id)
    else this.input?.removeAttribute('aria-activedescendant')
    marked?.scrollIntoView({ block: 'nearest' })
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing) return
    const isOpen = !this.list.hidden
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && isOpen) {
      // Between the last and the first stands what was typed.
      const places = this.list.children.length + 1
      this.mark(((this.at + 1 + step + places) % places) - 1)
    } else if (event.key === 'ArrowDown') this.look()
    else if (event.key === 'Escape' && isOpen) this.close()
    else if (event.key === 'Enter' && isOpen && this.at >= 0) this.choose(this.list.children[this.at] ?? null)
    else return
    event.preventDefault()
  }

  private choose(option: Element | null): void {
    if (!option || !this.input) return
    this.input.value = option.textContent
    this.close()
    this.querySelector('form')?.requestSubmit()
  }
}

/** The texts of an answer: `["typed", ["one", "other"]]`. */
function readSuggestions(found: unknown): string[] {
  const texts: unknown = Array.isArray(found) ? found[1] : []
  return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : []
}

customElements.define('search-suggest', SearchSuggest)
