import { expect, test } from 'vitest'
import { aText } from '#testing/seminar-values.ts'
import type { Concept, Scheme } from './domain.ts'
import { conceptJsonLd, schemeJsonLd } from './json-ld.ts'

const origin = 'https://hub.example'
const scheme: Scheme = {
  id: 'sch_1',
  notation: 'sdg',
  texts: { label: [aText('Goals'), aText('Objectifs', 'fr', 'current')] },
}
const concept: Concept = {
  id: 'con_1',
  scheme: 'sdg',
  notation: '8',
  texts: { label: [aText('Decent work')] },
  translators: {},
  broader: [],
  narrower: [],
  related: [],
  exactMatch: ['https://metadata.un.org/sdg/8', 'urn:x'],
  m49: [],
}

test('a vocabulary names its terms in the reader’s language, else in the one they have', () => {
  expect(schemeJsonLd(scheme, [concept], origin, ['fr'])).toEqual({
    '@context': 'https://schema.org',
    '@type': 'DefinedTermSet',
    '@id': 'https://hub.example/vocabularies/sdg',
    name: 'Objectifs',
    hasDefinedTerm: { '@type': 'DefinedTerm', name: 'Decent work', termCode: '8' },
  })
})

test('a term leads to its vocabulary and to the same term elsewhere on the web', () => {
  expect(conceptJsonLd(concept, origin, ['en'])).toEqual({
    '@context': 'https://schema.org',
    '@type': 'DefinedTerm',
    '@id': 'https://hub.example/vocabularies/sdg#8',
    name: 'Decent work',
    termCode: '8',
    inDefinedTermSet: 'https://hub.example/vocabularies/sdg',
    sameAs: 'https://metadata.un.org/sdg/8',
  })
})
