import { readForm } from './form.ts'
import type { SignedIn } from './hub.ts'

/** Sends what the form of two publications would send, with choices of one's own. */
export async function merge(
  browser: SignedIn,
  [into, from]: readonly [string, string],
  choices: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const path = `/en/desk/duplicates/${into}/${from}`
  const form = readForm(await (await browser.get(path)).text())
  return browser.post(path, { ...form.fields, into, do: 'merge', ...choices })
}
