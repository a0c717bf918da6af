import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepsForm, readsAsOther, takeApart } from './form.ts'

const said = (text: string) => takeApart(text).flatMap((piece) => (piece.isSaid ? [piece.text] : []))

test('only what is said goes to a machine', () => {
  const text =
    '## Goals\n\n- See [the report](/r/pub_1) at https://iom.int/x.\n1. Use `code` here\n> Quoted\n```\nraw text\n```\n---\n42 %'
  expect(said(text)).toEqual(['Goals', 'See', 'the report', 'at', 'Use', 'here', 'Quoted'])
})

test('whatever a text is, its pieces are the text again', () => {
  const parts = fc.array(
    fc.constantFrom(
      '- ',
      '# ',
      'word ',
      '`a b`',
      '](x)',
      '[l',
      '\n',
      '\n\n',
      '  ',
      '```\n',
      'عربي',
      'https://a.b/c',
      '1. ',
    ),
  )
  fc.assert(
    fc.property(parts, (list) => {
      const text = list.join('')
      expect(
        takeApart(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})

test('a translation that lost a heading, an item, a link or code has not kept the form', () => {
  const source = '# A\n\n- b [c](/d)\n- `e`'
  expect(keepsForm(source, '# أ\n\n- ب [ج](/d)\n- `e`')).toBe(true)
  for (const worse of [
    'A\n\n- b [c](/d)\n- `e`',
    '# A\n\n- b [c](/d) `e`',
    '# A\n\n- b [c](/x)\n- `e`',
    '# A\n\n- b [c](/d)\n- e',
  ])
    expect([worse, keepsForm(source, worse)]).toEqual([worse, false])
})

const english = 'Sustainable reintegration begins long before people return to their communities of origin.'
const french = 'La réintégration durable commence bien avant que les personnes ne retournent dans leurs communautés.'

test('a text in another language is recognised; short ones and unknown languages are believed', () => {
  expect([readsAsOther(french, 'fr'), readsAsOther(english, 'fr'), readsAsOther(french, 'ar')]).toEqual([
    false,
    true,
    true,
  ])
  expect([readsAsOther('Return', 'fr'), readsAsOther(english, 'zz'), readsAsOther(french, 'fr-BE')]).toEqual([
    false,
    false,
    false,
  ])
})
