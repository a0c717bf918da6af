import { z } from 'zod'
import { contributorRoles, identifierSchemes, publicationTypes } from '#features/library/index.ts'
import { RecordingEntry } from './recordings.ts'
import { language, words, slugs, key, day, clock, conceptKey, placeCode } from './values.ts'

/** The files of a content folder, each parsed once on the way in. */
const named = { key, sourceLang: language.default('en'), synthetic: z.boolean().default(false), slug: slugs }

export const HubFile = z.strictObject({
  sourceLang: language.default('en'),
  name: words,
  short: words,
  tagline: words,
  purpose: words,
  about: words,
  accessibility: words,
  privacy: words,
  components: z.array(words).default([]),
  funding: z.array(key).default([]),
  languages: z.array(language).min(1),
  zone: z.string(),
})

const ConceptEntry = z.strictObject({
  notation: key,
  label: words,
  alt: z.record(language, z.array(z.string().min(1))).optional(),
  definition: words.optional(),
  broader: key.optional(),
  related: z.array(conceptKey).default([]),
  exactMatch: z.array(z.url()).default([]),
  m49: z.array(z.string().regex(/^\d{3}$/)).default([]),
})

export const VocabulariesFile = z.strictObject({
  schemes: z.array(
    z.strictObject({
      notation: key,
      label: words,
      definition: words.optional(),
      concepts: z.array(ConceptEntry),
    }),
  ),
})

export const OrganisationsFile = z.array(
  z.strictObject({
    ...named,
    name: words,
    short: words.optional(),
    summary: words,
    type: z.enum([
      'international-organisation',
      'government',
      'eu-institution',
      'civil-society',
      'research',
      'private',
      'regional-organisation',
      'donor',
      'network',
    ]),
    places: z.array(placeCode).default([]),
  }),
)

export const PeopleFile = z.array(
  z.strictObject({ ...named, name: words, bio: words, role: words, organisation: key.optional() }),
)

export const ProgrammesFile = z.array(
  z.strictObject({
    ...named,
    name: words,
    short: words.optional(),
    summary: words,
    remark: words.optional(),
    places: z.array(placeCode).default([]),
    focusPlaces: z.array(placeCode).default([]),
    period: z.strictObject({ from: z.string(), to: z.string().nullable() }).nullable(),
    partners: z.array(key).default([]),
    concepts: z.array(conceptKey).default([]),
  }),
)

export const SeriesFile = z.array(
  z.strictObject({
    ...named,
    of: z.enum(['seminar', 'publication']),
    planned: z.int().positive().nullish(),
    name: words,
    summary: words,
  }),
)

/** A date as precise as known: year, month or day. */
const issued = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)

const IdentifierEntry = z.strictObject({ scheme: z.enum(identifierSchemes), value: z.string().min(1) })

const ContributorEntry = z.strictObject({
  role: z.enum(contributorRoles).default('author'),
  /** One of the organisations or people of this folder, or a name that the directory does not hold. */
  organisation: key.optional(),
  person: key.optional(),
  name: z.string().min(1),
  given: z.string().min(1).optional(),
  kind: z.enum(['person', 'organisation']),
})

const EditionEntry = z.strictObject({
  number: z.string().min(1).nullish(),
  lang: language.nullish(),
  issued: issued.nullish(),
  /** Position, from 0, of the edition that this one was translated from. */
  translationOf: z.int().nonnegative().nullish(),
  pages: z.int().positive().nullish(),
  identifiers: z.array(IdentifierEntry).default([]),
  files: z
    .array(
      z.strictObject({
        lang: language,
        /** A file of the content folder, by its path in it. */
        file: z.string().min(1),
        licence: z.string().min(1).nullish(),
        synthetic: z.boolean().default(false),
      }),
    )
    .default([]),
})

export const PublicationsFile = z.array(
  z.strictObject({
    ...named,
    title: words,
    subtitle: words.optional(),
    summary: words.optional(),
    types: z.array(z.enum(publicationTypes)).default([]),
    issued: issued.nullish(),
    series: key.nullish(),
    number: z.int().positive().nullish(),
    contributors: z.array(ContributorEntry).default([]),
    identifiers: z.array(IdentifierEntry).default([]),
    editions: z.array(EditionEntry).default([]),
    concepts: z.array(conceptKey).default([]),
    places: z.array(placeCode).default([]),
    funding: z.array(key).default([]),
    partOf: key.nullish(),
  }),
)
export type PublicationEntry = z.infer<typeof PublicationsFile>[number]

export const FundingFile = z.array(
  z.strictObject({
    ...named,
    mark: z.enum(['eu']).nullable(),
    funders: z.array(key),
    statement: words,
  }),
)

const SessionEntry = z.strictObject({
  number: z.int().positive(),
  day: z.int().positive().nullish(),
  start: clock.nullish(),
  end: clock.nullish(),
  minutes: z.int().positive().nullish(),
  /** Held under the Chatham House Rule. */
  chathamHouse: z.boolean().default(false),
  title: words,
  abstract: words.optional(),
  channels: z.array(z.strictObject({ lang: language, kind: z.enum(['floor', 'interpretation']) })).default([]),
  speakers: z.array(z.strictObject({ person: key, role: z.enum(['speaker', 'moderator']) })).default([]),
})

const MaterialEntry = z.strictObject({
  key,
  kind: z.enum(['agenda', 'slides', 'recording', 'document']),
  lang: language,
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** Instead of an address: a file of the content folder, by its path in it. */
  file: z.string().min(1).optional(),
  label: words.optional(),
  session: z.int().positive().nullish(),
  synthetic: z.boolean().default(false),
  bytes: z.int().nonnegative().nullish(),
  seconds: z.int().nonnegative().nullish(),
})

const MaterialOfSeminar = MaterialEntry.refine(({ url, file }) => (url === undefined) !== (file === undefined), {
  error: 'has either a url or a file',
})

export const SeminarsFile = z.array(
  z.strictObject({
    ...named,
    series: key.nullish(),
    number: z.int().positive().nullish(),
    numberDeduced: z.boolean().default(false),
    form: z.enum(['seminar', 'webinar', 'workshop', 'training']),
    mode: z.enum(['online', 'in-person', 'hybrid']),
    platform: z.string().nullish(),
    access: z.enum(['public', 'members', 'invitation']).nullish(),
    startsOn: day.nullish(),
    endsOn: day.nullish(),
    /** Instead of dates: days from the day of loading, so that an example stays ahead. */
    startsInDays: z.int().nullish(),
    days: z.int().positive().nullish(),
    precision: z.enum(['day', 'month']).default('day'),
    startTime: clock.nullish(),
    timeZone: z.string(),
    city: z.string().nullish(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullish(),
    registrationOpensInDays: z.int().nullish(),
    registrationClosesInDays: z.int().nullish(),
    registrationUrl: z.url().nullish(),
    joinUrl: z.url().nullish(),
    title: words,
    summary: words,
    objectives: words.optional(),
    format: words.optional(),
    audiences: words.optional(),
    background: words.optional(),
    note: words.optional(),
    concepts: z.array(conceptKey).default([]),
    places: z.array(placeCode).default([]),
    organisers: z.array(key).default([]),
    funding: z.array(key).default([]),
    basedOn: z.array(key).default([]),
    programmes: z.array(key).default([]),
    sessions: z.array(SessionEntry).default([]),
    materials: z.array(MaterialOfSeminar).default([]),
    recordings: z.array(RecordingEntry).default([]),
  }),
)

export type SeminarEntry = z.infer<typeof SeminarsFile>[number]

/** What the first page offers to start from: searches, called by what somebody comes to do. */
export const TasksFile = z.array(
  z.strictObject({
    key,
    /** What stands behind the address of the search: `q=monitoring&role=donor`. */
    query: z.string().min(1).max(2000),
    texts: z.record(
      language,
      z.strictObject({ label: z.string().min(1).max(120), words: z.string().max(300).default('') }),
    ),
  }),
)
