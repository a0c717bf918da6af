type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const neverKept = ['password', 'file', 'hidden', 'submit']

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement) &&
      one.name !== '' &&
      !neverKept.includes(one.type),
  )
}

const isChoice = (one: Control): one is HTMLInputElement => one.type === 'checkbox' || one.type === 'radio'

/** What a form shows, as text to be kept and compared. Passwords and files are left out, and what no person typed. */
export function serialise(form: HTMLFormElement): string {
  const fields = controls(form).map((one) =>
    isChoice(one) ? [one.name, `${one.value}=${one.checked}`, labelOf(one)] : [one.name, one.value],
  )
  return JSON.stringify(fields)
}

/** What a choice is called: one that was found by typing is drawn anew from it. */
const labelOf = (one: HTMLInputElement) => one.labels?.[0]?.textContent?.trim() ?? ''

/** All that a form would send, without passwords and files. */
export function entriesOf(form: HTMLFormElement): [string, string][] {
  const secret = new Set([...form.querySelectorAll<HTMLInputElement>('[type=password]')].map((one) => one.name))
  return [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !secret.has(name) ? [[name, value]] : [],
  )
}

/** The values of a serialised form by the names of their controls, those of one name told apart by their order. */
export function readFields(text: string): Map<string, string> {
  const counts = new Map<string, number>()
  return new Map(pairsOf(text).map(([name, value]) => [numbered(counts, name), value]))
}

function pairsOf(text: string): [name: string, value: string, label: string][] {
  const fields: unknown = JSON.parse(text)
  return (Array.isArray(fields) ? fields : []).map((pair: unknown) => {
    const [name = '', value = '', label = ''] = Array.isArray(pair) ? pair.map(String) : []
    return [name, value, label]
  })
}

/** A name with how often it came before. */
function numbered(counts: Map<string, number>, name: string): string {
  const count = counts.get(name) ?? 0
  counts.set(name, count + 1)
  return `${name} ${count}`
}

/** Puts serialised values back into a form, those that are wanted. */
export function fill(form: HTMLFormElement, kept: string, isWanted: (at: string) => boolean): void {
  const rest = controls(form)
  const counts = new Map<string, number>()
  for (const [name, value, label] of pairsOf(kept)) {
    const at = rest.findIndex(
      (one) => one.name === name && (!isChoice(one) || value === `${one.value}=true` || value === `${one.value}=false`),
    )
    const [one] = at < 0 ? [] : rest.splice(at, 1)
    if (!isWanted(numbered(counts, name))) continue
    if (!one) pickAgain(form, name, value, label)
    else if (isChoice(one)) one.checked = value.endsWith('=true')
    else one.value = value
  }
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

/** A choice that was found by typing, for which the page has no control, is chosen again. */
function pickAgain(form: HTMLFormElement, name: string, value: string, label: string): void {
  const picker = [...form.querySelectorAll('record-picker')].find((one) => one.getAttribute('field') === name)
  if (!picker || label === '' || !value.endsWith('=true')) return
  picker.dispatchEvent(new CustomEvent('pick-again', { detail: { id: value.replace(/=true$/, ''), label } }))
}
