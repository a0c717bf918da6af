/** Languages and regions by their codes. Names come from CLDR through `Intl`. */

export type Direction = 'ltr' | 'rtl'

const regional: Readonly<Record<string, string>> = { en: 'en-GB', pt: 'pt-PT' }

/** The locale whose dates and numbers a language is shown with: the interface's English and Portuguese are the European ones. */
export function formatLocale(lang: string): string {
  return regional[lang] ?? lang
}

const rightToLeft = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr'])
const directions = new Map<string, Direction>()

/** The direction a language is written in, from its script. An unknown one is left to right. */
export function direction(lang: string): Direction {
  const known = directions.get(lang)
  if (known) return known
  const tag = canonicalLanguageTag(lang)
  const script = tag ? new Intl.Locale(tag).maximize().script : undefined
  const found: Direction = script && rightToLeft.has(script) ? 'rtl' : 'ltr'
  if (directions.size < 500) directions.set(lang, found)
  return found
}

/** The canonical form of a BCP 47 tag (`FR-fr` → `fr-FR`), or null when it is not one. */
export function canonicalLanguageTag(tag: string): string | null {
  if (tag.length > 100) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

const names = new Map<string, Intl.DisplayNames>()

function displayNames(lang: string, type: 'language' | 'region'): Intl.DisplayNames {
  const key = `${type}:${lang}`
  const known = names.get(key)
  if (known) return known
  const made = new Intl.DisplayNames([formatLocale(lang), 'en'], { type, fallback: 'code' })
  if (names.size < 200) names.set(key, made)
  return made
}

/** A language's name as a sentence in `inLang` has it (`fr` in `en`: “French”); an unknown tag is its own name. */
export function languageName(lang: string, inLang: string): string {
  const tag = canonicalLanguageTag(lang)
  return tag ? (displayNames(inLang, 'language').of(tag) ?? lang) : lang
}

/** A language's name for itself, fit to begin a line: “Français”, “العربية”. */
export function ownName(lang: string): string {
  return capitalise(languageName(lang, lang), lang)
}

/** A place's name from its ISO 3166-1 alpha-2 or UN M49 code; `001` and `Global` are the world. An unknown code is its own name. */
export function regionName(code: string, inLang: string): string {
  const region = code.toLowerCase() === 'global' ? '001' : code.toUpperCase()
  if (!/^(?:[A-Z]{2}|\d{3})$/.test(region)) return code
  return capitalise(displayNames(inLang, 'region').of(region) ?? code, inLang)
}

const named = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** ISO 3166-1 alpha-2 or UN M49 (three digits) that CLDR has a name for. */
export function isPlaceCode(code: string): boolean {
  return /^(?:[A-Z]{2}|\d{3})$/.test(code) && named.of(code) !== undefined
}

/** A text of unknown direction (an address, a reference) so wrapped that it keeps its own order inside any sentence (UAX #9, FSI and PDI). */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`
}

/** The text with its first letter made a capital, as its language does it. */
export function capitalise(text: string, lang: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20)
  return text === '' ? text : first.toLocaleUpperCase(lang) + text.slice(first.length)
}
