import {
  fields,
  skos,
  type FileConcept,
  type FileScheme,
  type FileTerm,
  type SkosFile,
  type SkosGround,
  type SkosProblem,
  type SkosProblemKind,
  type Told,
} from './file.ts'
import type { Statement } from './statements.ts'
import { conceptNotation, readTexts, schemeNotation } from './words.ts'

const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
const coverage = 'http://purl.org/dc/terms/coverage'
const relations = ['broader', 'narrower', 'related', 'exactMatch', 'inScheme', 'topConceptOf', 'hasTopConcept'] as const
const known = new Set<string>([
  rdfType,
  coverage,
  `${skos}notation`,
  `${skos}editorialNote`,
  ...Object.keys(fields),
  ...relations.map((relation) => skos + relation),
])

/** Makes vocabularies and their terms of what a file says. */
export function readSkos(statements: readonly Statement[], ground: SkosGround): SkosFile {
  const about = Map.groupBy(statements, ({ subject }) => subject)
  const typed = (type: string) =>
    new Set(statements.flatMap((one) => (one.predicate === rdfType && one.object === skos + type ? [one.subject] : [])))
  const [schemeIris, conceptIris] = [typed('ConceptScheme'), typed('Concept')]
  const problems: SkosProblem[] = []
  const schemes = [...schemeIris].flatMap((iri): FileScheme[] => {
    const own = about.get(iri) ?? []
    const notation = schemeNotation(iri, own, ground)
    if (notation === '') problems.push({ about: iri, problem: 'notation', value: iri })
    return notation === '' ? [] : [{ iri, notation, texts: readTexts(iri, own, ground, problems) }]
  })
  refuseTwice(schemes, ({ notation }) => notation, problems)
  const homes = readHomes(statements, schemes, ground)
  const inverseOf = (relation: string) => {
    return Map.groupBy(
      statements.filter(({ predicate }) => predicate === skos + relation),
      ({ object }) => object,
    )
  }
  const inverses = { broader: inverseOf('narrower'), related: inverseOf('related') }
  const concepts = [...conceptIris].flatMap((iri) => {
    const inverse = (relation: keyof typeof inverses) =>
      inverses[relation].get(iri)?.map(({ subject }) => subject) ?? []
    return readConcept(iri, about.get(iri) ?? [], { homes, ground, problems, inverse })
  })
  refuseTwice(concepts, ({ scheme, notation }) => `${scheme}:${notation}`, problems)
  return { schemes, concepts, told: toldIn(statements, concepts, ground), problems, unknown: countUnknown(statements) }
}

/** Vocabulary IRIs → notations of those that terms of this file may belong to, and each term's own. */
interface Homes {
  readonly byIri: ReadonlyMap<string, string>
  readonly ofConcept: ReadonlyMap<string, readonly string[]>
  readonly only: string | null
}

function readHomes(statements: readonly Statement[], schemes: readonly FileScheme[], ground: SkosGround): Homes {
  const byIri = new Map([
    ...ground.schemes.map((notation): [string, string] => [`${ground.origin}/vocabularies/${notation}`, notation]),
    ...schemes.map(({ iri, notation }): [string, string] => [iri, notation]),
  ])
  const ofConcept = new Map<string, string[]>()
  for (const { subject, predicate, object } of statements) {
    const isInverse = predicate === `${skos}hasTopConcept`
    if (!isInverse && predicate !== `${skos}inScheme` && predicate !== `${skos}topConceptOf`) continue
    const [concept, scheme] = isInverse ? [object, subject] : [subject, object]
    const found = ofConcept.get(concept) ?? []
    if (!found.includes(scheme)) ofConcept.set(concept, [...found, scheme])
  }
  return { byIri, ofConcept, only: schemes.length === 1 ? (schemes[0]?.notation ?? null) : null }
}

interface ConceptReading {
  readonly homes: Homes
  readonly ground: SkosGround
  readonly problems: SkosProblem[]
  /** Terms that say of this one that it is narrower, or related. */
  readonly inverse: (relation: 'broader' | 'related') => readonly string[]
}

function readConcept(iri: string, own: readonly Statement[], reading: ConceptReading): FileConcept[] {
  const { homes, ground, problems, inverse } = reading
  const refuse = (problem: SkosProblemKind, value: string): [] => {
    problems.push({ about: iri, problem, value })
    return []
  }
  const named = homes.ofConcept.get(iri) ?? []
  if (named.length > 1) return refuse('schemes', named.join(' '))
  const scheme = named[0] === undefined ? homes.only : (homes.byIri.get(named[0]) ?? null)
  if (scheme === null) return refuse('scheme', named[0] ?? '')
  const notation = conceptNotation(iri, own, scheme, ground)
  if (notation === '') return refuse('notation', iri)
  const texts = readTexts(iri, own, ground, problems)
  if (!texts.some(({ field }) => field === 'label')) return refuse('label', '')
  const objects = (relation: string) => [
    ...new Set(own.flatMap((one) => (one.predicate === skos + relation && one.isIri ? [one.object] : []))),
  ]
  const areas = own.flatMap(({ predicate, object }) =>
    predicate === coverage ? (/^M49 (\d{3})$/.exec(object)?.[1] ?? []) : [],
  )
  const isForeign = iri !== `${ground.origin}/vocabularies/${scheme}#${notation}`
  return [
    {
      iri,
      scheme,
      notation,
      texts,
      broader: [...new Set([...objects('broader'), ...inverse('broader')])],
      related: [...new Set([...objects('related'), ...inverse('related')])],
      exactMatch: [...new Set([...objects('exactMatch'), ...(isForeign ? [iri] : [])])],
      m49: [...new Set(areas)],
    },
  ]
}

function toldIn(
  statements: readonly Statement[],
  concepts: readonly FileConcept[],
  { origin }: SkosGround,
): ReadonlySet<Told> {
  const predicates = new Set(statements.map(({ predicate }) => predicate))
  const told = new Set<Told>()
  if (['broader', 'narrower', 'hasTopConcept', 'topConceptOf'].some((one) => predicates.has(skos + one)))
    told.add('broader')
  if (predicates.has(`${skos}related`)) told.add('related')
  if (predicates.has(`${skos}exactMatch`) || concepts.some(({ iri }) => !iri.startsWith(`${origin}/`))) {
    told.add('exactMatch')
  }
  if (predicates.has(coverage)) told.add('m49')
  return told
}

function countUnknown(statements: readonly Statement[]): { name: string; count: number }[] {
  const others = statements.filter(({ predicate }) => !known.has(predicate))
  return [...Map.groupBy(others, ({ predicate }) => predicate)].map(([name, said]) => ({ name, count: said.length }))
}

function refuseTwice<T extends FileTerm>(
  terms: readonly T[],
  keyOf: (term: T) => string,
  problems: SkosProblem[],
): void {
  for (const [key, same] of Map.groupBy(terms, keyOf)) {
    for (const { iri } of same.slice(1)) problems.push({ about: iri, problem: 'duplicate', value: key })
  }
}
