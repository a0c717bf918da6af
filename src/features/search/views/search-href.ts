import { to, type PageContext } from '#ui/index.ts'
import type { FacetName } from '../domain.ts'
import type { Facet } from '../facets.ts'
import type { Answer } from '../find.ts'
import type { IndexState } from '../keep-index.ts'
import { writeQuestion, type Question } from '../question.ts'

export interface SearchPageProps {
  readonly context: PageContext
  readonly question: Question
  readonly answer: Answer
  readonly facets: readonly Facet[]
  readonly state: IndexState
  /** The instant that later pages are of. */
  readonly at: number
  /** Everything in the address means something here. */
  readonly isUnderstood: boolean
}

type Changes = Partial<Omit<Question, 'limit'>> & {
  /** A value in place of the one chosen, or none. */
  readonly facet?: readonly [name: FacetName, asked: string | null]
}

/** The address of the search that asks the same but for some changes, from its first page on. */
export function searchHref(
  { context, question }: Pick<SearchPageProps, 'context' | 'question'>,
  { facet, ...changes }: Changes,
): string {
  const { filters, ...asked } = { ...question, page: 1, ...changes }
  const kept = filters.filter((one) => one.facet !== facet?.[0])
  const chosen = facet?.[1] ? [{ facet: facet[0], asked: facet[1], value: '' }] : []
  return `${to(context, 'search')}?${writeQuestion({ ...asked, filters: [...kept, ...chosen] })}`
}
