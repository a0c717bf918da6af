/**
 * `<markdown-preview action="/fr/desk/preview" words="Preview" hide="Hide the preview"><textarea …></textarea></markdown-preview>`
 * A button below the text that shows it as readers will see it; the hub draws it, from `text` and `lang`.
 */
class MarkdownPreview extends HTMLElement {
  connectedCallback(): void {
    const area = this.querySelector('textarea')
    if (!area || this.querySelector('button')) return
    const shown = document.createElement('div')
    shown.className = 'prose preview'
    shown.setAttribute('aria-live', 'polite')
    shown.hidden = true
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button plain small'
    button.textContent = this.getAttribute('words')
    button.setAttribute('aria-expanded', 'false')
    button.addEventListener('click', () => void this.toggle(area, shown, button))
    this.append(button, shown)
  }

  private async toggle(area: HTMLTextAreaElement, shown: HTMLElement, button: HTMLButtonElement): Promise<void> {
    const open = shown.hidden
    if (open) shown.innerHTML = await this.draw(area)
    shown.hidden = !open
    shown.lang = area.lang
    if (area.dir) shown.dir = area.dir
    button.setAttribute('aria-expanded', String(open))
    button.textContent = this.getAttribute(open ? 'hide' : 'words')
  }

  /** The hub's own sanitised HTML; on a lost connection the text as it was typed, as text. */
  private async draw(area: HTMLTextAreaElement): Promise<string> {
    try {
      const body = new URLSearchParams({ text: area.value, lang: area.lang })
      const response = await fetch(this.getAttribute('action') ?? '', { method: 'POST', body })
      if (response.ok) return await response.text()
    } catch {
      // Shown as typed below.
    }
    const plain = document.createElement('p')
    plain.textContent = area.value
    return plain.outerHTML
  }
}

customElements.define('markdown-preview', MarkdownPreview)
