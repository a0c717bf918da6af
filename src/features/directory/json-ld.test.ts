import { expect, test } from 'vitest'
import { aText } from '#testing/seminar-values.ts'
import type { Organisation, Person, Programme } from './domain.ts'
import { organisationJsonLd, personJsonLd, programmeJsonLd } from './json-ld.ts'

const origin = 'https://hub.example'
const organisation: Organisation = {
  id: 'org_1',
  name: aText('African Union'),
  href: '/en/organisations/african-union',
  synthetic: false,
  type: 'regional-organisation',
  short: aText('AU'),
  summary: aText('Works **across** Africa.'),
  places: [{ code: '002', role: 'covers' }],
}
const linked = {
  '@id': 'https://hub.example/r/org_1',
  name: 'African Union',
  url: 'https://hub.example/en/organisations/african-union',
}

test('an organisation has its names, its words and where it works', () => {
  expect(organisationJsonLd(organisation, origin)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Organization',
    ...linked,
    alternateName: 'AU',
    description: 'Works across Africa.',
    areaServed: '002',
  })
  expect(
    organisationJsonLd({ ...organisation, type: 'civil-society', summary: null, places: [] }, origin),
  ).toMatchObject({ '@type': 'NGO' })
})

test('a person works for their organisation; what is not known is not told', () => {
  const person: Person = {
    id: 'per_1',
    name: aText('Amina'),
    href: '/en/people/amina',
    synthetic: true,
    role: null,
    bio: null,
    organisation,
  }

  expect(personJsonLd(person, origin)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Person',
    '@id': 'https://hub.example/r/per_1',
    name: 'Amina',
    url: 'https://hub.example/en/people/amina',
    worksFor: { '@type': 'Organization', ...linked },
  })
})

test('a programme has its years and partners', () => {
  const programme: Programme = {
    id: 'prg_1',
    name: aText('RADA'),
    href: '/en/programmes/rada',
    synthetic: false,
    short: null,
    summary: null,
    remark: null,
    from: '2017',
    to: '2022',
    places: [{ code: 'AF', role: 'covers' }],
    partners: [organisation],
    concepts: [],
  }

  expect(programmeJsonLd(programme, origin)).toMatchObject({
    '@type': 'Project',
    foundingDate: '2017',
    dissolutionDate: '2022',
    areaServed: 'AF',
    member: { '@type': 'Organization', ...linked },
  })
})
