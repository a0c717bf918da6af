import { z } from 'zod'
import {
  Channel,
  components,
  day,
  Funding,
  instant,
  LanguageState,
  Link,
  Material,
  Place,
  Reference,
  Speaker,
  Text,
  Theme,
} from './parts.ts'
import { Recording } from './recording.ts'

const sessionFields = {
  id: z.string(),
  url: z.url(),
  number: z.number().int(),
  startsOn: day.nullable(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  minutes: z.number().int().nullable(),
  chathamHouse: z.boolean().describe('Held under the Chatham House Rule: no speakers are told, and nothing recorded.'),
  title: Text,
  abstract: Text.nullable(),
  channels: z.array(Channel),
  speakers: z.array(Speaker),
  materials: z.array(Material),
  recorded: z
    .boolean()
    .describe('Whether it can be watched, heard or read; its recordings are with the session itself.'),
}

const Session = z.object(sessionFields).register(components, {
  id: 'Session',
  description: 'One numbered part of a seminar. Hours that are not known are null.',
})

export const SessionOfSeminar = z
  .object({
    ...sessionFields,
    recordings: z.array(Recording),
    seminar: z.object({ id: z.string(), url: z.url(), title: Text, timeZone: z.string() }),
  })
  .register(components, {
    id: 'SessionOfSeminar',
    description: 'A session, with the seminar it is part of and what was recorded of it.',
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

export type ApiSeminar = z.infer<typeof Seminar>
export type ApiSession = z.infer<typeof Session>
export type ApiSessionOfSeminar = z.infer<typeof SessionOfSeminar>
