import { schemaOrg, type JsonLd } from '#platform/json-ld.ts'
import { plainText } from '#platform/text/index.ts'
import type { TextValue } from '#features/records/index.ts'
import type { Organisation, OrganisationType, Person, Programme, Reference } from './domain.ts'

const types: Readonly<Partial<Record<OrganisationType, string>>> = {
  government: 'GovernmentOrganization',
  'eu-institution': 'GovernmentOrganization',
  'civil-society': 'NGO',
  research: 'ResearchOrganization',
  private: 'Corporation',
}

/** An organisation as schema.org Organization, or the narrower type that fits. */
export function organisationJsonLd(organisation: Organisation, origin: string): JsonLd {
  return schemaOrg({
    '@type': types[organisation.type] ?? 'Organization',
    ...named(organisation, origin),
    alternateName: organisation.short?.value,
    description: short(organisation.summary),
    areaServed: organisation.places.map((place) => place.code),
  })
}

/** A person as schema.org Person. */
export function personJsonLd(person: Person, origin: string): JsonLd {
  const { organisation } = person
  return schemaOrg({
    '@type': 'Person',
    ...named(person, origin),
    jobTitle: person.role?.value,
    description: short(person.bio),
    worksFor: organisation ? { '@type': 'Organization', ...named(organisation, origin) } : undefined,
  })
}

/** A programme as schema.org Project, which is an organisation with a beginning and an end. */
export function programmeJsonLd(programme: Programme, origin: string): JsonLd {
  return schemaOrg({
    '@type': 'Project',
    ...named(programme, origin),
    alternateName: programme.short?.value,
    description: short(programme.summary),
    foundingDate: programme.from ?? undefined,
    dissolutionDate: programme.to ?? undefined,
    areaServed: programme.places.map((place) => place.code),
    member: programme.partners.map((partner) => ({ '@type': 'Organization', ...named(partner, origin) })),
  })
}

function named({ id, name, href }: Reference, origin: string): JsonLd {
  return { '@id': new URL(`/r/${id}`, origin).href, name: name.value, url: new URL(href, origin).href }
}

function short(text: TextValue | null): string | undefined {
  return text ? plainText(text.value, 160) : undefined
}
