import { only, type DeskKind, type FactProblem, type FactValues } from '#features/desk/index.ts'
import { readTime } from './domain.ts'
import { readMomentFacts, readSeminarsOfMoments, writeMomentFacts } from './store.ts'

const written = /^\d[\d:.]{0,11}$/

function checkTimes(facts: FactValues): FactProblem[] {
  const times = ['startsAt', 'endsAt'].map((fact) => ({ fact, time: readTime(only(facts, fact)) }))
  const unread = times.filter(({ time }) => time === null)
  if (unread.length > 0) return unread.map(({ fact }) => ({ fact, message: 'moment.noTime' }))
  const [from, to] = times.map(({ time }) => time ?? 0)
  return (from ?? 0) < (to ?? 0) ? [] : [{ fact: 'endsAt', message: 'moment.backwards' }]
}

/** What the desk knows of moments: whoever may read the recording may keep one. */
export const momentKind: DeskKind = {
  kind: 'moment',
  label: 'translation.kind.moment',
  plural: 'desk.plural.moment',
  texts: { label: { label: 'translation.field.label', help: 'desk.help.momentLabel' } },
  facts: [
    {
      name: 'recording',
      type: 'record',
      kinds: ['recording'],
      label: 'translation.kind.recording',
      required: true,
      fixed: true,
    },
    { name: 'startsAt', type: 'text', pattern: written, label: 'moment.from', help: 'moment.noTime', required: true },
    { name: 'endsAt', type: 'text', pattern: written, label: 'moment.to', required: true },
  ],
  whole: { kind: 'recording', fact: 'recording', isOpen: true, of: readSeminarsOfMoments },
  readFacts: readMomentFacts,
  writeFacts: writeMomentFacts,
  check: checkTimes,
}
