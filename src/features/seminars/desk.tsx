import { only, type CheckLine, type DeskKind, type Fact, type FactValues } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { checkPlace, checkSeriesPlace, seriesPlace } from '#features/series/index.ts'
import { renderPage } from '#ui/index.ts'
import { findNotes } from './agenda-desk/problems.ts'
import { readAgenda } from './agenda-desk/save.ts'
import { formOfAgenda, loadAgenda } from './agenda-desk/standing.ts'
import { readSeminar } from './actions.ts'
import { listMaterialsWith } from './store-files.ts'
import { accesses, forms, materialKinds, modes } from './domain.ts'
import type { SeminarDeps } from './reading.ts'
import {
  checkMaterial,
  isHeldMaterial,
  listPartIds,
  readMaterialFacts,
  readSeminarFacts,
  readSeminarsOf,
  readSessionFacts,
  writeMaterialFacts,
  writeSeminarFacts,
  writeSessionFacts,
} from './store-desk.ts'
import { SeminarPage } from './views/seminar-page.tsx'

const seminarFacts: readonly Fact[] = [
  {
    name: 'form',
    type: 'select',
    label: 'seminar.form',
    required: true,
    choices: forms.map((value) => ({ value, label: `form.${value}` as const })),
  },
  { name: 'startsOn', type: 'day', label: 'desk.fact.startsOn', required: true },
  { name: 'endsOn', type: 'day', label: 'desk.fact.endsOn', required: true },
  {
    name: 'precision',
    type: 'select',
    label: 'desk.fact.precision',
    help: 'desk.help.precision',
    required: true,
    choices: [
      { value: 'day', label: 'desk.precision.day' },
      { value: 'month', label: 'desk.precision.month' },
    ],
  },
  { name: 'timeZone', type: 'zone', label: 'seminar.timeZone', help: 'desk.help.zone', required: true },
  {
    name: 'mode',
    type: 'select',
    label: 'seminar.mode',
    required: true,
    choices: modes.map((value) => ({ value, label: `mode.${value}` as const })),
  },
  { name: 'city', type: 'text', label: 'desk.fact.city' },
  { name: 'country', type: 'country', label: 'desk.fact.country' },
  { name: 'platform', type: 'text', label: 'seminar.platform', help: 'desk.help.platform' },
  {
    name: 'access',
    type: 'select',
    label: 'seminar.access',
    choices: accesses.map((value) => ({ value, label: `access.${value}` as const })),
  },
  { name: 'opensAt', type: 'instant', zone: 'timeZone', label: 'desk.fact.opensAt', help: 'desk.help.instant' },
  { name: 'closesAt', type: 'instant', zone: 'timeZone', label: 'desk.fact.closesAt', help: 'desk.help.instant' },
  { name: 'registrationUrl', type: 'url', label: 'desk.fact.registrationUrl' },
  { name: 'joinUrl', type: 'url', label: 'desk.fact.joinUrl', help: 'desk.help.joinUrl' },
  ...seriesPlace,
  {
    name: 'organisers',
    type: 'links',
    relation: 'co_organised_by',
    kinds: ['organisation'],
    label: 'seminar.organisers',
  },
  { name: 'programmes', type: 'links', relation: 'presents', kinds: ['programme'], label: 'desk.fact.programmes' },
  { name: 'basedOn', type: 'links', relation: 'based_on', kinds: ['publication'], label: 'seminar.basedOn' },
  { name: 'concepts', type: 'concepts', kinds: ['concept'], label: 'seminar.themes' },
  { name: 'places', type: 'places', role: 'covers', label: 'seminar.places', help: 'desk.help.places' },
  { name: 'funding', type: 'links', relation: 'funded_by', kinds: ['funding'], label: 'funding.title' },
]

function seminar(deps: SeminarDeps): DeskKind {
  return {
    kind: 'seminar',
    label: 'translation.kind.seminar',
    plural: 'seminars.title',
    texts: {
      title: { label: 'translation.field.title' },
      summary: { label: 'translation.field.summary', help: 'desk.help.lede', rows: 3 },
      objectives: { label: 'translation.field.objectives' },
      format: { label: 'translation.field.format', rows: 4 },
      audiences: { label: 'translation.field.audiences', rows: 4 },
      background: { label: 'translation.field.background' },
      note: { label: 'translation.field.note', help: 'desk.help.note', rows: 3 },
    },
    facts: seminarFacts,
    addable: ['material', 'recording'],
    screens: [{ path: 'agenda', label: 'seminar.agenda' }],
    parts: listPartIds,
    readFacts: readSeminarFacts,
    writeFacts: writeSeminarFacts,
    check: (facts) => [
      ...checkPlace(facts),
      ...(only(facts, 'endsOn') < only(facts, 'startsOn')
        ? [{ fact: 'endsOn', message: 'desk.problem.backward' as const }]
        : []),
      ...(isLater(only(facts, 'opensAt'), only(facts, 'closesAt'))
        ? [{ fact: 'closesAt', message: 'desk.problem.backward' as const }]
        : []),
    ],
    checkStored: checkSeriesPlace,
    fresh: ({ today, zone }) => ({
      form: ['seminar'],
      mode: ['online'],
      precision: ['day'],
      startsOn: [today],
      endsOn: [today],
      timeZone: [zone],
    }),
    beforePublish: async (db, { id, facts, written }) => [
      ...missingOf(facts, written),
      ...(await checkSessions(db, id)),
    ],
    drawPreview: async ({ id, reader, context, notice }) => {
      const found = await readSeminar(deps, reader, id)
      return found && renderPage(<SeminarPage context={context} seminar={found.seminar} notice={notice} />)
    },
  }
}

const isLater = (one: string, other: string) => one !== '' && other !== '' && Date.parse(one) > Date.parse(other)

const should = (message: CheckLine['message']): CheckLine => ({ level: 'should', message, at: '' })

function missingOf(facts: FactValues, written: ReadonlySet<string>): CheckLine[] {
  return [
    ...(written.has('summary') ? [] : [should('desk.check.summary')]),
    ...(written.has('objectives') ? [] : [should('desk.check.objectives')]),
    ...((facts['organisers'] ?? []).length > 0 ? [] : [should('desk.check.organisers')]),
    ...((facts['concepts'] ?? []).length > 0 ? [] : [should('desk.check.concepts')]),
    ...((facts['funding'] ?? []).length > 0 ? [] : [should('desk.check.funding')]),
  ]
}

async function checkSessions(db: RecordDb, id: string): Promise<CheckLine[]> {
  const standing = await loadAgenda(db, id)
  if (standing.rows.length === 0) return [{ level: 'should', message: 'desk.check.sessions', at: 'agenda' }]
  const { sessions } = readAgenda(formOfAgenda(standing, []), standing)
  const { length: count } = findNotes(sessions, standing.frame)
  return count === 0 ? [] : [{ level: 'should', message: 'desk.check.agenda', values: { count }, at: 'agenda' }]
}

const session: DeskKind = {
  kind: 'session',
  label: 'translation.kind.session',
  plural: 'desk.plural.session',
  texts: {
    title: { label: 'translation.field.title' },
    abstract: { label: 'translation.field.abstract', help: 'desk.help.abstract' },
  },
  facts: [{ name: 'chathamHouse', type: 'flag', label: 'desk.fact.chathamHouse', help: 'desk.help.chathamHouse' }],
  madeElsewhere: true,
  whole: { kind: 'seminar', of: async (db, ids) => readSeminarsOf(db, 'session', ids) },
  readFacts: readSessionFacts,
  writeFacts: writeSessionFacts,
}

const material: DeskKind = {
  kind: 'material',
  label: 'translation.kind.material',
  plural: 'desk.plural.material',
  texts: { label: { label: 'translation.field.label', help: 'desk.help.materialLabel' } },
  facts: [
    {
      name: 'seminar',
      type: 'record',
      kinds: ['seminar'],
      label: 'translation.kind.seminar',
      required: true,
      fixed: true,
    },
    {
      name: 'session',
      type: 'record',
      kinds: ['session'],
      label: 'translation.kind.session',
      help: 'desk.help.materialSession',
    },
    {
      name: 'kind',
      type: 'select',
      label: 'desk.fact.materialKind',
      required: true,
      choices: materialKinds.map((value) => ({ value, label: `material.${value}` as const })),
    },
    { name: 'lang', type: 'language', label: 'languages.language', required: true },
    { name: 'file', type: 'file', label: 'desk.fact.file', help: 'desk.help.file', insteadOf: 'url' },
    { name: 'url', type: 'url', label: 'desk.fact.url', help: 'desk.help.url', insteadOf: 'file' },
    { name: 'bytes', type: 'number', min: 0, max: 999_999_999_999, label: 'desk.fact.bytes', unless: 'file' },
    { name: 'seconds', type: 'number', min: 0, max: 999_999, label: 'desk.fact.seconds' },
  ],
  whole: { kind: 'seminar', fact: 'seminar', of: async (db, ids) => readSeminarsOf(db, 'material', ids) },
  readFacts: readMaterialFacts,
  writeFacts: writeMaterialFacts,
  offers: listMaterialsWith,
  check: (facts) => {
    const isFile = only(facts, 'file') !== ''
    if (isFile !== (only(facts, 'url') !== '')) return []
    return [{ fact: 'url', message: isFile ? 'desk.problem.linkAndFile' : 'desk.problem.linkOrFile' }]
  },
  checkStored: checkMaterial,
  beforePublish: async (db, { id }) =>
    (await isHeldMaterial(db, id)) ? [{ level: 'must', message: 'desk.check.chathamHouse', at: '' }] : [],
}

/** What the desk knows of seminars and their parts. */
export function seminarKinds(deps: SeminarDeps): readonly DeskKind[] {
  return [seminar(deps), session, material]
}
