import { only, type DeskKind, type Fact, type FactProblem, type FactValues } from '#features/desk/index.ts'
import { readSeriesFacts, writeSeriesFacts } from './store-desk.ts'

const series: DeskKind = {
  kind: 'series',
  label: 'translation.kind.series',
  plural: 'desk.plural.series',
  texts: {
    name: { label: 'translation.field.name' },
    summary: { label: 'translation.field.summary', help: 'desk.help.summary' },
  },
  facts: [
    {
      name: 'contains',
      type: 'select',
      label: 'desk.fact.contains',
      required: true,
      choices: [
        { value: 'seminar', label: 'seminars.title' },
        { value: 'publication', label: 'desk.plural.publication' },
      ],
    },
    { name: 'planned', type: 'number', min: 1, max: 999, label: 'desk.fact.planned', help: 'desk.help.planned' },
  ],
  readFacts: readSeriesFacts,
  writeFacts: writeSeriesFacts,
}

/** The facts of a kind whose records have places in series. */
export const seriesPlace: readonly Fact[] = [
  { name: 'series', type: 'record', kinds: ['series'], label: 'translation.kind.series' },
  {
    name: 'seriesNumber',
    type: 'number',
    min: 1,
    max: 999,
    label: 'desk.fact.seriesNumber',
    help: 'desk.help.seriesNumber',
  },
  { name: 'numberDeduced', type: 'flag', label: 'desk.fact.numberDeduced' },
]

/** A place is a series and a number, never one without the other. */
export function checkPlace(facts: FactValues): readonly FactProblem[] {
  const isHalf = (only(facts, 'series') === '') !== (only(facts, 'seriesNumber') === '')
  if (!isHalf) return []
  return [{ fact: only(facts, 'series') === '' ? 'series' : 'seriesNumber', message: 'desk.problem.seriesPlace' }]
}

/** What the desk knows of series. */
export const seriesKinds: readonly DeskKind[] = [series]
