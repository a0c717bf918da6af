import { to, type PageContext } from './context.ts'

interface SearchFormProps {
  readonly typed?: string
  /** A line of its own says what can be typed. */
  readonly isLarge: boolean
  readonly context: PageContext
}

/** The box that looks for words in the whole hub, as the page's own. */
export function SearchBox({ typed = '', context }: { typed?: string; context: PageContext }) {
  return <SearchForm typed={typed} isLarge context={context} />
}

/** The same in the frame of a page. */
export function FrameSearch({ context }: { context: PageContext }) {
  return <SearchForm isLarge={false} context={context} />
}

function SearchForm({ typed, isLarge, context }: SearchFormProps) {
  const { t } = context
  return (
    <search-suggest class="screen" label={t('search.suggestions')} count={t('search.suggested', { count: '{count}' })}>
      <form class="search" role="search" action={to(context, 'search')}>
        {isLarge && <label for="q">{t('search.label')}</label>}
        <input
          id={isLarge ? 'q' : undefined}
          name="q"
          type="search"
          value={typed}
          maxlength={300}
          aria-label={isLarge ? undefined : t('search.title')}
        />
        <button type="submit">{t('search.button')}</button>
      </form>
    </search-suggest>
  )
}
