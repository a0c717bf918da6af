import { expect, test } from 'vitest'
import { cellOf, judgeEdit, markOf, progressOf, type Edit, type Standing } from './domain.ts'

const counts = (lang: string, more: Partial<Record<'own' | 'made' | 'behind' | 'machine', number>>) => ({
  lang,
  own: 0,
  made: 0,
  behind: 0,
  machine: 0,
  ...more,
})

test('the worst text of a record decides its square', () => {
  const langs = [
    counts('en', { own: 3 }),
    counts('fr', { made: 3 }),
    counts('es', { made: 2 }),
    counts('pt', { made: 2, behind: 1 }),
    counts('de', { made: 3, behind: 1, machine: 1 }),
  ]
  const cells = ['en', 'fr', 'es', 'pt', 'de', 'ar'].map((lang) => cellOf({ fields: 3, langs }, lang))
  expect(cells.map(({ state, missing }) => [state, missing])).toEqual([
    ['source', 0],
    ['current', 0],
    ['missing', 1],
    ['behind', 1],
    ['machine', 0],
    ['missing', 3],
  ])
})

test('a language is as far as its texts are', () => {
  const all = { fields: 10, langs: [counts('fr', { own: 1, made: 6, behind: 2, machine: 1 })] }
  expect(progressOf(all, 'fr')).toEqual({ lang: 'fr', current: 4, behind: 2, machine: 1, missing: 3, total: 10 })
  expect(progressOf(all, 'ar')).toEqual({ lang: 'ar', current: 0, behind: 0, machine: 0, missing: 10, total: 10 })
})

test('white space around a text does not make it another', () => {
  expect(markOf(' a\n')).toBe(markOf('a'))
  expect([markOf(undefined), markOf(' \n')]).toEqual(['', ''])
})

const source = { lang: 'fr', body: 'Bonjour', sourceHash: 'now' }
const text = { body: 'Hello', state: 'current', sourceHash: 'before' } as const
const edit = (text: string, more: Partial<Edit> = {}): Edit => ({
  field: 'title',
  text,
  base: markOf('Hello'),
  source: 'now',
  isRight: false,
  ...more,
})

test.each<[what: string, edit: Edit, now: Standing, verdict: string]>([
  ['nothing typed', edit('Hello'), { source, text }, 'nothing'],
  ['typed', edit('Good day'), { source, text }, 'write'],
  ['said to be right', edit('Hello', { isRight: true }), { source, text }, 'write'],
  [
    'right and settled already',
    edit('Hello', { isRight: true }),
    { source, text: { ...text, sourceHash: 'now' } },
    'nothing',
  ],
  [
    'a machine’s text said to be right',
    edit('Hello', { isRight: true }),
    { source, text: { ...text, state: 'machine' } },
    'write',
  ],
  ['a first text', edit('Hello', { base: '' }), { source, text: null }, 'write'],
  [
    'no text where there was none, said to be right',
    edit('', { base: '', isRight: true }),
    { source, text: null },
    'nothing',
  ],
  ['emptied', edit(' '), { source, text }, 'emptied'],
  ['somebody else wrote', edit('Good day'), { source, text: { ...text, body: 'Hi' } }, 'textMoved'],
  ['somebody else wrote the same', edit('Hi'), { source, text: { ...text, body: 'Hi' } }, 'write'],
  ['the source changed', edit('Good day', { source: 'before' }), { source, text }, 'sourceMoved'],
  ['the source is gone', edit('Good day'), { source: null, text }, 'noSource'],
  ['the source is in this language now', edit('Good day'), { source: { ...source, lang: 'en' }, text }, 'noSource'],
])('an edit is judged: %s', (_, edit, now, verdict) => {
  expect(judgeEdit(edit, now, 'en')).toBe(verdict)
})
