/**
 * `<agenda-builder moved="{name} is now number {place} of {total}." handle="…"><ol><li>…</li></ol></agenda-builder>`
 * Lets the sessions of an agenda be put in order by dragging or by the arrow keys on a handle. Names, ids and numbers follow the
 * order, so that the form is sent as if it had been drawn that way. Without script its buttons do the same.
 */
class AgendaBuilder extends HTMLElement {
  private said = document.createElement('p')

  connectedCallback(): void {
    const list = this.querySelector('ol')
    if (!list || this.contains(this.said)) return
    this.said.className = 'unseen'
    this.said.setAttribute('role', 'status')
    this.append(this.said)
    for (const card of cardsOf(list)) this.addHandle(list, card)
  }

  private addHandle(list: HTMLElement, card: HTMLElement): void {
    const handle = document.createElement('button')
    handle.type = 'button'
    handle.className = 'handle'
    handle.title = this.getAttribute('handle') ?? ''
    handle.setAttribute('aria-label', `${titleOf(card)}: ${handle.title}`)
    handle.textContent = '⠿'
    handle.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      this.move(list, card, step)
      handle.focus()
    })
    handle.addEventListener('pointerdown', (event) => {
      handle.setPointerCapture(event.pointerId)
      card.classList.add('held')
    })
    handle.addEventListener('pointermove', (event) => {
      if (handle.hasPointerCapture(event.pointerId)) dragTo(list, card, event.clientY)
    })
    handle.addEventListener('lostpointercapture', () => {
      card.classList.remove('held')
      this.settle(list, card)
    })
    card.querySelector('.card-head')?.prepend(handle)
  }

  private move(list: HTMLElement, card: HTMLElement, step: number): void {
    const cards = cardsOf(list)
    const other = cards[cards.indexOf(card) + step]
    if (!other) return
    if (step < 0) other.before(card)
    else other.after(card)
    this.settle(list, card)
  }

  /** Gives every session the number of its place, and says where the one that was moved stands. */
  private settle(list: HTMLElement, card: HTMLElement): void {
    const cards = cardsOf(list)
    for (const [index, one] of cards.entries()) renumber(one, index)
    const place = cards.indexOf(card) + 1
    this.said.textContent = (this.getAttribute('moved') ?? '')
      .replace('{name}', titleOf(card))
      .replace('{place}', String(place))
      .replace('{total}', String(cards.length))
    list.dispatchEvent(new Event('change', { bubbles: true }))
  }
}

const middleOf = (one: Element) => one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2

/** Lets the neighbours of a card make way for the pointer. They move, not the card: one that moves loses the pointer. */
function dragTo(list: Element, card: HTMLElement, y: number): void {
  const cards = cardsOf(list)
  const at = cards.indexOf(card)
  const [before, after] = [cards[at - 1], cards[at + 1]]
  if (before && y < middleOf(before)) card.after(before)
  else if (after && y > middleOf(after)) card.before(after)
}

const cardsOf = (list: Element) => [...list.children].filter((one): one is HTMLElement => one instanceof HTMLElement)

const titleOf = (card: Element) =>
  card.querySelector<HTMLInputElement>('input[name$=".title"]')?.value || (card.querySelector('h2')?.textContent ?? '')

/** Everything in a card that names its place in the order. */
function renumber(card: HTMLElement, index: number): void {
  for (const element of [card, ...card.querySelectorAll('*')]) {
    for (const name of ['name', 'id', 'for', 'aria-describedby', 'aria-controls', 'list', 'field']) {
      const value = element.getAttribute(name)
      if (value !== null) element.setAttribute(name, value.replace(/(sessions[.-])\d+/g, `$1${index}`))
    }
    if (element instanceof HTMLButtonElement) {
      element.value = element.value.replace(/^(up|down|remove|find|unspeak):\d+/, `$1:${index}`)
    }
  }
  const heading = card.querySelector('h2')
  if (heading?.textContent) heading.textContent = heading.textContent.replace(/[\d\u0660-\u0669]+/, String(index + 1))
}

customElements.define('agenda-builder', AgendaBuilder)
