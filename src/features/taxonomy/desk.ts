import type { DeskKind } from '#features/desk/index.ts'
import {
  checkConcept,
  checkScheme,
  readConceptFacts,
  readSchemeFacts,
  readSchemesOf,
  writeConceptFacts,
  writeSchemeFacts,
} from './store-desk.ts'

const notation = /^[a-z0-9]+(-[a-z0-9]+)*$/

const scheme: DeskKind = {
  kind: 'scheme',
  label: 'translation.kind.scheme',
  plural: 'desk.plural.scheme',
  texts: {
    label: { label: 'translation.field.label' },
    definition: { label: 'translation.field.definition', rows: 4 },
  },
  facts: [
    {
      name: 'notation',
      type: 'text',
      pattern: notation,
      label: 'desk.fact.notation',
      help: 'desk.help.notation',
      required: true,
    },
    {
      name: 'position',
      type: 'number',
      min: 0,
      max: 9999,
      label: 'desk.fact.position',
      help: 'desk.help.position',
      required: true,
    },
  ],
  addable: ['concept'],
  readFacts: readSchemeFacts,
  writeFacts: writeSchemeFacts,
  checkStored: checkScheme,
  fresh: () => ({ position: ['0'] }),
}

const concept: DeskKind = {
  kind: 'concept',
  label: 'translation.kind.concept',
  plural: 'desk.plural.concept',
  texts: {
    label: { label: 'translation.field.label' },
    alt: { label: 'translation.field.alt', help: 'desk.help.alt', rows: 3 },
    definition: { label: 'translation.field.definition', rows: 4 },
  },
  facts: [
    {
      name: 'scheme',
      type: 'record',
      kinds: ['scheme'],
      label: 'translation.kind.scheme',
      required: true,
      fixed: true,
    },
    {
      name: 'notation',
      type: 'text',
      pattern: notation,
      label: 'desk.fact.notation',
      help: 'desk.help.notation',
      required: true,
    },
    {
      name: 'position',
      type: 'number',
      min: 0,
      max: 9999,
      label: 'desk.fact.position',
      help: 'desk.help.position',
      required: true,
    },
    { name: 'broader', type: 'links', relation: 'broader', kinds: ['concept'], label: 'concept.broader' },
    { name: 'related', type: 'links', relation: 'related', kinds: ['concept'], label: 'concept.related' },
    {
      name: 'exactMatch',
      type: 'lines',
      pattern: /^https?:\/\/\S+$/,
      label: 'concept.exactMatch',
      help: 'desk.help.exactMatch',
    },
    { name: 'm49', type: 'lines', pattern: /^\d{3}$/, label: 'desk.fact.m49', help: 'desk.help.m49' },
  ],
  whole: { kind: 'scheme', of: readSchemesOf },
  readFacts: readConceptFacts,
  writeFacts: writeConceptFacts,
  checkStored: checkConcept,
  fresh: () => ({ position: ['0'] }),
}

/** What the desk knows of vocabularies and their terms. */
export const taxonomyKinds: readonly DeskKind[] = [scheme, concept]
