import { DataFactory, Writer, type Quad } from 'n3'
import type { TextValue } from '#features/records/index.ts'
import type { Concept, Scheme } from './domain.ts'
import { conceptIri, schemeIri } from './iris.ts'

const skos = 'http://www.w3.org/2004/02/skos/core#'
const dcterms = 'http://purl.org/dc/terms/'
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

type Relation = 'broader' | 'narrower' | 'related' | 'exactMatch' | 'inScheme' | 'topConceptOf' | 'hasTopConcept'
type Labelled = 'prefLabel' | 'altLabel' | 'definition'

/** What is said of a scheme or a concept; Turtle and JSON-LD are both written from it. */
interface Resource {
  readonly iri: string
  readonly type: 'ConceptScheme' | 'Concept'
  readonly notation: string
  readonly labels: readonly (readonly [Labelled, TextValue])[]
  readonly relations: readonly (readonly [Relation, string])[]
  readonly areas: readonly string[]
  readonly notes: readonly string[]
}

/** A vocabulary as SKOS in Turtle. Its address is its IRI; a concept's is the same with `#` and its notation. */
export function skosTurtle(scheme: Scheme, concepts: readonly Concept[], origin: string): string {
  const writer = new Writer({ prefixes: { skos, dcterms } })
  const quads = describe(scheme, concepts, origin).flatMap(toQuads)
  let turtle = ''
  writer.addQuads(quads)
  // The writer holds everything in memory and calls back at once.
  writer.end((error, text: string) => {
    if (error) throw error
    turtle = text
  })
  return turtle
}

/** The same graph as JSON-LD, with its context inside, so that it is plain JSON too. */
export function skosJsonLd(scheme: Scheme, concepts: readonly Concept[], origin: string) {
  return { '@context': context, '@graph': describe(scheme, concepts, origin).map(toNode) }
}

const link = { '@type': '@id', '@container': '@set' }
const perLanguage = { '@container': '@language' }
const context = {
  '@vocab': skos,
  dcterms,
  id: '@id',
  type: '@type',
  prefLabel: perLanguage,
  altLabel: { '@container': ['@language', '@set'] },
  definition: perLanguage,
  coverage: { '@id': 'dcterms:coverage', '@container': '@set' },
  editorialNote: { '@language': 'en', '@container': '@set' },
  inScheme: link,
  hasTopConcept: link,
  topConceptOf: link,
  broader: link,
  narrower: link,
  related: link,
  exactMatch: link,
}

function describe(scheme: Scheme, concepts: readonly Concept[], origin: string): Resource[] {
  const top = concepts.filter((concept) => concept.broader.length === 0)
  const own = schemeIri(origin, scheme.notation)
  return [
    {
      iri: own,
      type: 'ConceptScheme',
      ...words(scheme),
      relations: top.map((concept) => ['hasTopConcept', conceptIri(origin, scheme.notation, concept.notation)]),
      areas: [],
    },
    ...concepts.map((concept) => describeConcept(concept, own, origin)),
  ]
}

function describeConcept(concept: Concept, scheme: string, origin: string): Resource {
  const own = (notation: string) => conceptIri(origin, concept.scheme, notation)
  return {
    iri: own(concept.notation),
    type: 'Concept',
    ...words(concept),
    relations: [
      ['inScheme', scheme],
      ...(concept.broader.length === 0 ? [['topConceptOf', scheme] as const] : []),
      ...concept.broader.map((notation) => ['broader', own(notation)] as const),
      ...concept.narrower.map((notation) => ['narrower', own(notation)] as const),
      ...concept.related.map((name) => ['related', elsewhere(name, origin)] as const),
      ...concept.exactMatch.flatMap((match) => outside(match).map((other) => ['exactMatch', other] as const)),
    ],
    areas: concept.m49,
  }
}

function words({ notation, texts }: Scheme | Concept): Pick<Resource, 'notation' | 'labels' | 'notes'> {
  const of = (label: Labelled, field: string) => (texts[field] ?? []).map((text) => [label, text] as const)
  const alternatives = of('altLabel', 'alt')
  const others = alternatives.flatMap(([label, text]) =>
    text.value.split('\n').map((value) => [label, { ...text, value }] as const),
  )
  const [names, meanings] = [of('prefLabel', 'label'), of('definition', 'definition')]
  const notes = [...names, ...alternatives, ...meanings].flatMap(([label, text]) => stateNote(label, text))
  return { notation, labels: [...names, ...others, ...meanings], notes }
}

/** Readers of the file are told, as readers of the page are, which words nobody has reviewed and which are older than their source. */
function stateNote(label: Labelled, { lang, state }: TextValue): string[] {
  if (state === 'machine') return [`${label} in ${lang}: machine translation, not reviewed`]
  return state === 'behind' ? [`${label} in ${lang}: older than its source`] : []
}

/** The IRI of a concept named `scheme:notation`. */
function elsewhere(name: string, origin: string): string {
  const colon = name.indexOf(':')
  return conceptIri(origin, name.slice(0, colon), name.slice(colon + 1))
}

/** An IRI as an RDF file can hold it, or nothing when it is none. */
function outside(match: string): string[] {
  if (!URL.canParse(match)) return []
  return [new URL(match).href.replace(/[\s<>"{}|\\^`]/g, encodeURIComponent)]
}

function iri(value: string) {
  return DataFactory.namedNode(value)
}

function literal(value: string, lang?: string) {
  return DataFactory.literal(value.toWellFormed(), lang)
}

function toQuads(resource: Resource): Quad[] {
  const say = (predicate: string, object: ReturnType<typeof iri | typeof literal>) =>
    DataFactory.quad(iri(resource.iri), iri(predicate), object)
  return [
    say(rdfType, iri(skos + resource.type)),
    say(`${skos}notation`, literal(resource.notation)),
    ...resource.labels.map(([label, text]) => say(skos + label, literal(text.value, text.lang))),
    ...resource.relations.map(([relation, other]) => say(skos + relation, iri(other))),
    ...resource.areas.map((code) => say(`${dcterms}coverage`, literal(`M49 ${code}`))),
    ...resource.notes.map((note) => say(`${skos}editorialNote`, literal(note, 'en'))),
  ]
}

function toNode(resource: Resource): Readonly<Record<string, unknown>> {
  const labels = (label: Labelled) => resource.labels.filter(([name]) => name === label).map(([, text]) => text)
  const one = (label: Labelled) => Object.fromEntries(labels(label).map((text) => [text.lang, text.value]))
  const alternatives = Map.groupBy(labels('altLabel'), (text) => text.lang)
  const relations = Map.groupBy(resource.relations, ([relation]) => relation)
  const parts: Record<string, unknown> = {
    prefLabel: one('prefLabel'),
    altLabel: Object.fromEntries([...alternatives].map(([lang, texts]) => [lang, texts.map((text) => text.value)])),
    definition: one('definition'),
    ...Object.fromEntries([...relations].map(([relation, pairs]) => [relation, pairs.map(([, other]) => other)])),
    coverage: resource.areas.map((code) => `M49 ${code}`),
    editorialNote: resource.notes,
  }
  const filled = Object.entries(parts).filter(
    ([, part]) => typeof part === 'object' && part !== null && Object.keys(part).length > 0,
  )
  return { id: resource.iri, type: resource.type, notation: resource.notation, ...Object.fromEntries(filled) }
}
