import { to, type PageContext } from '#ui/index.ts'
import { writeQuestion, type Question } from '../question.ts'

export interface DidYouMeanProps {
  readonly question: Question
  readonly suggestions: readonly string[]
  readonly context: PageContext
}

/** Where nothing was found, questions that may have been meant, each a link. */
export function DidYouMean({ question, suggestions, context }: DidYouMeanProps) {
  if (suggestions.length === 0) return null
  return (
    <p class="lede">
      {context.t('search.meant')}{' '}
      {suggestions.map((typed, index) => (
        <>
          {index > 0 && ' · '}
          <a href={`${to(context, 'search')}?${writeQuestion({ ...question, typed, page: 1 })}`}>
            <bdi>{typed}</bdi>
          </a>
        </>
      ))}
    </p>
  )
}
