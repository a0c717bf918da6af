import { francAll } from 'franc-min'
import { say } from './messages.ts'
import type { Section } from './sections.ts'
import type { Line, Unsure } from './types.ts'

/** ISO 639-3 as franc names languages, to the tags of the hub. */
const tags: Readonly<Record<string, string>> = {
  eng: 'en',
  fra: 'fr',
  spa: 'es',
  por: 'pt',
  arb: 'ar',
  ita: 'it',
  deu: 'de',
  nld: 'nl',
  rus: 'ru',
}
const only = Object.keys(tags)

/** How well a text reads as each language (the best is 1), best first; null when it is too short to tell. */
export function scoreLanguages(text: string): { readonly lang: string; readonly score: number }[] | null {
  const sample = text.slice(0, 8000)
  if (sample.replace(/[^\p{L}]/gu, '').length < 40) return null
  return francAll(sample, { only, minLength: 3 }).flatMap(([code, score]) => {
    const lang = tags[code]
    return lang === undefined ? [] : [{ lang, score }]
  })
}

/** The language of a text and how far the second best is behind (0 to 1); null when it is too short to tell. */
function detectLanguage(text: string): { lang: string; lead: number } | null {
  const [best, second] = scoreLanguages(text) ?? []
  return best ? { lang: best.lang, lead: 1 - (second?.score ?? 0) } : null
}

const wordsOf = (lines: readonly Line[]) => {
  const parts: string[] = []
  let length = 0
  for (const line of lines) {
    if (length > 8000) break
    parts.push(line.text.slice(0, 8000))
    length += line.text.length
  }
  return parts.join('\n')
}

/** Each paragraph has a say by its length and by how clear it is; headings only when there is nothing else. */
function detectBody(lines: readonly Line[]): string | null {
  const votes = new Map<string, number>()
  for (const line of lines.filter(({ text }) => text.length > 60).slice(0, 200)) {
    const found = detectLanguage(line.text)
    if (found) votes.set(found.lang, (votes.get(found.lang) ?? 0) + Math.min(line.text.length, 2000) * found.lead)
  }
  const [best] = [...votes].sort((one, other) => other[1] - one[1])
  return best?.[0] ?? detectLanguage(wordsOf(lines))?.lang ?? null
}

/** The body's own language, and the sections that read as another one. */
export function detectPage(
  preamble: readonly Line[],
  sections: readonly Section[],
): { lang: string | null; notes: Unsure[] } {
  const body = [...preamble, ...sections.flatMap((section) => section.lines)]
  const headings = sections.flatMap(({ heading }) => (heading ? [heading] : []))
  const lang = detectBody(body) ?? detectBody([...headings, ...body])
  if (lang === null) return { lang, notes: [] }
  const notes = sections.slice(0, 200).flatMap(({ heading, lines }) => {
    const words = wordsOf(lines)
    const found = heading && words.length >= 100 ? detectLanguage(words) : null
    if (!heading || !found || found.lang === lang || found.lead < 0.1) return []
    return [say.sectionLanguage(heading.text, found.lang, lang, heading.number)]
  })
  return { lang, notes }
}

/** `fr-BE` and `FR` are `fr`. */
export const baseLanguage = (tag: string): string => (tag.trim().split(/[-_]/)[0] ?? '').toLowerCase()
