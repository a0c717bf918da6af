import { expect, test } from 'vitest'
import { findTerms } from './terms.ts'

const found = (text: string, lang: string, ...terms: string[]) =>
  findTerms(
    text,
    lang,
    terms.map((source) => ({ source, target: source.toUpperCase() })),
  ).map(({ source }) => source)

test('terms are found in whatever form the text uses them', () => {
  expect(
    found('Voluntary returns and the returnees’ communities', 'en', 'voluntary return', 'community', 'detention'),
  ).toEqual(['voluntary return', 'community'])
  expect(found('Les réintégrations durables', 'fr', 'Réintégration durable', 'durée')).toEqual([
    'Réintégration durable',
  ])
  expect(found('برامج العودة الطوعية وإعادة الإدماج', 'ar', 'عودة طوعية', 'إدماج', 'احتجاز')).toEqual([
    'عودة طوعية',
    'إدماج',
  ])
  expect(found('自愿回返方案', 'zh', '自愿')).toEqual(['自愿'])
})

test('a term inside a longer one that is used is left out, and each is told once', () => {
  expect(found('Assisted voluntary return', 'en', 'return', 'voluntary return', 'voluntary return')).toEqual([
    'voluntary return',
  ])
})

test('short words must be the same, and an empty term is none', () => {
  expect(found('The arts of art and cars', 'en', 'car', 'aid', '', '!')).toEqual([])
  expect(found('Aid and cars', 'en', 'aid', 'cars')).toEqual(['aid', 'cars'])
})
