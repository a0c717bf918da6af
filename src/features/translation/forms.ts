import { z } from 'zod'
import { kinds } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { DeskQuery } from './actions.ts'
import type { Edit } from './domain.ts'
import type { AskedFor } from './views/desk-address.ts'

/** As long as the longest text that is drawn. */
const longest = 200_000
const texts = z.record(z.string(), z.string().max(longest, { error: 'form.tooLong' }))
const marks = z.record(z.string(), z.string().max(64)).default({})

/** A record's texts as the editing page sends them. */
export const TextsForm = z.object({
  texts,
  base: marks,
  source: marks,
  right: z.string().optional(),
  go: z.string().optional(),
})

/** What was typed, text by text; `right` names the one that is right as it stands, or all of them. */
export function editsOf({ texts, base, source, right }: z.infer<typeof TextsForm>): Edit[] {
  return Object.entries(texts).map(([field, text]) => ({
    field,
    text,
    base: base[field] ?? '',
    source: source[field] ?? '',
    isRight: right === field || (right === '*' && (base[field] ?? '') !== ''),
  }))
}

const ages: Readonly<Record<string, number>> = { week: 7, month: 30, quarter: 91, year: 365 }

/** The query of the table's address; what the desk does not know is no such page. */
export function readAsked(query: Readonly<Record<string, string>>, languages: readonly string[]) {
  const Asked = z.object({
    kind: z.enum(kinds.map(({ kind }) => kind)).optional(),
    series: z
      .string()
      .regex(/^ser_[0-9a-z]+$/)
      .optional(),
    lang: z.enum(languages).optional(),
    need: z.enum(['current', 'behind', 'machine', 'missing', 'work']).optional(),
    age: z.enum(Object.keys(ages)).optional(),
    q: z.string().trim().max(200).optional(),
    sort: z.enum(['age']).optional(),
    page: z
      .string()
      .regex(/^[1-9]\d{0,5}$/)
      .transform(Number)
      .default(1),
    done: z.enum(languages).optional(),
  })
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
  const parsed = Asked.safeParse(given)
  if (!parsed.success) throw new NotFoundError('filter')
  const { kind, series, lang, need, age, q, sort, page, done } = parsed.data
  const days = age === undefined ? undefined : ages[age]
  const desk: DeskQuery = {
    ...(kind && { kind }),
    ...(series && { series }),
    ...(lang && { lang }),
    ...(need && { need }),
    ...(days !== undefined && { days }),
    ...(q && { words: q }),
    order: sort ?? 'importance',
    page,
  }
  const asked: AskedFor = {
    kind: kind ?? '',
    series: series ?? '',
    lang: lang ?? '',
    need: need ?? '',
    age: age ?? '',
    q: q ?? '',
    sort: sort ?? '',
  }
  return { desk, asked, done: done ?? null }
}
