import type { Concept, Scheme } from '../domain.ts'
import type { FileConcept, FileText, SkosFile, SkosProblem, Told } from './file.ts'

/** A vocabulary that is there, whatever its state. */
export interface SchemeThere extends Scheme {
  readonly status: 'draft' | 'published' | 'withdrawn'
}

/** A term that is there, whatever its state. */
export interface ConceptThere extends Concept {
  readonly status: 'draft' | 'published' | 'withdrawn'
  /** The term it was merged into. */
  readonly mergedInto: string | null
}

export interface TermsThere {
  readonly schemes: readonly SchemeThere[]
  readonly concepts: readonly ConceptThere[]
}

/** What an import does to one vocabulary or term. What is null stays as it is. */
export interface PlanItem {
  readonly kind: 'scheme' | 'concept'
  /** `region`, `region:africa`. */
  readonly key: string
  readonly scheme: string
  readonly notation: string
  /** Null: it is new. */
  readonly id: string | null
  readonly outcome: 'new' | 'changed' | 'same' | 'merged'
  /** What is written, as `label fr` or `broader`. */
  readonly changes: readonly string[]
  readonly texts: readonly FileText[]
  readonly broader: readonly string[] | null
  readonly related: readonly string[] | null
  readonly exactMatch: readonly string[] | null
  readonly m49: readonly string[] | null
}

export interface SkosPlan {
  readonly items: readonly PlanItem[]
  /** Terms of these vocabularies that the file does not have: they stay. */
  readonly left: readonly string[]
  readonly problems: readonly SkosProblem[]
  readonly unknown: readonly { readonly name: string; readonly count: number }[]
}

const keyOf = ({ scheme, notation }: { scheme: string; notation: string }) => `${scheme}:${notation}`

/** Holds a file against what is there: what is new, what changes, what is the same, and what is wrong. */
export function planSkos(file: SkosFile, there: TermsThere, origin: string): SkosPlan {
  const known = new Map(there.concepts.map((concept) => [keyOf(concept), concept]))
  const problems = [...file.problems]
  const unknown = [...file.unknown]
  const find = finder(file, there, origin)
  const items = file.concepts.map((concept) =>
    planConcept(concept, known.get(keyOf(concept)), file.told, (relation) => {
      return concept[relation].flatMap((iri) => {
        const key = find(iri)
        if (key === null && relation === 'broader')
          problems.push({ about: concept.iri, problem: 'broaderUnknown', value: iri })
        if (key === null && relation === 'related') unknown.push({ name: `related ${iri}`, count: 1 })
        if (key !== null && relation === 'broader' && !key.startsWith(`${concept.scheme}:`)) {
          problems.push({ about: concept.iri, problem: 'broaderElsewhere', value: iri })
          return []
        }
        return key ?? []
      })
    }),
  )
  problems.push(...findCircles(items, there.concepts, file.concepts))
  const schemes = file.schemes.map((scheme): PlanItem => {
    const own = there.schemes.find(({ notation }) => notation === scheme.notation)
    const texts = changedTexts(scheme.texts, own)
    return {
      ...nothing,
      kind: 'scheme',
      key: scheme.notation,
      scheme: scheme.notation,
      notation: scheme.notation,
      id: own?.id ?? null,
      texts,
      ...outcomeOf(own, texts, []),
    }
  })
  const named = new Set(items.map(({ key }) => key))
  const touched = new Set(items.map(({ scheme }) => scheme))
  const left = [...known.values()].filter(
    (one) => touched.has(one.scheme) && one.status === 'published' && !named.has(keyOf(one)),
  )
  return { items: [...schemes, ...items], left: left.map(keyOf), problems, unknown }
}

const nothing = { broader: null, related: null, exactMatch: null, m49: null } as const

/** The term an IRI stands for: of this file, of the hub by its address, or of the hub by what it matches. */
function finder(file: SkosFile, there: TermsThere, origin: string): (iri: string) => string | null {
  const byIri = new Map<string, string>()
  for (const concept of there.concepts) {
    for (const match of concept.exactMatch) byIri.set(normaliseIri(match), keyOf(concept))
    byIri.set(`${origin}/vocabularies/${concept.scheme}#${concept.notation}`, keyOf(concept))
  }
  for (const concept of file.concepts) byIri.set(concept.iri, keyOf(concept))
  return (iri) => byIri.get(iri) ?? byIri.get(normaliseIri(iri)) ?? null
}

/** An IRI as the hub's own files have it, so that what was exported is known again. */
const normaliseIri = (iri: string) =>
  URL.canParse(iri) ? new URL(iri).href.replace(/[\s<>"{}|\\^`]/g, encodeURIComponent) : iri

function planConcept(
  concept: FileConcept,
  own: ConceptThere | undefined,
  told: ReadonlySet<Told>,
  resolve: (relation: 'broader' | 'related') => readonly string[],
): PlanItem {
  const { scheme, notation } = concept
  const place = { kind: 'concept', key: keyOf(concept), scheme, notation, id: own?.id ?? null } as const
  if (own?.mergedInto) return { ...place, ...nothing, outcome: 'merged', changes: [], texts: [] }
  const texts = changedTexts(concept.texts, own)
  const ifOther = (name: Told, wanted: readonly string[], now: readonly string[], normal = (one: string) => one) => {
    if (!told.has(name)) return null
    const [before, after] = [now, wanted].map((list) => new Set(list.map(normal)))
    return before?.symmetricDifference(after ?? new Set()).size === 0 ? null : [...wanted]
  }
  const broader = own?.broader.map((one) => `${scheme}:${one}`) ?? []
  const ties = {
    broader: ifOther('broader', resolve('broader'), broader),
    related: ifOther('related', resolve('related'), own?.related ?? []),
    exactMatch: ifOther(
      'exactMatch',
      concept.exactMatch,
      (own?.exactMatch ?? []).filter((iri) => URL.canParse(iri)),
      normaliseIri,
    ),
    m49: ifOther('m49', concept.m49, own?.m49 ?? []),
  }
  const changed = Object.entries(ties).flatMap(([name, list]) => (list === null ? [] : [name]))
  return { ...place, ...ties, texts, ...outcomeOf(own, texts, changed) }
}

function outcomeOf(own: Scheme | undefined, texts: readonly FileText[], ties: readonly string[]) {
  const changes = [...texts.map(({ field, lang }) => `${field} ${lang}`), ...ties]
  return { outcome: own === undefined ? 'new' : changes.length === 0 ? 'same' : 'changed', changes } as const
}

/** The texts that the term does not have word for word; languages the file is silent in stay. */
function changedTexts(texts: readonly FileText[], own: Scheme | undefined): FileText[] {
  return texts.filter(({ field, lang, value }) => {
    return own?.texts[field]?.find((text) => text.lang === lang)?.value.replaceAll('\r\n', '\n') !== value
  })
}

/** Terms that would be broader than themselves. */
function findCircles(
  items: readonly PlanItem[],
  there: readonly ConceptThere[],
  file: readonly FileConcept[],
): SkosProblem[] {
  const above = new Map(there.map((one) => [keyOf(one), one.broader.map((notation) => `${one.scheme}:${notation}`)]))
  for (const { key, broader } of items) if (broader !== null) above.set(key, [...broader])
  const state = new Map<string, 'open' | 'done'>()
  const circles = new Set<string>()
  for (const start of above.keys()) {
    const way: { key: string; next: number }[] = [{ key: start, next: 0 }]
    if (state.has(start)) continue
    state.set(start, 'open')
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const next = above.get(at.key)?.[at.next]
      at.next += 1
      if (next === undefined) {
        state.set(at.key, 'done')
        way.pop()
      } else if (state.get(next) === 'open') {
        for (const { key } of way.slice(way.findIndex(({ key }) => key === next))) circles.add(key)
      } else if (!state.has(next)) {
        state.set(next, 'open')
        way.push({ key: next, next: 0 })
      }
    }
  }
  const iris = new Map(file.map((one) => [keyOf(one), one.iri]))
  return [...circles].flatMap((key) => {
    const iri = iris.get(key)
    return iri === undefined ? [] : [{ about: iri, problem: 'circle' as const, value: key }]
  })
}
