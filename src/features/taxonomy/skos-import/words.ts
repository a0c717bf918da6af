import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { fields, skos, type FileText, type SkosGround, type SkosProblem } from './file.ts'
import type { Statement } from './statements.ts'

const LONGEST = { label: 500, alt: 2_000, definition: 20_000 } as const
const notationOf = (own: readonly Statement[]) => own.find(({ predicate }) => predicate === `${skos}notation`)?.object

const lastPart = (iri: string) =>
  decode(
    iri
      .replace(/[/#]+$/, '')
      .split(/[/#]/)
      .at(-1) ?? '',
  )

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A code as the hub writes it in addresses: small Latin letters and digits with dashes between. */
const toNotation = (code: string) =>
  code
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)

/** The code of a vocabulary: from its address in the hub, its notation, or the end of its IRI. */
export function schemeNotation(iri: string, own: readonly Statement[], { origin }: SkosGround): string {
  const inside = iri.startsWith(`${origin}/vocabularies/`) ? lastPart(iri) : null
  return toNotation(inside ?? notationOf(own) ?? lastPart(iri))
}

/** The code of a term. */
export function conceptNotation(
  iri: string,
  own: readonly Statement[],
  scheme: string,
  { origin }: SkosGround,
): string {
  const home = `${origin}/vocabularies/${scheme}#`
  return toNotation(iri.startsWith(home) ? decode(iri.slice(home.length)) : (notationOf(own) ?? lastPart(iri)))
}

const labelNames = { label: 'prefLabel', alt: 'altLabel', definition: 'definition' } as const

/** The words of a term, one text for each field and language. */
export function readTexts(
  iri: string,
  own: readonly Statement[],
  { lang: usual }: SkosGround,
  problems: SkosProblem[],
): FileText[] {
  const notes = new Set(own.flatMap((one) => (one.predicate === `${skos}editorialNote` ? [one.object] : [])))
  const values = new Map<string, { field: FileText['field']; lang: string; lines: string[] }>()
  for (const { predicate, object, lang, isIri } of own) {
    const field = Object.hasOwn(fields, predicate) ? fields[predicate as keyof typeof fields] : null
    if (field === null || isIri || object.trim() === '') continue
    const tag = canonicalLanguageTag(lang ?? usual)
    if (tag === null) {
      problems.push({ about: iri, problem: 'language', value: lang ?? '' })
      continue
    }
    const key = `${field} ${tag}`
    const found = values.get(key) ?? { field, lang: tag, lines: [] }
    values.set(key, { ...found, lines: [...found.lines, object.replaceAll('\0', '').normalize('NFC')] })
  }
  return [...values.values()].flatMap(({ field, lang, lines }): FileText[] => {
    const value = lines.join('\n')
    if (field !== 'alt' && lines.length > 1)
      problems.push({ about: iri, problem: 'twoLabels', value: `${field} ${lang}` })
    if (value.length > LONGEST[field]) problems.push({ about: iri, problem: 'tooLong', value: `${field} ${lang}` })
    const told = `${labelNames[field]} in ${lang}: `
    const isMachine = notes.has(`${told}machine translation, not reviewed`)
    const state = isMachine ? 'machine' : notes.has(`${told}older than its source`) ? 'behind' : 'current'
    return [{ field, lang, value, state }]
  })
}
