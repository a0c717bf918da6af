import type { Line } from './transcript-lines.ts'

/** A line of a transcript as its form has it; times are seconds. */
export interface LineFields extends Line {
  readonly number: number
  readonly end: number
  readonly text: HTMLTextAreaElement
}

/** A time as it is typed, in seconds; not a number when it is none. */
function readTime(text: string): number {
  const parts = text.trim().split(':').map(Number)
  return parts.length < 2 ? NaN : parts.reduce((sum, part) => sum * 60 + part, 0)
}

/** Seconds as the fields of times have them: `0:12:34.500`. */
export function writeTime(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000)
  const two = (unit: number, most: number) => String(Math.floor(milliseconds / unit) % most).padStart(2, '0')
  const part = milliseconds % 1000
  const clock = `${Math.floor(milliseconds / 3_600_000)}:${two(60_000, 60)}:${two(1000, 60)}`
  return part === 0 ? clock : `${clock}.${String(part).padStart(3, '0')}`
}

/** A field of a line by its name: `start`, `end`, `speaker`, `text`. */
export function fieldOf(line: LineFields, name: string): HTMLInputElement | HTMLTextAreaElement | null {
  return line.element.querySelector(`[name="line.${line.number}.${name}"]`)
}

/** The lines that a form holds, in their order, as they are typed at this moment. */
export function fieldsIn(form: HTMLElement): LineFields[] {
  return [...form.querySelectorAll<HTMLTextAreaElement>('textarea[name^="line."]')].flatMap((text) => {
    const element = text.closest('fieldset')
    const number = Number(text.name.split('.')[1])
    const time = (name: string) =>
      readTime(element?.querySelector<HTMLInputElement>(`[name="line.${number}.${name}"]`)?.value ?? '')
    return element ? [{ element, number, text, start: time('start'), end: time('end') }] : []
  })
}

/** Types something into a field, as far as everybody who listens is concerned. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

const isField = (one: Element): one is HTMLInputElement | HTMLTextAreaElement =>
  one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement

/** Whether something was typed into a form since it was drawn. */
export function isTyped(form: HTMLFormElement): boolean {
  return [...form.elements].some((one) => isField(one) && one.value !== one.defaultValue)
}

const unbroken = (text: string | null) => text?.replaceAll('\r\n', '\n')

/** Takes over what was typed into a form after it was sent. */
export function carryOver(from: HTMLFormElement, sent: URLSearchParams, to: HTMLFormElement): void {
  for (const one of from.elements) {
    if (!isField(one) || one.type === 'hidden' || unbroken(one.value) === unbroken(sent.get(one.name))) continue
    const other = to.elements.namedItem(one.name)
    if (other instanceof Element && isField(other)) other.value = one.value
  }
}

/** Where somebody is in a form: the field, and the place in its words. */
export interface Place {
  readonly name: string
  readonly caret: number | 'all'
}

/** Where the focus is; null when it is in no field. */
export function findPlace(): Place | null {
  const focus = document.activeElement
  return focus && isField(focus) ? { name: focus.name, caret: focus.selectionStart ?? 0 } : null
}

const textName = (line: number) => `line.${line}.text`

/** Where the focus goes after something was done to a line, to what came of it; null where lines stay what they are. */
export function placeAfter(deed: string, lines: readonly LineFields[]): Place | null {
  const [what, number] = deed.split(':')
  const at = Number(number)
  const length = lines.find((line) => line.number === at)?.text.value.trim().length ?? 0
  if (what === 'split') return { name: textName(at + 1), caret: 0 }
  if (what === 'join') return { name: textName(at), caret: length + 1 }
  if (what === 'insert') return { name: textName(at + 1), caret: 'all' }
  return what === 'delete' ? { name: textName(at), caret: 0 } : null
}

/** Puts the focus there; of a line that is gone, to the one above. */
export function goTo({ name, caret }: Place, root: ParentNode): void {
  const above = name.replace(/\d+/, (number) => String(Number(number) - 1))
  const field = [name, above].map((one) => root.querySelector(`[name="${CSS.escape(one)}"]`)).find(Boolean)
  if (!field || !isField(field)) return
  field.focus()
  if (caret === 'all') field.select()
  else field.setSelectionRange(caret, caret)
}
