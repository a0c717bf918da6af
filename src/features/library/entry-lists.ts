import type { FieldValues } from '#platform/forms.ts'

/** The numbers of a list's entries in the names of a form (`editions.3.lang`), in their order. */
export function numbersIn(sent: FieldValues, list: string): number[] {
  const numbers = new Set<number>()
  const prefix = `${list}.`
  for (const name of Object.keys(sent)) {
    if (!name.startsWith(prefix)) continue
    const [, number] = /^(\d{1,4})\./.exec(name.slice(prefix.length)) ?? []
    if (number !== undefined) numbers.add(Number(number))
  }
  return [...numbers].toSorted((one, other) => one - other)
}

/** A list after one of its entries was moved up or down, or removed; null for any other deed, or an entry that is not there. */
export function moveEntry<T>(list: readonly T[], verb: string, number: string): readonly T[] | null {
  const at = /^\d{1,4}$/.test(number) ? Number(number) : -1
  const entry = list[at]
  if (entry === undefined) return null
  if (verb === 'remove') return list.toSpliced(at, 1)
  if (verb !== 'up' && verb !== 'down') return null
  const to = verb === 'up' ? at - 1 : at + 1
  const other = list[to]
  return other === undefined ? list : list.with(to, entry).with(at, other)
}
