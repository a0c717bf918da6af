/** Licences that papers of public bodies carry most, by their SPDX identifiers. */
export const usualLicences = [
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-4.0',
  'CC-BY-NC-SA-4.0',
  'CC-BY-ND-4.0',
  'CC-BY-NC-ND-4.0',
  'CC-BY-3.0-IGO',
  'CC-BY-NC-ND-3.0-IGO',
  'CC0-1.0',
] as const

/** A licence as it is kept: an SPDX identifier, in the letters of the list where it is usual, or an address; null when it is neither. */
export function readLicence(text: string): string | null {
  const known = usualLicences.find((one) => one.toLowerCase() === text.toLowerCase())
  if (known !== undefined) return known
  if (/^https?:\/\//i.test(text)) return text.length <= 2000 && URL.canParse(text) ? new URL(text).href : null
  const isIdentifier = /^LicenseRef-[\w.-]{1,100}$|^[A-Za-z][\w.+]*(-[\w.+]+)*-\d[\w.]*(-[\w.]+)*$|^(MIT|ISC|0BSD)$/
  return text.length <= 100 && isIdentifier.test(text) ? text : null
}
