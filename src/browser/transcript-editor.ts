import { isPlainClick, keepChoice, keyOf } from './keys.ts'
import { readWork } from './read-work.ts'
import {
  carryOver,
  fieldOf,
  fieldsIn,
  findPlace,
  goTo,
  isTyped,
  placeAfter,
  type,
  writeTime,
  type LineFields,
} from './transcript-fields.ts'
import { Hearing } from './transcript-hearing.ts'

/** What goes on while its keys are held. */
const repeated = ['back', 'forward', 'previous', 'next']

/**
 * `<transcript-editor step="3" speed="Speed" failed="…" unsaved="…">` around what one hears with its keys (`.hearing`, `[data-deed]`)
 * and the forms of a transcript (`.work`). What is sent brings no new page, so that the sound goes on; all that can be done has a key.
 */
class TranscriptEditor extends HTMLElement {
  private readonly deeds = new Map<string, string>()
  private readonly status = document.createElement('p')
  private hearing: Hearing | null = null
  /** The number of the line that had the focus last. */
  private number = 0
  private isSending = false

  connectedCallback(): void {
    if (this.hasAttribute('ready')) return
    this.setAttribute('ready', '')
    for (const part of this.querySelectorAll<HTMLElement>('[hidden]')) part.hidden = false
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-deed]')) {
      const deed = button.dataset['deed'] ?? ''
      this.deeds.set(button.getAttribute('aria-keyshortcuts') ?? '', deed)
      button.addEventListener('click', () => void this.perform(deed))
    }
    for (const box of this.querySelectorAll<HTMLInputElement>('[data-kept]')) keepChoice(box)
    this.addBar()
    this.listen()
    this.nameKeys()
  }

  private addBar(): void {
    const bar = this.querySelector<HTMLElement>('.bar')
    const media = this.querySelector<HTMLMediaElement>('video, audio')
    if (bar && media) this.hearing = new Hearing(media, bar, this.getAttribute('speed') ?? '')
    this.status.setAttribute('role', 'status')
    bar?.append(this.status)
  }

  private listen(): void {
    document.addEventListener('keydown', (event) => this.press(event))
    this.addEventListener('focusin', ({ target }) => {
      const line = target instanceof Element && this.lines.find(({ element }) => element.contains(target))
      if (line) this.number = line.number
    })
    this.addEventListener('input', () => this.hearing?.noteTyping())
    this.addEventListener('submit', (event) => void this.send(event))
    this.addEventListener('click', (event) => this.turn(event))
    // Events of media do not bubble.
    for (const name of ['timeupdate', 'seeked']) this.addEventListener(name, () => this.mark(), true)
    window.addEventListener('beforeunload', (event) => this.isUnsaved && event.preventDefault())
    window.addEventListener('popstate', () => location.reload())
  }

  private get work(): HTMLElement | null {
    return this.querySelector('.work')
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector('.lines')
  }

  private get lines(): LineFields[] {
    return this.form ? fieldsIn(this.form) : []
  }

  /** Whether there is something on the page that the hub does not have. */
  private get isUnsaved(): boolean {
    return this.work?.dataset['unsaved'] !== undefined || (this.form !== null && isTyped(this.form))
  }

  /** The buttons of the lines say their keys. */
  private nameKeys(): void {
    for (const [key, deed] of this.deeds)
      for (const button of this.form?.querySelectorAll(`[name="do"][value^="${deed}"]`) ?? [])
        button.setAttribute('aria-keyshortcuts', key)
  }

  private say(words: string | null): void {
    this.status.textContent = words
  }

  private press(event: KeyboardEvent): void {
    const deed = this.deeds.get(keyOf(event))
    const isOn = this.querySelector<HTMLInputElement>('[data-kept="transcript-keys"]')?.checked !== false
    if (deed === undefined || !isOn || event.isComposing) return
    event.preventDefault()
    if (!event.repeat || repeated.includes(deed)) void this.perform(deed)
  }

  private async perform(deed: string): Promise<void> {
    const { hearing } = this
    const by = deed === 'back' || deed === 'slower' ? -1 : 1
    switch (deed) {
      case 'play':
        return hearing?.toggle()
      case 'back':
      case 'forward':
        return hearing?.seek(hearing.second + by * Number(this.getAttribute('step')))
      case 'slower':
      case 'faster':
        return this.say(hearing?.changeSpeed(by) ?? null)
      case 'spoken':
        return this.goToSpoken()
      case 'save':
        return this.use('[value="save"]')
      case 'undo':
        return this.use('[value^="undo:"]')
      default: {
        const { lines } = this
        const line = lines.find(({ number }) => number === this.number) ?? lines[0]
        return line && this.performOn(line, deed)
      }
    }
  }

  private async performOn(line: LineFields, deed: string): Promise<void> {
    const { hearing, lines } = this
    switch (deed) {
      case 'here':
        return hearing?.playFrom(line.start)
      case 'start':
      case 'end': {
        const field = fieldOf(line, deed)
        return field && hearing ? type(field, writeTime(hearing.second)) : undefined
      }
      case 'speaker': {
        const field = fieldOf(line, deed)
        return (document.activeElement === field ? line.text : field)?.focus()
      }
      case 'previous':
      case 'next': {
        const other = lines.find(({ number }) => number === line.number + (deed === 'next' ? 1 : -1))
        return other ? other.text.focus() : this.leaf(deed)
      }
      case 'split': {
        const { selectionStart: at, value } = line.text
        if (!value.includes('|')) line.text.setRangeText('|', at, at)
        return this.use(`[value="split:${line.number}"]`)
      }
      default:
        return this.use(`[value="${deed}:${line.number}"]`)
    }
  }

  private use(which: string): void {
    this.work?.querySelector<HTMLButtonElement>(`.buttons > [name="do"]${which}`)?.click()
  }

  private mark(): void {
    if (this.hearing?.mark(this.lines) && !this.isUnsaved) void this.leaf('next')
  }

  private async goToSpoken(): Promise<void> {
    const { hearing } = this
    if (!hearing) return
    const { second } = hearing
    const isIn = (lines: readonly LineFields[]) =>
      lines.some(({ start }) => start <= second) && second < (lines.at(-1)?.end ?? 0)
    if (!isIn(this.lines)) await this.load(new URL(`?at=${second}`, location.href))
    const { lines } = this
    const line = lines.findLast(({ start }) => start <= second) ?? lines[0]
    line?.text.focus()
  }

  /** Goes on to the lines above or below those that are shown. */
  private async leaf(to: 'previous' | 'next'): Promise<void> {
    const link = this.work?.querySelector<HTMLAnchorElement>(`a[rel="${to === 'next' ? 'next' : 'prev'}"]`)
    if (link && (await this.load(new URL(link.href)))) this.lines.at(to === 'next' ? 0 : -1)?.text.focus()
  }

  private turn(event: MouseEvent): void {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('.work a[rel]')
    if (!link || !isPlainClick(event) || this.isUnsaved) return
    event.preventDefault()
    void this.leaf(link.rel === 'next' ? 'next' : 'previous')
  }

  /** Shows other lines; false when that cannot be. */
  private async load(url: URL): Promise<boolean> {
    if (!this.isUnsaved) return this.ask(url.href)
    this.say(this.getAttribute('unsaved'))
    return false
  }

  private async send(event: SubmitEvent): Promise<void> {
    const { target: form, submitter } = event
    if (!(form instanceof HTMLFormElement)) return
    event.preventDefault()
    if (form !== this.form && this.isUnsaved) return this.say(this.getAttribute('unsaved'))
    const sent = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') sent.append(name, value)
    if (submitter instanceof HTMLButtonElement) sent.append(submitter.name, submitter.value)
    const place = placeAfter(sent.get('do') ?? '', this.lines)
    const focused = findPlace()
    // Where lines change their numbers, nothing that is typed meanwhile would find its place.
    const { work } = this
    if (work) work.inert = place !== null
    const isThere = await this.ask(location.href, sent)
    if (work) work.inert = false
    const problems = this.querySelector<HTMLElement>('#problems')
    if (isThere && problems) problems.focus()
    else if (isThere && place) goTo(place, this)
    else if (document.activeElement === document.body && focused) goTo(focused, this)
  }

  /** Asks the hub for this page, and puts its forms in place of those here. */
  private async ask(address: string, sent?: URLSearchParams): Promise<boolean> {
    if (this.isSending) return false
    this.isSending = true
    try {
      const { url, work } = await readWork(address, sent)
      this.show(document.adoptNode(work), sent)
      url.searchParams.delete('saved')
      history[sent ? 'replaceState' : 'pushState'](null, '', url)
      return true
    } catch {
      this.say(this.getAttribute('failed'))
      return false
    } finally {
      this.isSending = false
    }
  }

  private show(theirs: HTMLElement, sent: URLSearchParams | undefined): void {
    const [mine, form] = [this.work, theirs.querySelector<HTMLFormElement>('.lines')]
    const place = findPlace()
    if (sent?.get('do') === 'save' && form && this.form) carryOver(this.form, sent, form)
    mine?.replaceWith(theirs)
    if (place && mine) goTo(place, theirs)
    this.say(theirs.querySelector('.notice:not([role="alert"])')?.textContent ?? '')
    this.nameKeys()
    this.mark()
  }
}

customElements.define('transcript-editor', TranscriptEditor)
