import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aText } from '#testing/seminar-values.ts'
import { renderPage } from '#ui/index.ts'
import type { Concept } from '../domain.ts'
import { ConceptPage, type ConceptView } from './concept-page.tsx'
import { PlacePage, PlacesPage } from './places-pages.tsx'
import { SchemePage, ThemesPage } from './themes-pages.tsx'
import { conceptTree, type ConceptNode } from './tree.ts'

const context = aPageContext('en', '/en/themes')

function aConcept(notation: string, changes: Partial<Concept> = {}): Concept {
  return {
    id: `con_${notation}`,
    scheme: 'theme',
    notation,
    texts: { label: [aText(notation.toUpperCase())] },
    translators: {},
    broader: [],
    narrower: [],
    related: [],
    exactMatch: [],
    m49: [],
    ...changes,
  }
}

const tree = (concepts: readonly Concept[]) =>
  conceptTree(
    concepts,
    (values) => values?.[0] ?? null,
    (concept) => `/en/themes/theme/${concept.notation}`,
  )

const shape = (nodes: readonly ConceptNode[]): string =>
  nodes.map((node) => node.label.value + (node.narrower.length > 0 ? `(${shape(node.narrower)})` : '')).join(' ')

test('terms stand under their broader ones, under each of several', () => {
  const concepts = [
    aConcept('a', { narrower: ['b', 'd'] }),
    aConcept('b', { broader: ['a'], narrower: ['c'] }),
    aConcept('c', { broader: ['b'] }),
    aConcept('d', { broader: ['a', 'e'] }),
    aConcept('e', { narrower: ['d'] }),
  ]
  expect(shape(tree(concepts))).toBe('A(B(C) D) E(D)')
})

test('a ring of terms is drawn once and ends; a broader term that is not there does not hide one', () => {
  const ring = [
    aConcept('a', { broader: ['b'], narrower: ['b'] }),
    aConcept('b', { broader: ['a'], narrower: ['a'] }),
    aConcept('c', { broader: ['gone'], narrower: ['c', 'gone'] }),
  ]
  expect(shape(tree(ring))).toBe('C A(B)')
})

test('terms that have numbers are listed by them', () => {
  const page = aPageContext('en', '/en/themes/gcm')
  const scheme = {
    notation: 'gcm',
    label: aText('Objectives'),
    definition: null,
    concepts: tree([aConcept('7'), aConcept('21')]),
  }
  const html = renderPage(<SchemePage context={page} scheme={scheme} />)
  expect([...html.matchAll(/<li value="(\d+)"/g)].map(([, number]) => number)).toEqual(['7', '21'])
})

test('a term without a label shows its notation', () => {
  expect(shape(tree([aConcept('x', { texts: {} })]))).toBe('x')
})

const view: ConceptView = {
  number: null,
  label: aText('Cohérence', 'fr'),
  alt: aText('Coherence of policies'),
  definition: aText('Policies that agree.'),
  labels: [aText('Cohérence', 'fr'), aText('اتساق', 'ar')],
  scheme: { label: aText('Themes'), href: '/en/themes/theme' },
  broader: [{ label: aText('Governance'), href: '/en/themes/theme/governance' }],
  narrower: [],
  related: [],
  exactMatch: ['http://metadata.un.org/sdg/1'],
}

test('a term with nothing under it says what to try instead', () => {
  const empty = renderToString(<ConceptPage context={context} concept={view} />)
  const full = renderToString(
    <ConceptPage context={context} concept={view}>
      {null}
      <p>Seminars</p>
    </ConceptPage>,
  )
  expect([empty, full].map((html) => html.includes('Nothing published carries this term yet.'))).toEqual([true, false])
})

test('places are listed by name in the reader’s language, regions apart from countries', () => {
  const html = renderToString(
    <PlacesPage context={aPageContext('fr', '/fr/places')} codes={['TD', 'ET', '015', 'ZA', '001']} />,
  )
  expect([...html.matchAll(/href="\/fr\/places\/(\w+)">(.*?)</g)].map(([, code, name]) => `${code} ${name}`)).toEqual([
    'ZA Afrique du Sud',
    'ET Éthiopie',
    'TD Tchad',
    '015 Afrique septentrionale',
    '001 Monde',
  ])
})

test.each(['en', 'ar'])('themes and places are valid HTML in %s', async (lang) => {
  const page = aPageContext(lang, `/${lang}/themes`)
  const concepts = tree([aConcept('a', { narrower: ['b'] }), aConcept('b', { broader: ['a'] })])
  const scheme = { notation: 'theme', label: aText('Themes'), definition: aText('What it is about.'), concepts }
  const pages = [
    <ThemesPage context={page} schemes={[scheme]} />,
    <ThemesPage context={page} schemes={[]} />,
    <SchemePage context={page} scheme={scheme} />,
    <SchemePage context={page} scheme={{ ...scheme, concepts: [] }} />,
    <ConceptPage context={page} concept={view} />,
    <PlacesPage context={page} codes={['ET', '001']} />,
    <PlacesPage context={page} codes={[]} />,
    <PlacePage context={page} code="ET" regions={[view.scheme]} />,
  ]
  for (const one of pages) expect(await findMarkupFaults(renderPage(one))).toEqual([])
})
