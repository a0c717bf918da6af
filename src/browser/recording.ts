import { at, linesIn, lineAt, secondIn, type Line } from './transcript-lines.ts'
import { speedChoice } from './speed-choice.ts'
import { readPart } from './read-part.ts'
import { playIn } from './swap-media.ts'

/**
 * `<recording-player speed="Speed" cite="Cite these lines" moment="/en/…/moment" previous="…" next="…">` around the part of a page that
 * plays and shows a recording. Marks the line that is spoken, and does without a new page what its links and its form ask the hub for.
 */
class RecordingPlayer extends HTMLElement {
  private lines: Line[] = []
  private current: Line | undefined
  /** Whether the lines that are shown move on with what plays: not while the reader leafs elsewhere. */
  private isFollowing = true
  private isLoading = false

  connectedCallback(): void {
    if (!this.media || this.hasAttribute('ready')) return
    this.setAttribute('ready', '')
    this.addEventListener('click', (event) => this.follow(event))
    this.addEventListener('submit', (event) => this.find(event))
    // Events of media do not bubble.
    for (const name of ['timeupdate', 'seeked']) this.addEventListener(name, () => this.mark(), true)
    document.addEventListener('selectionchange', () => this.offerCiting())
    const setSpeed = (speed: number) => {
      if (this.media) this.media.defaultPlaybackRate = this.media.playbackRate = speed
    }
    this.querySelector('.player')?.append(speedChoice(this.getAttribute('speed') ?? '', setSpeed))
    this.open()
  }

  private get media(): HTMLMediaElement | null {
    return this.querySelector('.player video, .player audio')
  }

  private get list(): HTMLElement | null {
    return this.querySelector('.spoken')
  }

  private open(): void {
    this.lines = linesIn(this)
    const asked = new URLSearchParams(location.search)
    const isAsked = (asked.get('recording') ?? '') === this.getAttribute('recording') || !this.getAttribute('recording')
    const second = isAsked ? asked.get('t') : null
    if (second !== null && this.media) this.media.currentTime = Number(second)
    this.current = undefined
    if (second !== null) this.mark()
    // The lines have got a frame of their own, and what was scrolled to is elsewhere now.
    if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView()
    else if (second !== null) this.scrollIntoView()
    this.addTurning()
  }

  /** The address of what is shown, changed in some of it. */
  private address(asked: Readonly<Record<string, string>>): URL {
    const url = new URL(location.pathname, location.href)
    const found = this.querySelector('.found') ? this.querySelector<HTMLInputElement>('[name="find"]')?.value : ''
    const shown = {
      t: '',
      play: this.media?.lang ?? '',
      text: this.list?.lang ?? '',
      find: found ?? '',
      recording: this.getAttribute('recording') ?? '',
    }
    for (const [name, value] of Object.entries({ ...shown, ...asked })) if (value) url.searchParams.set(name, value)
    return url
  }

  /** Marks the line that is spoken now; brings the next lines where those that are shown end. */
  private mark(): void {
    const { media } = this
    if (!media) return
    const time = media.currentTime
    const isShown = this.isWithin(time)
    if (!isShown && this.isFollowing && this.lines.length > 0)
      void this.load(this.address({ t: at(time) }), ['stretch'])
    if (isShown) this.isFollowing = true
    const line = isShown ? lineAt(this.lines, time) : undefined
    if (line === this.current) return
    const wasSeen = !this.current || this.isInSight(this.current.element)
    const isSpan = new URLSearchParams(location.search).has('to')
    for (const { element } of this.lines) {
      setCurrent(element, element === line?.element)
      // What the page itself has marked was spoken at the second that it was asked for.
      const mark = isSpan ? null : element.querySelector('mark')
      mark?.replaceWith(...mark.childNodes)
    }
    this.current = line
    if (!line) return
    if (wasSeen) this.bring(line.element)
  }

  /** Whether a second is in the stretch that is shown. */
  private isWithin(time: number): boolean {
    const next = this.querySelector<HTMLAnchorElement>('.stretch [rel="next"]')
    const hasEarlier = this.querySelector('.stretch [rel="prev"]') !== null
    return (!next || time < secondIn(next)) && (!hasEarlier || time >= (this.lines[0]?.start ?? 0))
  }

  private isInSight(element: HTMLElement): boolean {
    const frame = this.list?.getBoundingClientRect()
    const { top, bottom } = element.getBoundingClientRect()
    return !frame || (bottom > frame.top && top < frame.bottom)
  }

  /** Scrolls the lines, never the page. */
  private bring(element: HTMLElement): void {
    const { list } = this
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const top = element.offsetTop - ((list?.clientHeight ?? 0) - element.offsetHeight) / 2
    list?.scrollTo({ top, behavior: isCalm ? 'instant' : 'smooth' })
  }

  private jump(second: number): void {
    if (this.media) this.media.currentTime = second
    this.isFollowing = true
    this.current = undefined
    history.replaceState(null, '', this.address({ t: at(second) }))
    this.mark()
  }

  private follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const url = new URL(link.href)
    const { searchParams: asked } = url
    const time = at(this.media?.currentTime ?? 0)
    if (url.pathname !== location.pathname || asked.has('outside') || !link.closest('.player, .transcript')) return
    event.preventDefault()
    if (link.closest('.player')) void this.speak(this.address({ t: time, play: asked.get('play') ?? '' }))
    else if (asked.get('text') !== this.list?.lang) {
      void this.load(this.address({ t: time, text: asked.get('text') ?? '' }), ['transcript'])
    } else if (link.rel !== '') {
      this.isFollowing = false
      void this.load(this.address({ t: asked.get('t') ?? '' }), ['stretch'])
    } else this.jump(Number(asked.get('t')))
  }

  /** Another language goes on at the same second, playing if this one did. */
  private async speak(url: URL): Promise<void> {
    const page = await this.load(url, ['player > .tags'])
    const other = page?.querySelector<HTMLMediaElement>('.player video, .player audio')
    if (this.media && other) playIn(this.media, other)
  }

  private find(event: SubmitEvent): void {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.matches('[role="search"]')) return
    event.preventDefault()
    const words = form.querySelector<HTMLInputElement>('[name="find"]')?.value ?? ''
    void this.load(this.address({ t: at(this.media?.currentTime ?? 0), find: words }), ['hits'])
  }

  /** Puts parts of another page of this recording in place of those here; where it cannot be had, goes there. */
  private async load(url: URL, parts: readonly string[]): Promise<Element | null> {
    if (this.isLoading) return null
    this.isLoading = true
    try {
      const page = await readPart(url, [...document.querySelectorAll('recording-player')].indexOf(this))
      for (const part of parts) this.replace(part, page)
      const count = page.querySelector('.count')
      if (count && parts.includes('hits')) this.say(count.textContent)
      this.lines = linesIn(this)
      this.current = undefined
      this.addTurning()
      return page
    } catch {
      location.href = `${url.href}#recording`
      return null
    } finally {
      this.isLoading = false
      if (parts.includes('stretch') || parts.includes('transcript')) this.mark()
    }
  }

  private replace(part: string, page: Element): void {
    const [mine, theirs] = [this, page].map((one) => one.querySelector(`.${part}`))
    if (!mine || !theirs) return
    const hadFocus = mine.contains(document.activeElement)
    mine.replaceWith(document.adoptNode(theirs))
    if (hadFocus) (this.querySelector<HTMLElement>(`.${part} :is(a, h3)`) ?? this).focus({ preventScroll: true })
  }

  private say(words: string): void {
    const status = this.querySelector('.count')
    if (status) status.textContent = words
  }

  /** Buttons that lead from one found line to the next. */
  private addTurning(): void {
    const hits = this.querySelector('.hits')
    const links = [...this.querySelectorAll<HTMLAnchorElement>('.found a')]
    if (!hits || links.length < 2 || hits.querySelector('button')) return
    let index = -1
    const turn = (by: number) => {
      index = (index + by + links.length) % links.length
      const link = links[index]
      const line = link?.parentElement
      for (const one of links) setCurrent(one.parentElement, one === link)
      line?.scrollIntoView({ block: 'nearest' })
      this.say(`${index + 1} / ${links.length}: ${line?.textContent ?? ''}`)
      if (link) this.jump(secondIn(link))
    }
    const line = document.createElement('p')
    for (const [name, by] of [
      ['previous', -1],
      ['next', 1],
    ] as const) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'button'
      button.textContent = this.getAttribute(name)
      button.addEventListener('click', () => turn(by))
      line.append(button, ' ')
    }
    hits.prepend(line)
  }

  /** Lines that are selected can be cited. */
  private offerCiting(): void {
    const selection = document.getSelection()
    const ends = [selection?.anchorNode, selection?.focusNode].map((node) => this.lineOf(node))
    const to = Math.max(...ends)
    const [first, last] = [this.lines[Math.min(...ends)], this.lines[to]]
    const known = this.querySelector<HTMLAnchorElement>('a.citing')
    if (!selection || selection.isCollapsed || !first || !last) return
    const link = known ?? document.createElement('a')
    const url = new URL(this.getAttribute('moment') ?? '', location.href)
    const end = last.end ?? this.lines[to + 1]?.start ?? last.start + 10
    url.search = new URLSearchParams({ t: at(first.start), to: at(end), text: this.list?.lang ?? '' }).toString()
    const which = this.getAttribute('recording')
    if (which) url.searchParams.set('recording', which)
    link.href = url.href
    if (known) return
    link.className = 'citing button'
    link.textContent = this.getAttribute('cite')
    this.list?.after(link)
  }

  private lineOf(node: Node | null | undefined): number {
    return this.lines.findIndex(({ element }) => element.contains(node ?? null))
  }
}

function setCurrent(element: Element | null, isCurrent: boolean): void {
  if (isCurrent) element?.setAttribute('aria-current', 'true')
  else element?.removeAttribute('aria-current')
}

customElements.define('recording-player', RecordingPlayer)
