import { z } from 'zod'

/** The named schemas of the interface, as they stand under `components` in its description. */
export const components = z.registry<{ id: string; description?: string }>()

const day = z.iso.date()
export const instant = z.iso.datetime()
export const languageTag = z.string().min(2).max(100)

export const Text = z
  .object({
    lang: languageTag,
    state: z.enum(['source', 'current', 'behind', 'machine']),
    value: z.string(),
  })
  .register(components, {
    id: 'Text',
    description:
      'A text, the language it is in, and its state: the source, current, behind (the source changed after it) or machine (not reviewed). Markdown in long fields.',
  })

const Reference = z.object({ id: z.string(), url: z.url(), name: Text, synthetic: z.boolean() }).register(components, {
  id: 'Reference',
  description: 'A record by its name. Synthetic ones are made up for demonstration.',
})

const Channel = z
  .object({ lang: languageTag, kind: z.enum(['floor', 'interpretation']) })
  .register(components, { id: 'Channel', description: 'A language in which a session can be followed.' })

const Speaker = z
  .object({
    id: z.string(),
    url: z.url(),
    name: Text,
    synthetic: z.boolean(),
    role: z.enum(['speaker', 'moderator']),
    position: Text.nullable(),
    organisation: Reference.nullable(),
  })
  .register(components, { id: 'Speaker' })

const Material = z
  .object({
    id: z.string(),
    kind: z.enum(['agenda', 'slides', 'recording', 'document']),
    lang: languageTag,
    url: z.url().describe('Of the file the hub keeps, or of a place elsewhere.'),
    file: z
      .object({ name: z.string(), type: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
      .nullable()
      .describe('What the hub keeps: its name, media type and hash; null: a link to a place elsewhere.'),
    label: Text.nullable(),
    bytes: z.number().int().nullable(),
    seconds: z.number().nullable(),
    session: z.number().int().nullable().describe('Number of the session it belongs to; null: the whole seminar.'),
    synthetic: z.boolean(),
  })
  .register(components, { id: 'Material' })

const Link = z
  .object({
    id: z.string(),
    kind: z.string(),
    relation: z.string(),
    direction: z.enum(['to', 'from']),
    title: Text.nullable(),
    url: z.url(),
    note: z.string().nullable(),
  })
  .register(components, {
    id: 'Link',
    description: 'A link to another record, read from this one: `from` when the other points here.',
  })

const LanguageState = z
  .object({ lang: languageTag, state: Text.shape.state, missing: z.number().int() })
  .register(components, {
    id: 'LanguageState',
    description: 'How far a record stands in a language; `missing` counts fields the source has and it has not.',
  })

const sessionFields = {
  id: z.string(),
  url: z.url(),
  number: z.number().int(),
  startsOn: day.nullable(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  minutes: z.number().int().nullable(),
  title: Text,
  abstract: Text.nullable(),
  channels: z.array(Channel),
  speakers: z.array(Speaker),
  materials: z.array(Material),
}

const Session = z.object(sessionFields).register(components, {
  id: 'Session',
  description: 'One numbered part of a seminar. Hours that are not known are null.',
})

export const SessionOfSeminar = z
  .object({ ...sessionFields, seminar: z.object({ id: z.string(), url: z.url(), title: Text, timeZone: z.string() }) })
  .register(components, { id: 'SessionOfSeminar', description: 'A session, with the seminar it is part of.' })

export const Theme = z
  .object({ id: z.string(), url: z.url(), scheme: z.string(), notation: z.string(), label: Text })
  .register(components, { id: 'Theme' })

const Place = z
  .object({ code: z.string().describe('ISO 3166-1 alpha-2 or UN M49.'), role: z.enum(['covers', 'focus']) })
  .register(components, { id: 'Place' })

const Funding = z
  .object({ id: z.string(), mark: z.literal('eu').nullable(), statement: Text, funders: z.array(Reference) })
  .register(components, {
    id: 'Funding',
    description:
      'A funding statement. The mark `eu` is the emblem of the European Union; it never stands without the statement.',
  })

export const Phase = z.enum(['announced', 'registration-open', 'registration-closed', 'live', 'held', 'recorded'])

export const Seminar = z
  .object({
    id: z.string(),
    url: z.url(),
    form: z.enum(['seminar', 'webinar', 'workshop', 'training']),
    mode: z.enum(['online', 'in-person', 'hybrid']),
    phase: Phase.describe('Computed from the clock and the parts of the seminar.'),
    startsOn: day,
    endsOn: day,
    datePrecision: z
      .enum(['day', 'month'])
      .describe('`month`: only the month is known, and the days are its first and last.'),
    timeZone: z.string(),
    title: Text,
    summary: Text.nullable(),
    objectives: Text.nullable(),
    format: Text.nullable(),
    audiences: Text.nullable(),
    background: Text.nullable(),
    note: Text.nullable(),
    platform: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable().describe('ISO 3166-1 alpha-2.'),
    access: z.enum(['public', 'members', 'invitation']).nullable(),
    registration: z.object({ opensAt: instant.nullable(), closesAt: instant.nullable(), url: z.url().nullable() }),
    series: z
      .object({
        id: z.string(),
        url: z.url(),
        title: Text,
        number: z.number().int(),
        planned: z.number().int().nullable(),
        deduced: z.boolean(),
      })
      .nullable(),
    sessions: z.array(Session),
    materials: z.array(Material).describe('Of the whole seminar; those of a session stand with it.'),
    languages: z.array(LanguageState),
    links: z.array(Link),
    organisers: z.array(Reference),
    themes: z.array(Theme),
    places: z.array(Place),
    funding: z.array(Funding),
    synthetic: z.boolean(),
    version: z.number().int(),
    publishedAt: instant.nullable(),
    updatedAt: instant,
  })
  .register(components, { id: 'Seminar' })

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

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    place: z.string().optional().describe('Which part of the request is wrong, such as `query "limit"`.'),
    problem: z.string().optional().describe('What is wrong with it.'),
    missing: z.string().optional().describe('What the hub waits for.'),
    requestId: z.string().optional(),
  })
  .register(components, { id: 'Problem', description: 'What went wrong (RFC 9457).' })

/** A page of a list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    total: z.number().int().describe('How many there are in all pages.'),
    next: z.url().nullable().describe('Address of the next page; null on the last.'),
  })
}

export type ApiSeminar = z.infer<typeof Seminar>
export type ApiSession = z.infer<typeof Session>
export type ApiSessionOfSeminar = z.infer<typeof SessionOfSeminar>
export type ApiProgramme = z.infer<typeof Programme>
export type ApiOrganisation = z.infer<typeof Organisation>
export type ApiScheme = z.infer<typeof Scheme>
export type ApiConcept = z.infer<typeof Concept>
export type ApiRecord = z.infer<typeof RecordOfHub>
