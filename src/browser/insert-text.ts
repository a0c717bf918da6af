/**
 * `<insert-text into="f-texts-title" words="Insert"><span lang="ar" dir="rtl">…</span></insert-text>`
 * Adds a button that puts the words into a text area, where its cursor stands; without script they are there to be copied.
 */
class InsertText extends HTMLElement {
  connectedCallback(): void {
    const words = this.firstElementChild?.textContent
    const area = document.getElementById(this.getAttribute('into') ?? '')
    if (!words || !(area instanceof HTMLTextAreaElement) || this.querySelector('button')) return
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button plain small'
    button.textContent = this.getAttribute('words')
    button.addEventListener('click', () => {
      area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end')
      area.dispatchEvent(new Event('input', { bubbles: true }))
      area.focus()
    })
    this.append(' ', button)
  }
}

customElements.define('insert-text', InsertText)
