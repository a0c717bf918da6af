/**
 * `<job-progress seconds="3"><progress …></progress> …</job-progress>`
 * Asks for the page again and again, and shows how far the work is by now; when it is over, the whole page is shown anew.
 */
class JobProgress extends HTMLElement {
  #timer = 0

  connectedCallback(): void {
    this.#wait()
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
  }

  #wait(): void {
    this.#timer = window.setTimeout(() => void this.#look(), Number(this.getAttribute('seconds') ?? 3) * 1000)
  }

  async #look(): Promise<void> {
    const response = await fetch(location.href).catch(() => null)
    if (response?.ok) {
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const now = page.querySelector('job-progress')
      if (!now) {
        location.reload()
        return
      }
      this.replaceChildren(...now.childNodes)
    }
    this.#wait()
  }
}

customElements.define('job-progress', JobProgress)
