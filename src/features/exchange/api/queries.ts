import { z } from 'zod'
import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { INSTANT, LONGEST_QUESTION, MOST_PAGES } from '#features/search/index.ts'
import { InvalidInputError } from '#platform/errors.ts'
import { Phase } from './schemas/seminar.ts'

const number = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .int()
        .min(least, `a whole number from ${least} to ${most}`)
        .max(most, `a whole number from ${least} to ${most}`),
    )

const lang = z
  .string()
  .refine((tag) => canonicalLanguageTag(tag) !== null, 'a language tag (BCP 47), such as fr or pt-BR')
  .describe(
    'Language wanted (BCP 47). Where it is missing, the text comes in another one and says so. Left out: Accept-Language.',
  )

const day = z.iso.date({ error: 'a day, such as 2021-12-01' })
const id = z.string().regex(/^[\w:.-]{1,200}$/, 'an id')

export const OneQuery = z.strictObject({ lang: lang.exactOptional() })

export const ListQuery = z.strictObject({
  lang: lang.exactOptional(),
  page: number(1, 100_000).exactOptional().describe('Page, from 1.'),
  limit: number(1, 100).exactOptional().describe('Items on a page, 1 to 100 (20 when left out).'),
})

const period = {
  from: day.exactOptional().describe('Not over before this day.'),
  to: day.exactOptional().describe('Begun by this day.'),
}

export const SeminarsQuery = z.strictObject({
  ...ListQuery.shape,
  series: id.exactOptional().describe('Id of a series.'),
  theme: id.exactOptional().describe('Id of a concept, or `scheme:notation`.'),
  phase: Phase.exactOptional(),
  ...period,
})

export const PublicationsQuery = z.strictObject({
  ...ListQuery.shape,
  series: id.exactOptional().describe('Id of a series.'),
  theme: id.exactOptional().describe('Id of a concept, or `scheme:notation`.'),
})

/** Of the page's query, each name; what its values may be, the search itself knows. */
export const SearchQuery = z.strictObject({
  q: z
    .string()
    .max(LONGEST_QUESTION, `at most ${LONGEST_QUESTION} characters`)
    .exactOptional()
    .describe('Words, "phrases", -without. Nothing is found where it is left out.'),
  kind: z.string().exactOptional().describe('Only records of a kind, as `facets.kind` names them.'),
  lang: lang
    .exactOptional()
    .describe(
      'Only what is written in this language (BCP 47), with titles in it. Left out: every language, those of Accept-Language first.',
    ),
  theme: z.string().exactOptional().describe('Only what is about a theme: its notation, as `facets.theme` names it.'),
  place: z.string().exactOptional().describe('Only what is about a place (ISO 3166-1 alpha-2, or M49).'),
  year: z.string().exactOptional().describe('Only what is from a year.'),
  series: z.string().exactOptional().describe('Only what has a place in a series, as `facets.series` names it.'),
  role: z.string().exactOptional().describe('Only what is for a role, as `facets.role` names it.'),
  stage: z.string().exactOptional().describe('Only what is about a stage of the process, as `facets.stage` names it.'),
  dimension: z.string().exactOptional().describe('Only what is about a dimension of reintegration.'),
  level: z.string().exactOptional().describe('Only what is about a level of intervention.'),
  sort: z.enum(['best', 'newest']).exactOptional().describe('The best first, unless the newest are asked for.'),
  exact: z.enum(['1']).exactOptional().describe('Without the names that terms have in other languages.'),
  page: number(1, MOST_PAGES).exactOptional().describe(`Page, from 1 to ${MOST_PAGES}: deeper, nothing is shown.`),
  at: z
    .string()
    .regex(INSTANT, 'milliseconds since 1970')
    .exactOptional()
    .describe('As `next` has it: leaves out what was published after the first page was asked for.'),
  limit: ListQuery.shape.limit,
})

export const SessionsQuery = z.strictObject({
  ...ListQuery.shape,
  seminar: id.exactOptional().describe('Id of a seminar.'),
  ...period,
})

export const ConceptsQuery = z.strictObject({
  ...ListQuery.shape,
  scheme: id.exactOptional().describe('Notation of a vocabulary.'),
})

/** Query parameters by their schema. Throws `InvalidInputError` that names the parameter: unknown, given twice, or not what it should be. */
export function readQuery<Query extends z.ZodType>(
  given: Readonly<Record<string, readonly string[]>>,
  query: Query,
): z.output<Query> {
  const twice = Object.keys(given).find((name) => (given[name]?.length ?? 0) > 1)
  if (twice) throw new InvalidInputError(`query "${shown(twice)}"`, 'given more than once')
  const flat = Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values[0] ?? '']))
  const read = query.safeParse(flat)
  if (read.success) return read.data
  const [issue] = read.error.issues
  if (issue?.code === 'unrecognized_keys')
    throw new InvalidInputError(`query "${shown(issue.keys[0] ?? '')}"`, 'there is no such parameter here')
  throw new InvalidInputError(`query "${String(issue?.path[0] ?? '')}"`, `should be ${expectation(issue)}`)
}

function expectation(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_value') return `one of ${issue.values.join(', ')}`
  return issue?.message ?? 'something else'
}

function shown(name: string): string {
  return name.slice(0, 60)
}
