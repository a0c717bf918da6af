import { z } from 'zod'

/** The named schemas of the interface, as they stand under `components` in its description. */
export const components = z.registry<{ id: string; description?: string }>()

export const day = z.iso.date()
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

export const Reference = z
  .object({ id: z.string(), url: z.url(), name: Text, synthetic: z.boolean() })
  .register(components, {
    id: 'Reference',
    description: 'A record by its name. Synthetic ones are made up for demonstration.',
  })

export const Channel = z
  .object({ lang: languageTag, kind: z.enum(['floor', 'interpretation']) })
  .register(components, { id: 'Channel', description: 'A language in which a session can be followed.' })

export const Speaker = z
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

export const Material = z
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

export const Link = z
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

export const LanguageState = z
  .object({ lang: languageTag, state: Text.shape.state, missing: z.number().int() })
  .register(components, {
    id: 'LanguageState',
    description: 'How far a record stands in a language; `missing` counts fields the source has and it has not.',
  })

export const Theme = z
  .object({ id: z.string(), url: z.url(), scheme: z.string(), notation: z.string(), label: Text })
  .register(components, { id: 'Theme' })

export const Place = z
  .object({ code: z.string().describe('ISO 3166-1 alpha-2 or UN M49.'), role: z.enum(['covers', 'focus']) })
  .register(components, { id: 'Place' })

export const Funding = z
  .object({ id: z.string(), mark: z.literal('eu').nullable(), statement: Text, funders: z.array(Reference) })
  .register(components, {
    id: 'Funding',
    description:
      'A funding statement. The mark `eu` is the emblem of the European Union; it never stands without the statement.',
  })
