/** A combination of keys as `aria-keyshortcuts` names it: `Alt+K`, `Control+Enter`. Letters go by what they write, else by their place. */
export function keyOf({ altKey, ctrlKey, metaKey, shiftKey, key, code }: KeyboardEvent): string {
  const letter = /^[a-z]$/i.test(key) ? key.toUpperCase() : (/^Key([A-Z])$/.exec(code)?.[1] ?? key)
  // A Mac's command key is what others know as control.
  const held = [(ctrlKey || metaKey) && 'Control', altKey && 'Alt', shiftKey && 'Shift']
  return [...held, letter].filter(Boolean).join('+')
}

/** Whether a click means its link: no other tab, no other window, no file. */
export const isPlainClick = ({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey

/** A box that stays as somebody left it in this browser. */
export function keepChoice(box: HTMLInputElement): void {
  const name = box.dataset['kept'] ?? ''
  try {
    box.checked = (localStorage.getItem(name) ?? String(box.checked)) === 'true'
    box.addEventListener('change', () => localStorage.setItem(name, String(box.checked)))
  } catch {
    // A browser that keeps nothing still ticks boxes.
  }
}
