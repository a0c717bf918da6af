import { to, type PageContext } from './context.ts'

/** The box that looks for words in the whole hub. */
export function SearchBox({ typed = '', context }: { typed?: string; context: PageContext }) {
  const { t } = context
  return (
    <form class="search" role="search" action={to(context, 'search')}>
      <label for="q">{t('search.label')}</label>
      <input id="q" name="q" type="search" value={typed} maxlength={300} />
      <button type="submit">{t('search.button')}</button>
    </form>
  )
}
