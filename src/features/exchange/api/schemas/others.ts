import { z } from 'zod'
import { components, instant, languageTag, LanguageState, Link, Place, Reference, Text, Theme } from './parts.ts'

export const Programme = z
  .object({
    ...Reference.shape,
    short: Text.nullable(),
    summary: Text.nullable(),
    remark: Text.nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    places: z.array(Place),
    partners: z.array(Reference),
    themes: z.array(Theme),
  })
  .register(components, { id: 'Programme' })

export const Organisation = z
  .object({
    ...Reference.shape,
    type: z.string(),
    short: Text.nullable(),
    summary: Text.nullable(),
    places: z.array(Place),
  })
  .register(components, { id: 'Organisation' })

export const Scheme = z
  .object({
    id: z.string(),
    iri: z.url(),
    url: z.url(),
    notation: z.string(),
    label: Text.nullable(),
    definition: Text.nullable(),
    turtle: z.url(),
    jsonLd: z.url(),
  })
  .register(components, { id: 'Scheme', description: 'A vocabulary (SKOS concept scheme).' })

export const Concept = z
  .object({
    id: z.string(),
    iri: z.url(),
    url: z.url(),
    scheme: z.string(),
    notation: z.string(),
    label: Text.nullable(),
    definition: Text.nullable(),
    labels: z.array(Text).describe('The label in every language it has.'),
    broader: z.array(z.string()),
    narrower: z.array(z.string()),
    related: z.array(z.string()).describe('`scheme:notation`.'),
    exactMatch: z.array(z.string()),
    m49: z.array(z.string()).describe('UN M49 areas a region stands for.'),
  })
  .register(components, { id: 'Concept', description: 'A term of a vocabulary (SKOS concept).' })

export const RecordOfHub = z
  .object({
    id: z.string(),
    kind: z.string(),
    url: z.url(),
    sourceLang: languageTag,
    languages: z.array(LanguageState),
    texts: z.record(z.string(), z.array(Text)).describe('Every text in every language, by field; the source first.'),
    links: z.array(Link),
    synthetic: z.boolean(),
    version: z.number().int(),
    publishedAt: instant.nullable(),
    updatedAt: instant,
  })
  .register(components, { id: 'Record', description: 'Anything the hub can cite.' })

export type ApiProgramme = z.infer<typeof Programme>
export type ApiOrganisation = z.infer<typeof Organisation>
export type ApiScheme = z.infer<typeof Scheme>
export type ApiConcept = z.infer<typeof Concept>
export type ApiRecord = z.infer<typeof RecordOfHub>
