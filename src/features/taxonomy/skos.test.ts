import { Parser, Store, type Quad } from 'n3'
import { expect, test } from 'vitest'
import type { TextState, TextValue } from '#features/records/index.ts'
import type { Concept, Scheme } from './domain.ts'
import { skosJsonLd, skosTurtle } from './skos.ts'

const origin = 'https://hub.example'
const skos = 'http://www.w3.org/2004/02/skos/core#'
const iri = `${origin}/vocabularies/region`

function text(value: string, lang = 'en', state: TextState = 'source'): TextValue {
  return { lang, state, value }
}

const scheme: Scheme = {
  id: 'sch_1',
  notation: 'region',
  texts: { label: [text('Regions'), text('Régions', 'fr', 'current')] },
}

function concept(notation: string, changes: Partial<Concept> = {}): Concept {
  const nothing = { broader: [], narrower: [], related: [], exactMatch: [], m49: [], translators: {} }
  return {
    id: `con_${notation}`,
    scheme: 'region',
    notation,
    texts: { label: [text(notation)] },
    ...nothing,
    ...changes,
  }
}

const africa = concept('africa', {
  texts: {
    label: [text('Africa'), text('Afrique', 'fr', 'machine'), text('أفريقيا', 'ar', 'behind')],
    alt: [text('The continent')],
    definition: [text('A "quoted"\nline \\ end.')],
  },
  narrower: ['southern-africa'],
  related: ['sdg:10'],
  exactMatch: ['http://sws.geonames.org/6255146/', 'not an iri', 'https://x.example/<a> b'],
  m49: ['002'],
})
const concepts = [africa, concept('southern-africa', { broader: ['africa'] })]

function readTurtle(turtle: string): Store {
  return new Store(new Parser().parse(turtle))
}

function said(quads: readonly Quad[]): string[] {
  return quads.map(({ subject, predicate, object }) => {
    const lang = object.termType === 'Literal' && object.language ? `@${object.language}` : ''
    return `${subject.value} ${predicate.value.replace(skos, '')} ${object.value}${lang}`
  })
}

test('the graph says scheme, concepts, labels per language, and relations both ways', () => {
  const store = readTurtle(skosTurtle(scheme, concepts, origin))

  expect(said(store.getQuads(iri, null, null, null))).toEqual([
    `${iri} http://www.w3.org/1999/02/22-rdf-syntax-ns#type ${skos}ConceptScheme`,
    `${iri} notation region`,
    `${iri} prefLabel Regions@en`,
    `${iri} prefLabel Régions@fr`,
    `${iri} hasTopConcept ${iri}#africa`,
  ])
  expect(said(store.getQuads(`${iri}#africa`, null, null, null))).toEqual([
    `${iri}#africa http://www.w3.org/1999/02/22-rdf-syntax-ns#type ${skos}Concept`,
    `${iri}#africa notation africa`,
    `${iri}#africa prefLabel Africa@en`,
    `${iri}#africa prefLabel Afrique@fr`,
    `${iri}#africa prefLabel أفريقيا@ar`,
    `${iri}#africa altLabel The continent@en`,
    `${iri}#africa definition A "quoted"\nline \\ end.@en`,
    `${iri}#africa inScheme ${iri}`,
    `${iri}#africa topConceptOf ${iri}`,
    `${iri}#africa narrower ${iri}#southern-africa`,
    `${iri}#africa related ${origin}/vocabularies/sdg#10`,
    `${iri}#africa exactMatch http://sws.geonames.org/6255146/`,
    `${iri}#africa exactMatch https://x.example/%3Ca%3E%20b`,
    `${iri}#africa http://purl.org/dc/terms/coverage M49 002`,
    `${iri}#africa editorialNote prefLabel in fr: machine translation, not reviewed@en`,
    `${iri}#africa editorialNote prefLabel in ar: older than its source@en`,
  ])
  expect(said(store.getQuads(`${iri}#southern-africa`, `${skos}broader`, null, null))).toEqual([
    `${iri}#southern-africa broader ${iri}#africa`,
  ])
})

test('the JSON-LD is plain JSON that needs no other document', () => {
  const { '@context': context, '@graph': graph } = skosJsonLd(scheme, concepts, origin)

  expect(typeof context).toBe('object')
  expect(graph[2]).toEqual({
    id: `${iri}#southern-africa`,
    type: 'Concept',
    notation: 'southern-africa',
    prefLabel: { en: 'southern-africa' },
    inScheme: [iri],
    broader: [`${iri}#africa`],
  })
  expect(graph[1]).toMatchObject({
    prefLabel: { en: 'Africa', fr: 'Afrique', ar: 'أفريقيا' },
    altLabel: { en: ['The continent'] },
    exactMatch: ['http://sws.geonames.org/6255146/', 'https://x.example/%3Ca%3E%20b'],
  })
})

test.each(['a b/#c?', '"> <x> .', 'été', '\u0000\n', '\uD800'])(
  'a notation or label %j makes no other graph',
  (hostile) => {
    const odd = concept('x', { texts: { label: [text(hostile)] }, related: [`sdg:${hostile.toWellFormed()}`] })
    const store = readTurtle(skosTurtle(scheme, [odd], origin))

    expect(store.getQuads(`${iri}#x`, `${skos}prefLabel`, null, null).map((quad) => quad.object.value)).toEqual([
      hostile.toWellFormed(),
    ])
    expect(store.getQuads(`${iri}#x`, `${skos}related`, null, null).map((quad) => quad.object.value)).toEqual([
      `${origin}/vocabularies/sdg#${encodeURIComponent(hostile.toWellFormed())}`,
    ])
    expect(store.size).toBe(11)
  },
)

test('an empty vocabulary is a scheme without concepts', () => {
  expect(readTurtle(skosTurtle(scheme, [], origin)).size).toBe(4)
})
