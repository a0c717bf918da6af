import { z } from 'zod'
import type { Contributor, ContributorRole, PublicationType } from '../domain.ts'
import { toPatch } from './flat.ts'
import { MOST_WORKS, Problems, type CatalogueContext, type CatalogueEntry, type CatalogueRead } from './read.ts'
import { anOrganisation, aPerson, isPublicationId, readIdentifier, readIssued, readTypes } from './values.ts'

const typesOf: Readonly<Record<string, PublicationType>> = {
  report: 'report',
  book: 'book',
  standard: 'guideline',
  speech: 'presentation',
  pamphlet: 'leaflet',
  article: 'paper',
  'article-journal': 'article',
  'article-magazine': 'article',
  'article-newspaper': 'article',
  'paper-conference': 'paper',
  manuscript: 'paper',
  chapter: 'chapter',
  thesis: 'thesis',
  dataset: 'dataset',
}

const Word = z.union([z.string(), z.number()]).transform(String)
const Name = z.object({
  literal: z.string().optional(),
  family: z.string().optional(),
  given: z.string().optional(),
  'non-dropping-particle': z.string().optional(),
  'dropping-particle': z.string().optional(),
  suffix: Word.optional(),
})
const Item = z.object({
  id: Word.optional(),
  type: z.string().optional(),
  genre: z.string().optional(),
  title: z.string().optional(),
  author: z.array(Name).optional(),
  editor: z.array(Name).optional(),
  publisher: z.string().optional(),
  issued: z
    .object({
      'date-parts': z.array(z.array(Word)).optional(),
      raw: z.string().optional(),
      literal: z.string().optional(),
    })
    .optional(),
  'collection-title': z.string().optional(),
  'collection-number': Word.optional(),
  number: Word.optional(),
  DOI: z.string().optional(),
  ISBN: z.string().optional(),
  ISSN: z.string().optional(),
  URL: z.string().optional(),
  language: z.string().optional(),
  keyword: z.string().optional(),
  abstract: z.string().optional(),
  custom: z
    .object({ subtitle: z.string().optional(), alsoAt: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
})
type Item = z.output<typeof Item>

/** Reads CSL-JSON: a list of items, or one. `line` of an entry is its number in the list. */
export function readCslJson(text: string, context: CatalogueContext): CatalogueRead {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { ok: false, fault: text.trim() === '' ? 'empty' : 'broken', line: null }
  }
  const items: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  if (items.length === 0) return { ok: false, fault: 'empty', line: null }
  if (items.length > MOST_WORKS) return { ok: false, fault: 'tooMany', line: MOST_WORKS + 1 }
  return { ok: true, entries: items.map((item, index) => readItem(item, index + 1, context)), problems: [] }
}

function readItem(sent: unknown, line: number, context: CatalogueContext): CatalogueEntry {
  const parsed = Item.safeParse(sent)
  if (!parsed.success) {
    const problems = new Problems(line, null)
    const [issue] = parsed.error.issues
    problems.add('broken', issue?.path.join('.') ?? null, issue?.message ?? '')
    return problems.finish(null)
  }
  const item = parsed.data
  const problems = new Problems(line, item.id ?? null)
  const title = (item.title ?? '').replaceAll(/[ \t\r\n]+/g, ' ').trim()
  if (title === '') problems.add('noTitle', 'title', '')
  const issued = readDate(item, problems)
  const types = readTypes((item.genre ?? '').split(','))
  const known = typesOf[item.type ?? '']
  const addresses = [item.URL, ...(item.custom?.alsoAt ?? [])].flatMap((value) =>
    value ? [{ field: 'URL', value }] : [],
  )
  const patch = toPatch(
    {
      ...(item.id !== undefined && isPublicationId(item.id) ? { id: item.id } : {}),
      types: types && types.length > 0 ? types : known ? [known] : [],
      title,
      ...(item.custom?.subtitle ? { subtitle: item.custom.subtitle } : {}),
      ...(item.abstract ? { summary: item.abstract.trim() } : {}),
      ...(issued === null ? {} : { issued }),
      ...readSeries(item, problems),
      contributors: readContributors(item),
      identifiers: readIdentifiers(item, problems),
      addresses,
      keywords: (item.keyword ?? '')
        .split(/[,;]/)
        .map((value) => value.trim())
        .filter(Boolean)
        .map((value) => ({ field: 'keyword', value })),
      ...(item.language ? { language: { field: 'language', value: item.language } } : {}),
    },
    context,
    problems,
  )
  return problems.finish(patch)
}

function readSeries(item: Item, problems: Problems) {
  const seriesName = item['collection-title']?.trim()
  const number = item['collection-number']?.trim()
  if (!seriesName) return {}
  if (number !== undefined && !/^\d{1,6}$/.test(number)) problems.add('number', 'collection-number', number)
  return { seriesName, seriesNumber: number !== undefined && /^\d{1,6}$/.test(number) ? Number(number) : null }
}

function readDate({ issued }: Item, problems: Problems): string | null {
  const written = issued?.['date-parts']?.[0]?.join('-') ?? issued?.raw ?? issued?.literal
  if (written === undefined || written === '') return null
  const date = readIssued(written)
  if (date === null) problems.add('date', 'issued', written)
  return date
}

function readContributors(item: Item): Contributor[] {
  const publishers = (item.publisher ?? '')
    .split(';')
    .map((name) => name.trim())
    .filter(Boolean)
  return [
    ...(item.author ?? []).flatMap((name) => readName(name, 'author') ?? []),
    ...(item.editor ?? []).flatMap((name) => readName(name, 'editor') ?? []),
    ...publishers.map((name) => anOrganisation('publisher', name)),
  ]
}

function readName(name: z.output<typeof Name>, role: ContributorRole): Contributor | null {
  if (name.literal?.trim()) return anOrganisation(role, name.literal.trim())
  const particles = [name['dropping-particle'], name['non-dropping-particle']].filter(Boolean)
  const family = [...particles, name.family ?? '', name.suffix ?? ''].join(' ').trim()
  if (family !== '') return aPerson(role, family, name.given?.trim() ?? null)
  return name.given?.trim() ? aPerson(role, name.given.trim(), null) : null
}

function readIdentifiers(item: Item, problems: Problems) {
  const values = [
    ['DOI', 'doi', [item.DOI ?? '']],
    ['ISBN', 'isbn', (item.ISBN ?? '').split(/[\s,;]+(?=97[89]|\d{9})/)],
    ['ISSN', 'issn', (item.ISSN ?? '').split(/[\s,;]+/)],
    ['number', 'report', (item.number ?? '').split('; ')],
  ] as const
  return values.flatMap(([field, scheme, all]) =>
    all.flatMap((value) => {
      if (value.trim() === '') return []
      const found = readIdentifier(scheme, value)
      if (found === null) problems.add('identifier', field, value)
      return found ?? []
    }),
  )
}
