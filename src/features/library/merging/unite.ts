import type { LoadedRecord } from '#features/records/index.ts'
import { contributorLines } from '../contributor-desk/form.ts'
import type { PublicationRows } from '../store.ts'

/** Where a publication stands in a series; a deduced number is nobody's word but ours. */
export interface SeriesPlace {
  readonly seriesId: string
  readonly number: number
  readonly deduced: boolean
}

/** One of two publications that may be the same work. */
export interface Side {
  readonly record: LoadedRecord
  readonly rows: PublicationRows
  readonly place: SeriesPlace | null
}

/** Fields of which a publication has one value in each language. */
const texts = ['title', 'subtitle', 'summary'] as const
const facts = ['types', 'issued', 'contributors', 'place'] as const

/** A field that both have and in which they differ: `title.fr`, `issued`. */
export interface Difference {
  readonly name: string
  readonly field: (typeof texts)[number] | (typeof facts)[number]
  /** The language of a text. */
  readonly lang: string | null
  /** What the two say, as lines. */
  readonly one: string
  readonly other: string
}

const textIn = ({ texts: all }: LoadedRecord, field: string, lang: string) =>
  all[field]?.find((text) => text.lang === lang)?.value ?? ''

function factOf({ rows, place }: Side, fact: (typeof facts)[number]): string {
  const [row] = rows.publications
  switch (fact) {
    case 'types':
      return (row?.types ?? []).join('\n')
    case 'issued':
      return row?.issued ?? ''
    case 'contributors':
      return contributorLines(rows.contributors.map(({ agent_id: agentId, ...one }) => ({ ...one, agentId })))
    case 'place':
      return place === null ? '' : `${place.seriesId} ${place.number}`
  }
}

/** What somebody has to choose between; of what only one of them says there is no choice. */
export function findDifferences(one: Side, other: Side): Difference[] {
  const langs = [...new Set(texts.flatMap((field) => (one.record.texts[field] ?? []).map(({ lang }) => lang)))]
  const ofTexts = texts.flatMap((field) =>
    langs.map((lang) => ({
      name: `${field}.${lang}`,
      field,
      lang,
      one: textIn(one.record, field, lang),
      other: textIn(other.record, field, lang),
    })),
  )
  const ofFacts = facts.map((field) => ({
    name: field,
    field,
    lang: null,
    one: factOf(one, field),
    other: factOf(other, field),
  }))
  return [...ofTexts, ...ofFacts].filter((field) => field.one !== '' && field.other !== '' && field.one !== field.other)
}

/** How many see a publication: nobody but the desk, some who have signed in, everybody. */
function reachOf({ record: { status, visibility } }: Side): 0 | 1 | 2 {
  if (status !== 'published') return 0
  return visibility === 'public' ? 2 : 1
}

/** Of two publications the one that fewer see, which what stands in it comes out of when they are merged; null when there is none. */
export function findHidden(one: Side, other: Side): Side | null {
  const [mine, theirs] = [reachOf(one), reachOf(other)]
  if (mine === theirs) return null
  return mine < theirs ? one : other
}

/** Whether the addresses of one publication may lead to another: whoever is led there could see both. */
export function canLeadFrom(into: Side, { record: { publishedAt, visibility } }: Side): boolean {
  return publishedAt !== null && (visibility === 'public' || visibility === into.record.visibility)
}
