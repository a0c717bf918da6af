import type { Reader } from '#features/records/index.ts'
import { InvalidInputError } from '#platform/errors.ts'
import { ownName } from '#platform/i18n/index.ts'
import { answerQuestion } from './answer.ts'
import type { SearchDeps } from './deps.ts'
import { nameCounts } from './facets.ts'
import type { Answer } from './find.ts'
import { MOST_PAGES, readQuestion } from './question.ts'

/** A value that results can be narrowed to, and how many records it leaves. */
export interface FacetValue {
  readonly value: string
  readonly label?: string
  readonly count: number
}

/** A page of what was found, as programs are told. */
export interface SearchTold extends Pick<Answer, 'items' | 'total' | 'alsoSearched'> {
  /** Where nothing was found: questions that may have been meant. */
  readonly suggestions: readonly string[]
  /** Name of the query → its values. */
  readonly facets: Readonly<Record<string, readonly FacetValue[]>>
  /** There is another page that can be asked for. */
  readonly hasNext: boolean
  /** The instant that later pages are of. */
  readonly at: number
  /** The index is as the hub is; else there may be more. */
  readonly isComplete: boolean
  /** Nothing has all that was asked for: this has most of it. */
  readonly isPartial: boolean
}

/** What is found for a program. Where a page leaves out what means nothing, a program is told: throws `InvalidInputError`. */
export async function tellPrograms(
  deps: SearchDeps,
  reader: Reader,
  query: (name: string) => string,
  limit: number,
): Promise<SearchTold> {
  const { question, ignored } = await readQuestion(deps.facets, reader, query, limit)
  const [name] = ignored
  if (name !== undefined) throw new InvalidInputError(`query "${name}"`, 'the search knows no such value')
  const { answer, state, at } = await answerQuestion(deps, reader, question)
  const { items, total, alsoSearched, suggestions = [], isPartial = false } = answer
  const hasNext = question.page < MOST_PAGES && question.page * limit < total
  const facets = await facetsOf(deps, reader, answer)
  return { items, total, alsoSearched, suggestions, facets, hasNext, at, isComplete: state === 'current', isPartial }
}

async function facetsOf({ facets }: SearchDeps, reader: Reader, { counts }: Answer): Promise<SearchTold['facets']> {
  const named = await nameCounts(facets, reader, counts, (kind) => kind)
  const told = named.map(({ facet, values }): [string, FacetValue[]] => [
    facet,
    values.map(({ asked: value, label, count }) => {
      // Kinds and years need no name; languages are called as they call themselves.
      if (facet === 'kind' || facet === 'year') return { value, count }
      return { value, label: facet === 'lang' ? ownName(value) : label.value, count }
    }),
  ])
  return Object.fromEntries(told.filter(([, values]) => values.length > 0))
}
