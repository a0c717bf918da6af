import { schemaOrg, type JsonLd } from '#platform/json-ld.ts'
import { pickText, type ReaderChain } from '#features/records/index.ts'
import type { Concept, Scheme } from './domain.ts'
import { conceptIri, schemeIri } from './iris.ts'

/** A vocabulary as schema.org DefinedTermSet, its terms by name and code: the whole of it is in the SKOS files. */
export function schemeJsonLd(scheme: Scheme, concepts: readonly Concept[], origin: string, chain: ReaderChain): JsonLd {
  return schemaOrg({
    '@type': 'DefinedTermSet',
    '@id': schemeIri(origin, scheme.notation),
    name: pickText(scheme.texts['label'], chain)?.value ?? scheme.notation,
    hasDefinedTerm: concepts.map((concept) => ({
      '@type': 'DefinedTerm',
      name: pickText(concept.texts['label'], chain)?.value ?? concept.notation,
      termCode: concept.notation,
    })),
  })
}

/** A term as schema.org DefinedTerm. */
export function conceptJsonLd(concept: Concept, origin: string, chain: ReaderChain): JsonLd {
  return schemaOrg({
    '@type': 'DefinedTerm',
    '@id': conceptIri(origin, concept.scheme, concept.notation),
    name: pickText(concept.texts['label'], chain)?.value ?? concept.notation,
    description: pickText(concept.texts['definition'], chain)?.value,
    termCode: concept.notation,
    inDefinedTermSet: schemeIri(origin, concept.scheme),
    sameAs: concept.exactMatch.filter((match) => /^https?:/.test(match)),
  })
}
