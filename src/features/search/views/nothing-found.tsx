import { to } from '#ui/index.ts'
import { readTerms } from '../domain.ts'
import { askForLess } from '../ways-out.ts'
import { searchHref, type SearchPageProps } from './search-href.ts'

/** An empty result: what was tried, and every way out that there is, each a plain link. */
export function NothingFound(props: SearchPageProps) {
  const { context, question } = props
  const { t } = context
  const isEmpty = readTerms(question.typed).every(({ isExcluded }) => isExcluded)
  return (
    <div class="empty">
      <p>{isEmpty ? t('search.out.noWords') : t('search.nothing', { words: question.typed })}</p>
      <Tried {...props} />
      <p class="label">{t('search.out.title')}</p>
      <ul>
        <Wider {...props} />
        <Less {...props} />
        <li>
          {t('search.out.browse')}{' '}
          {(['themes', 'library', 'seminars'] as const).map((place, index) => (
            <>
              {index > 0 && ' · '}
              <a href={to(context, place)}>{t(`search.out.${place}`)}</a>
            </>
          ))}
        </li>
      </ul>
    </div>
  )
}

/** What a value that results are narrowed to is called. */
function nameOf({ facets, question, context }: SearchPageProps) {
  return question.filters.map(({ facet, value, asked }) => {
    const label = facets.find((one) => one.facet === facet)?.values.find((one) => one.value === value)?.label
    return { facet, name: context.t(`search.facet.${facet}`), value: label?.value ?? asked, lang: label?.lang }
  })
}

function Tried(props: SearchPageProps) {
  const { t, lang } = props.context
  const { alsoSearched } = props.answer
  const narrowed = nameOf(props)
  if (narrowed.length === 0 && alsoSearched.length === 0) return null
  return (
    <>
      {alsoSearched.length > 0 && (
        <p>{t('search.out.also', { words: new Intl.ListFormat(lang).format(alsoSearched) })}</p>
      )}
      {narrowed.length > 0 && (
        <p>
          {t('search.out.narrowed')}{' '}
          {narrowed.map(({ name, value, lang: own }, index) => (
            <>
              {index > 0 && ' · '}
              {name} <bdi lang={own === lang ? undefined : own}>{value}</bdi>
            </>
          ))}
        </p>
      )}
    </>
  )
}

/** The same words, narrowed less, or in other languages too. */
function Wider(props: SearchPageProps) {
  const { question, context } = props
  const { t } = context
  const narrowed = nameOf(props)
  return (
    <>
      {narrowed.map(({ facet, name, value }) => (
        <li>
          <a href={searchHref(props, { facet: [facet, null] })}>{t('search.out.without', { facet: name, value })}</a>
        </li>
      ))}
      {narrowed.length > 1 && (
        <li>
          <a href={searchHref(props, { filters: [] })}>{t('search.out.all')}</a>
        </li>
      )}
      {question.isExact && (
        <li>
          <a href={searchHref(props, { isExact: false })}>{t('search.widen')}</a>
        </li>
      )}
    </>
  )
}

/** Fewer words, as links. */
function Less(props: SearchPageProps) {
  const less = askForLess(props.question.typed)
  if (less.length === 0) return null
  return (
    <li>
      {props.context.t('search.out.less')}{' '}
      {less.map((typed, index) => (
        <>
          {index > 0 && ' · '}
          <a href={searchHref(props, { typed })}>
            <bdi>{typed}</bdi>
          </a>
        </>
      ))}
    </li>
  )
}
