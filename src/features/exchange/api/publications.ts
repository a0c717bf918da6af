import { z } from 'zod'
import {
  contributorRoles,
  identifierSchemes,
  listWorks,
  publicationTypes,
  type HubWork,
  type LibraryDeps,
} from '#features/library/index.ts'
import {
  idsWithConcept,
  listIds,
  pickText,
  type Reader,
  type ReaderChain,
  type TextValue,
} from '#features/records/index.ts'
import { idsInSeries } from '#features/series/index.ts'
import type { Page } from './deps.ts'
import { components, instant, languageTag, Text, Theme } from './schemas/parts.ts'

const issued = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .nullable()
  .describe('As precise as known: 2021, 2021-08 or 2021-08-19.')
const Identifier = z
  .object({ scheme: z.enum(identifierSchemes), value: z.string() })
  .register(components, { id: 'Identifier', description: 'What a publication is known by elsewhere.' })
const Contributor = z
  .object({
    id: z.string().nullable().describe('The person or organisation of the directory, when it is one.'),
    role: z.enum(contributorRoles),
    kind: z.enum(['person', 'organisation']),
    name: z.string().describe('The name of an organisation, or the family name of a person.'),
    given: z.string().nullable(),
  })
  .register(components, { id: 'Contributor' })
const EditionFile = z
  .object({
    lang: languageTag,
    url: z.url(),
    type: z.string().nullable(),
    bytes: z.number().int().nullable(),
    pages: z.number().int().nullable(),
    licence: z.string().nullable(),
  })
  .register(components, { id: 'EditionFile' })
const Edition = z
  .object({
    number: z.string().nullable(),
    lang: languageTag.nullable(),
    issued,
    translationOf: z.number().int().nullable().describe('Position of the edition it was translated from.'),
    pages: z.number().int().nullable(),
    identifiers: z.array(Identifier),
    files: z.array(EditionFile),
  })
  .register(components, { id: 'Edition' })

export const Publication = z
  .object({
    id: z.string(),
    url: z.url(),
    title: Text,
    subtitle: Text.nullable(),
    summary: Text.nullable(),
    types: z.array(z.enum(publicationTypes)),
    sourceLang: languageTag,
    issued,
    series: z.object({ id: z.string().nullable(), name: z.string(), number: z.number().int().nullable() }).nullable(),
    contributors: z.array(Contributor).describe('In the order in which the publication names them.'),
    identifiers: z.array(Identifier),
    editions: z.array(Edition),
    places: z.array(z.string()).describe('ISO 3166-1 alpha-2 or UN M49.'),
    themes: z.array(Theme),
    funders: z.array(z.string()),
    synthetic: z.boolean(),
    publishedAt: instant.nullable(),
    updatedAt: instant,
  })
  .register(components, { id: 'Publication' })
type ApiPublication = z.infer<typeof Publication>

/** What a list of publications may be narrowed to. */
export interface PublicationFilter {
  /** Id of a series. */
  readonly series?: string
  /** Id of a concept. */
  readonly concept?: string
  readonly page: number
  readonly limit: number
}

/** A page of the publications this reader may see, oldest first. */
export async function listPublicationPage(
  deps: LibraryDeps,
  reader: Reader,
  { series, concept, page, limit }: PublicationFilter,
): Promise<Page<HubWork>> {
  const ofConcept = concept === undefined ? undefined : idsWithConcept(deps.records, concept)
  const within = series === undefined ? ofConcept : idsInSeries(deps.series, series)
  const ids = await listIds(deps.records, 'publication', reader, within)
  return { items: await listWorks(deps, reader, ids.slice((page - 1) * limit, page * limit)), total: ids.length }
}

/** A publication as the interface promises it. */
export function presentPublication(
  { id, work, href, texts, concepts, ...rest }: HubWork,
  chain: ReaderChain,
  whole: (href: string) => string,
): ApiPublication {
  const text = (values: readonly TextValue[] | undefined) => pickText(values, chain)
  return {
    id,
    url: whole(href),
    title: text(texts['title']) ?? { lang: work.sourceLang, state: 'source', value: id },
    subtitle: text(texts['subtitle']),
    summary: text(texts['summary']),
    types: [...work.types],
    sourceLang: work.sourceLang,
    issued: work.issued,
    series: work.series,
    contributors: work.contributors.map(({ agentId, role, kind, name, given }) => ({
      id: agentId,
      role,
      kind,
      name,
      given,
    })),
    identifiers: [...work.identifiers],
    editions: work.editions.map((edition) => ({
      ...edition,
      identifiers: [...edition.identifiers],
      files: edition.files.map((file) => ({ ...file, url: whole(file.url) })),
    })),
    places: [...work.places],
    themes: concepts.map(({ id: concept, scheme, notation, label, href: path }) => ({
      id: concept,
      url: whole(path),
      scheme,
      notation,
      label,
    })),
    funders: [...work.funders],
    synthetic: rest.synthetic,
    publishedAt: rest.publishedAt,
    updatedAt: rest.updatedAt,
  }
}
