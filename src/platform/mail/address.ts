/** The longest address that mail servers take (RFC 5321 §4.5.3.1.3, less the angle brackets). */
const LONGEST = 254

// Dot-atoms of RFC 5322 and host names of at least two labels: quoted local parts, comments, routes and address literals are
// legal, unheard of, and a way to smuggle.
const address =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** An e-mail address in lower case, or null where it is none that a message can be sent to. */
export function readAddress(text: string): string | null {
  const tidy = text.trim().toLowerCase()
  if (tidy.length > LONGEST || tidy.indexOf('@') > 64 || !address.test(tidy)) return null
  return tidy
}

/** Words as they may stand in a header: one line, no control or direction-changing characters, not long. */
export function headerWords(text: string, most = 200): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
  return Array.from(plain.replace(/\s+/g, ' ').trim()).slice(0, most).join('')
}

/** A sender, `hub@example.org` or `Name <hub@example.org>`, or null. */
export function readSender(text: string): { readonly name: string; readonly address: string } | null {
  const [, name = '', inBrackets] = /^([^<>]*)<([^<>]+)>$/.exec(text.trim()) ?? []
  const found = readAddress(inBrackets ?? text)
  return found === null ? null : { name: headerWords(name.replaceAll('"', '')), address: found }
}
