import { expect, test } from 'vitest'
import { hashText } from '#platform/text/index.ts'
import type { Standing } from '../domain.ts'
import { planUnit, written, type Outcome } from './plan.ts'
import type { UnitIn } from './shape.ts'

const source = { lang: 'fr', body: 'Retour', sourceHash: hashText('Retour') }
const older = hashText('Départ')
const text = (body: string, more: Partial<NonNullable<Standing['text']>> = {}): Standing['text'] => ({
  body,
  state: 'current',
  sourceHash: source.sourceHash,
  ...more,
})

const unit = (target: string | null, more: Partial<UnitIn> = {}): UnitIn => ({
  recordId: 'sem_1',
  field: 'title',
  line: 1,
  source: 'Retour',
  target,
  isPartial: false,
  isReviewed: false,
  hasCodes: false,
  sourceHash: source.sourceHash,
  targetHash: '',
  ...more,
})
const wentOut = (body: string) => ({ targetHash: hashText(body) })

test.each<[what: string, unit: UnitIn, now: Standing, outcome: Outcome]>([
  ['there was none', unit('Return'), { source, text: null }, 'new'],
  ['in place of what went out', unit('Return', wentOut('Back')), { source, text: text('Back') }, 'replaced'],
  ['the source changed meanwhile', unit('Return', { sourceHash: older }), { source, text: null }, 'behind'],
  [
    'without metadata the source in the file tells',
    unit('Return', { sourceHash: undefined, source: 'Départ' }),
    { source, text: null },
    'behind',
  ],
  ['changed here meanwhile', unit('Return', wentOut('Back')), { source, text: text('Going back') }, 'kept'],
  ['written here meanwhile', unit('Return'), { source, text: text('Going back') }, 'kept'],
  [
    'found right for the newer source meanwhile',
    unit('Return', { ...wentOut('Back'), sourceHash: older }),
    { source, text: text('Back') },
    'kept',
  ],
  [
    'without metadata, over a person’s text',
    unit('Return', { targetHash: undefined }),
    { source, text: text('Back') },
    'kept',
  ],
  [
    'without metadata, over a machine’s',
    unit('Return', { targetHash: undefined }),
    { source, text: text('Back', { state: 'machine' }) },
    'replaced',
  ],
  ['untouched', unit('Back', wentOut('Back')), { source, text: text('Back') }, 'same'],
  ['untouched there, changed here', unit('Back', wentOut('Back')), { source, text: text('Going back') }, 'same'],
  [
    'reviewed as it was',
    unit('Back', { ...wentOut('Back'), isReviewed: true }),
    { source, text: text('Back', { state: 'machine' }) },
    'confirmed',
  ],
  [
    'reviewed, of an older source',
    unit('Back', { ...wentOut('Back'), isReviewed: true, sourceHash: older }),
    { source, text: text('Back', { sourceHash: older }) },
    'same',
  ],
  [
    'reviewed and settled',
    unit('Back', { ...wentOut('Back'), isReviewed: true }),
    { source, text: text('Back') },
    'same',
  ],
  ['not translated', unit(null), { source, text: null }, 'empty'],
  ['blank', unit(' \n'), { source, text: text('Back') }, 'empty'],
  ['half translated', unit(null, { isPartial: true }), { source, text: null }, 'partial'],
  ['with codes', unit('Return', { hasCodes: true }), { source, text: null }, 'codes'],
  ['an original in this language', unit('Return'), { source: { ...source, lang: 'en' }, text: null }, 'original'],
  ['no such field', unit('Return'), { source: null, text: null }, 'unknownField'],
])('what comes back is written only where it is not older: %s', (_, unit, now, outcome) => {
  const plan = planUnit(unit, now, 'en')
  const made = { body: unit.target, sourceHash: unit.sourceHash ?? hashText(unit.source) }
  expect(plan).toEqual({ outcome, text: written.has(outcome) ? made : null })
})
