import type { z } from 'zod'
import { insertRecords, type Deed, type NewRecord } from '#features/records/index.ts'
import { insertConcepts, insertSchemes } from '#features/taxonomy/index.ts'
import type { VocabulariesFile } from './files.ts'
import type { Handles } from '../handles.ts'
import { conceptId, seedId, toRecord } from './words.ts'

type Vocabularies = z.infer<typeof VocabulariesFile>
type ConceptEntry = Vocabularies['schemes'][number]['concepts'][number]

function toConceptRecord(scheme: string, concept: ConceptEntry): NewRecord {
  const alt = Object.fromEntries(Object.entries(concept.alt ?? {}).map(([lang, labels]) => [lang, labels.join('\n')]))
  const broader = concept.broader === undefined ? [] : [`${scheme}:${concept.broader}`]
  return toRecord(
    'concept',
    { key: `${scheme}:${concept.notation}`, sourceLang: 'en', synthetic: false },
    { label: concept.label, definition: concept.definition, alt },
    {
      links: [
        ...broader.map((key) => ({ to: conceptId(key), relation: 'broader' as const })),
        ...concept.related.map((key) => ({ to: conceptId(key), relation: 'related' as const })),
      ],
    },
  )
}

/** Writes schemes and concepts that are not there yet. */
export async function loadVocabularies(tx: Handles, file: Vocabularies, deed: Deed): Promise<number> {
  const schemes = file.schemes.map((scheme) =>
    toRecord(
      'scheme',
      { key: scheme.notation, sourceLang: 'en', synthetic: false },
      { label: scheme.label, definition: scheme.definition },
    ),
  )
  const concepts = file.schemes.flatMap((scheme) =>
    scheme.concepts.map((concept) => toConceptRecord(scheme.notation, concept)),
  )
  const made = await insertRecords(tx.records, [...schemes, ...concepts], deed)
  const schemeRows = file.schemes.map(({ notation }, position) => ({
    id: seedId('scheme', notation),
    notation,
    position,
  }))
  await insertSchemes(
    tx.taxonomy,
    schemeRows.filter((row) => made.has(row.id)),
  )
  const conceptRows = file.schemes.flatMap((scheme) =>
    scheme.concepts.map(({ notation, exactMatch, m49 }, position) => ({
      id: conceptId(`${scheme.notation}:${notation}`),
      schemeId: seedId('scheme', scheme.notation),
      notation,
      position,
      exactMatch,
      m49,
    })),
  )
  await insertConcepts(
    tx.taxonomy,
    conceptRows.filter((row) => made.has(row.id)),
  )
  return made.size
}
