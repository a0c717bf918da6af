import { francAll } from 'franc-min'

const enough = 80
const samples = 60

/** The language that most of a text is in, told by samples from all over its parts (pages, minutes); null when there is too little, or no language has the most. */
export function tellLanguage<Part>(parts: readonly Part[], wordsOf: (part: Part) => string): string | null {
  const step = Math.max(1, Math.floor(parts.length / samples))
  const votes = new Map<string, number>()
  let all = 0
  for (let at = 0; at < parts.length; at += step) {
    const part = parts[at]
    const sample = part === undefined ? '' : wordsOf(part).slice(0, 3000)
    const letters = sample.match(/\p{L}/gu)?.length ?? 0
    if (letters < enough) continue
    const [best] = francAll(sample, { minLength: 10 })
    if (!best || best[0] === 'und') continue
    votes.set(best[0], (votes.get(best[0]) ?? 0) + letters)
    all += letters
  }
  const [most] = [...votes].sort((one, other) => other[1] - one[1])
  return most && most[1] > all / 2 ? canonicalTag(most[0]) : null
}

/** A language tag in its usual writing (`fra` is `fr`, `PT_br` is `pt-BR`); null for what is none. */
export function canonicalTag(tag: string | null | undefined): string | null {
  try {
    const canonical = Intl.getCanonicalLocales((tag ?? '').trim().replaceAll('_', '-'))[0]
    return canonical === undefined || canonical === 'und' || canonical.length > 35 ? null : canonical
  } catch {
    return null
  }
}
