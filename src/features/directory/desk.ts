import type { DeskKind } from '#features/desk/index.ts'
import { organisationTypes } from './domain.ts'
import {
  readFundingFacts,
  readOrganisationFacts,
  readPersonFacts,
  readProgrammeFacts,
  writeFundingFacts,
  writeOrganisationFacts,
  writePersonFacts,
  writeProgrammeFacts,
} from './store-desk.ts'

const organisation: DeskKind = {
  kind: 'organisation',
  label: 'translation.kind.organisation',
  plural: 'organisations.title',
  texts: {
    name: { label: 'translation.field.name' },
    short: { label: 'translation.field.short', help: 'desk.help.short' },
    summary: { label: 'translation.field.summary', help: 'desk.help.summary' },
  },
  facts: [
    {
      name: 'type',
      type: 'select',
      label: 'organisation.type',
      required: true,
      choices: organisationTypes.map((value) => ({ value, label: `organisationType.${value}` as const })),
    },
    { name: 'places', type: 'places', role: 'covers', label: 'organisation.places' },
  ],
  readFacts: readOrganisationFacts,
  writeFacts: writeOrganisationFacts,
  beforePublish: async (_db, { written }) =>
    written.has('summary') ? [] : [{ level: 'should', message: 'desk.check.summary', at: '' }],
}

const person: DeskKind = {
  kind: 'person',
  label: 'translation.kind.person',
  plural: 'people.title',
  texts: {
    name: { label: 'translation.field.name' },
    role: { label: 'translation.field.role', help: 'desk.help.role' },
    bio: { label: 'translation.field.bio', help: 'desk.help.bio' },
  },
  facts: [{ name: 'organisation', type: 'record', kinds: ['organisation'], label: 'person.organisation' }],
  readFacts: readPersonFacts,
  writeFacts: writePersonFacts,
  beforePublish: async () => [{ level: 'should', message: 'desk.check.consent', at: '' }],
}

const programme: DeskKind = {
  kind: 'programme',
  label: 'translation.kind.programme',
  plural: 'programmes.title',
  texts: {
    name: { label: 'translation.field.name' },
    short: { label: 'translation.field.short', help: 'desk.help.short' },
    summary: { label: 'translation.field.summary', help: 'desk.help.summary' },
    remark: { label: 'translation.field.remark', help: 'desk.help.remark', rows: 4 },
  },
  facts: [
    { name: 'from', type: 'period', label: 'desk.fact.from', help: 'desk.help.period' },
    { name: 'to', type: 'period', label: 'desk.fact.to', help: 'desk.help.period' },
    { name: 'focus', type: 'places', role: 'focus', label: 'programme.focus', help: 'desk.help.focus' },
    { name: 'places', type: 'places', role: 'covers', label: 'programme.places' },
    { name: 'partners', type: 'links', relation: 'partner', kinds: ['organisation'], label: 'programme.partners' },
    { name: 'concepts', type: 'concepts', kinds: ['concept'], label: 'programme.themes' },
  ],
  readFacts: readProgrammeFacts,
  writeFacts: writeProgrammeFacts,
  check: ({ from = [], to = [], places = [], focus = [] }) => {
    const [[first], [last]] = [from, to]
    // Years, months and days compare as texts as far as both are known.
    const known = Math.min(first?.length ?? 0, last?.length ?? 0)
    const isBackward = first !== undefined && last !== undefined && last.slice(0, known) < first.slice(0, known)
    return [
      ...(isBackward ? [{ fact: 'to', message: 'desk.problem.backward' as const }] : []),
      ...(places.some((code) => focus.includes(code))
        ? [{ fact: 'places', message: 'desk.problem.twice' as const }]
        : []),
    ]
  },
  beforePublish: async (_db, { written, facts }) => [
    ...(written.has('summary') ? [] : [{ level: 'should' as const, message: 'desk.check.summary' as const, at: '' }]),
    ...((facts['places'] ?? []).length + (facts['focus'] ?? []).length > 0
      ? []
      : [{ level: 'should' as const, message: 'desk.check.places' as const, at: '' }]),
  ],
}

const funding: DeskKind = {
  kind: 'funding',
  label: 'translation.kind.funding',
  plural: 'desk.plural.funding',
  texts: { statement: { label: 'translation.field.statement', help: 'desk.help.statement', rows: 3 } },
  facts: [
    {
      name: 'mark',
      type: 'select',
      label: 'desk.fact.mark',
      help: 'desk.help.mark',
      choices: [{ value: 'eu', label: 'funding.emblem' }],
    },
    { name: 'funders', type: 'records', kinds: ['organisation'], label: 'desk.fact.funders' },
  ],
  readFacts: readFundingFacts,
  writeFacts: writeFundingFacts,
}

/** What the desk knows of the directory's kinds of records. */
export const directoryKinds: readonly DeskKind[] = [organisation, person, programme, funding]
