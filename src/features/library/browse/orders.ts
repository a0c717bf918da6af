import { setImmediate as breathe } from 'node:timers/promises'

/** What the orders ask of the index. */
interface Ordered {
  readonly slots: () => number
  readonly isThere: (slot: number) => boolean
  readonly idOf: (slot: number) => string
  readonly dateOf: (slot: number) => number
  readonly titleOf: (slot: number, lang: string) => string
}

export interface Orders {
  /** Everything in order: newest first, or by title in a language. */
  read(sort: 'date' | 'title', lang: string): Promise<Uint32Array>
  changed(slot: number): void
}

type Compare = (one: number, other: number) => number

interface Order {
  readonly ready: Promise<void>
  sorted: Uint32Array
  /** What has changed since it was sorted. */
  readonly pending: Set<number>
}

/** Slots that are sorted in one go; then others get their turn. */
const RUN = 4096

/** Orders of the index, each made when it is first asked for, and mended where something changed. */
export function createOrders(of: Ordered): Orders {
  const kept = new Map<string, Order>()

  const byDate: Compare = (one, other) => of.dateOf(other) - of.dateOf(one) || compareText(of.idOf(other), of.idOf(one))
  const byTitle = (lang: string): Compare => {
    const { compare } = new Intl.Collator(lang, { numeric: true })
    return (one, other) =>
      compare(of.titleOf(one, lang), of.titleOf(other, lang)) || compareText(of.idOf(one), of.idOf(other))
  }

  /** Titles are taken out beforehand: they may change while the sorting takes its breaths. */
  async function sortAll(sort: 'date' | 'title', lang: string): Promise<Uint32Array> {
    const slots = Array.from({ length: of.slots() }, (_, slot) => slot).filter(of.isThere)
    if (sort === 'date') return Uint32Array.from(slots).sort(byDate)
    const titles = Array.from({ length: of.slots() }, (_, slot) => of.titleOf(slot, lang))
    const { compare } = new Intl.Collator(lang, { numeric: true })
    return mergeSort(
      Uint32Array.from(slots),
      (one, other) => compare(titles[one] ?? '', titles[other] ?? '') || compareText(of.idOf(one), of.idOf(other)),
    )
  }

  function begin(sort: 'date' | 'title', lang: string): Order {
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
    const order: Order = { ready, sorted: new Uint32Array(), pending: new Set() }
    const work = async () => {
      order.sorted = await sortAll(sort, lang)
    }
    work().then(resolve, reject)
    return order
  }

  return {
    changed: (slot) => {
      for (const order of kept.values()) order.pending.add(slot)
    },
    read: async (sort, lang) => {
      const key = sort === 'date' ? 'date' : `title ${lang}`
      const known = kept.get(key)
      const order = known && known.pending.size <= of.slots() / 4 ? known : begin(sort, lang)
      kept.set(key, order)
      await order.ready
      if (order.pending.size > 0) {
        const changed = [...order.pending]
        order.pending.clear()
        order.sorted = insert(order.sorted, changed, of.isThere, sort === 'date' ? byDate : byTitle(lang))
      }
      return order.sorted
    },
  }
}

const compareText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)

/** Takes what changed out of its old places and puts what is still there into its new ones. */
function insert(
  sorted: Uint32Array,
  changed: readonly number[],
  isThere: (slot: number) => boolean,
  compare: Compare,
): Uint32Array {
  const moved = new Set(changed)
  const rest = sorted.filter((slot) => !moved.has(slot))
  const coming = changed.filter(isThere).sort(compare)
  const result = new Uint32Array(rest.length + coming.length)
  let from = 0
  for (const [index, slot] of coming.entries()) {
    const to = placeOf(rest, slot, from, compare)
    result.set(rest.subarray(from, to), from + index)
    result[to + index] = slot
    from = to
  }
  result.set(rest.subarray(from), from + coming.length)
  return result
}

function placeOf(sorted: Uint32Array, slot: number, from: number, compare: Compare): number {
  let [low, high] = [from, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(sorted[middle] ?? 0, slot) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Sorts in short runs and merges them, with a breath after each. */
async function mergeSort(slots: Uint32Array, compare: Compare): Promise<Uint32Array> {
  for (let from = 0; from < slots.length; from += RUN) {
    slots.subarray(from, from + RUN).sort(compare)
    await breathe()
  }
  let source: Uint32Array = slots
  let target: Uint32Array = new Uint32Array(slots.length)
  for (let width = RUN; width < slots.length; width *= 2) {
    for (let from = 0; from < slots.length; from += width * 2) {
      await merge(source, target, { from, middle: from + width, end: from + width * 2 }, compare)
    }
    ;[source, target] = [target, source]
  }
  return source
}

async function merge(
  source: Uint32Array,
  target: Uint32Array,
  span: { readonly from: number; readonly middle: number; readonly end: number },
  compare: Compare,
): Promise<void> {
  const middle = Math.min(span.middle, source.length)
  const end = Math.min(span.end, source.length)
  let [left, right] = [span.from, middle]
  for (let at = span.from; at < end; at += 1) {
    const [one, other] = [source[left] ?? 0, source[right] ?? 0]
    const takesLeft = right >= end || (left < middle && compare(one, other) <= 0)
    target[at] = takesLeft ? one : other
    if (takesLeft) left += 1
    else right += 1
    if (at % RUN === 0) await breathe()
  }
}
