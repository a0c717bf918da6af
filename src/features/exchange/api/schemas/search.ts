import { z } from 'zod'
import { components, languageTag, Text } from './parts.ts'

const Passage = z
  .object({
    text: z.string().describe('The words, with some around them.'),
    lang: languageTag,
    url: z.url().describe('Leads to the place: the page, the second, the section.'),
    anchor: z
      .object({
        page: z.number().int().exactOptional().describe('Page of a file, from 1.'),
        seconds: z.number().exactOptional().describe('Seconds from the beginning of a recording.'),
        section: z.string().exactOptional().describe('Field of the record.'),
      })
      .describe('Where in the record the passage stands.'),
  })
  .register(components, { id: 'Passage', description: 'A piece of text in which words were found.' })

const Result = z
  .object({
    id: z.string(),
    kind: z.string(),
    url: z.url(),
    lang: languageTag.describe('Language in which it was found.'),
    title: Text,
    score: z.number().describe('Greater is better; comparable within one answer only.'),
    passages: z.array(Passage).describe('The best, up to three.'),
  })
  .register(components, { id: 'SearchResult', description: 'A record in which words were found.' })

const FacetValue = z
  .object({ value: z.string(), label: z.string().exactOptional(), count: z.number().int() })
  .register(components, { id: 'FacetValue', description: 'A value that narrows a search, and what it leaves.' })

export const SearchAnswer = z.object({
  items: z.array(Result),
  total: z.number().int().describe('How many records were found, also those too deep to be shown.'),
  facets: z.record(z.string(), z.array(FacetValue)).describe('Name of a parameter → the values it may have here.'),
  alsoSearched: z.array(z.string()).describe('Other names of the terms asked for, which were looked for too.'),
  suggestions: z
    .array(z.string())
    .describe('Where nothing was found: questions that may have been meant, in words of the hub.'),
  partial: z.boolean().describe('True when nothing has all the words: what was found has most of them.'),
  complete: z.boolean().describe('False while the index is being made: there may be more.'),
  next: z.url().nullable().describe('Address of the next page; null on the last that can be asked for.'),
})
