import { inLanguage, Layout, Notice, Pagination, SearchBox, Text } from '#ui/index.ts'
import type { FacetName } from '../domain.ts'
import type { Facet } from '../facets.ts'
import { MOST_PAGES } from '../question.ts'
import { DidYouMean } from './did-you-mean.tsx'
import { NothingFound } from './nothing-found.tsx'
import { ResultItem } from './result-item.tsx'
import { searchHref, type SearchPageProps } from './search-href.ts'

/** The same question as a feed. */
const feedOf = (props: SearchPageProps): string => searchHref(props, {}).replace('/search?', '/search.atom?')

/** The search: a box, what was found, and plain links that narrow it. */
export function SearchPage(props: SearchPageProps) {
  const { context, question, answer, state, isUnderstood } = props
  const { t } = context
  const { typed } = question
  const pages = Math.min(MOST_PAGES, Math.ceil(answer.total / question.limit))
  return (
    <Layout
      context={context}
      title={typed === '' ? t('search.title') : t('search.for', { words: typed })}
      unlisted
      hasSearch
      feeds={typed === '' ? [] : [{ href: feedOf(props), type: 'application/atom+xml', title: t('search.follow') }]}
      alternates={Object.fromEntries(
        context.hub.languages.map((lang) => [lang, inLanguage(searchHref(props, question), lang)]),
      )}
    >
      <h1>{t('search.title')}</h1>
      <SearchBox typed={typed} context={context} />
      {!isUnderstood && <Notice>{t('search.ignored')}</Notice>}
      {state === 'behind' && <Notice>{t('search.making')}</Notice>}
      {state === 'lost' && <Notice>{t('search.titles')}</Notice>}
      {typed === '' ? <p>{t('search.help')}</p> : <Found {...props} />}
      <Pagination
        page={question.page}
        pages={pages}
        href={(page) => searchHref(props, { page, at: props.at })}
        context={context}
      />
      {pages === MOST_PAGES && <p>{t('search.deep')}</p>}
      {typed !== '' && (
        <p>
          <a href={feedOf(props)}>{t('search.follow')}</a>
        </p>
      )}
    </Layout>
  )
}

function Found(props: SearchPageProps) {
  const { context, question, answer } = props
  const { t } = context
  const firstOther = question.sort === 'best' ? answer.items.find(({ isOwn }) => !isOwn) : undefined
  return (
    <>
      {answer.total > 0 && <AlsoSearched {...props} />}
      <DidYouMean question={question} suggestions={answer.suggestions ?? []} context={context} />
      {answer.isPartial && answer.total > 0 && <Notice>{t('search.partial')}</Notice>}
      <h2>{t('search.count', { count: answer.total })}</h2>
      {answer.total > 0 && <Chosen {...props} />}
      <Facets {...props} />
      {answer.total > 1 && <Order {...props} />}
      {answer.total === 0 ? (
        <NothingFound {...props} />
      ) : (
        <ol class="results">
          {answer.items.map((item) => (
            <li>
              {item === firstOther && <p class="notice">{t('search.others')}</p>}
              <ResultItem item={item} context={context} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function AlsoSearched(props: SearchPageProps) {
  const { context, question, answer } = props
  const { t } = context
  if (question.isExact)
    return (
      <p>
        <a href={searchHref(props, { isExact: false })}>{t('search.widen')}</a>
      </p>
    )
  if (answer.alsoSearched.length === 0) return null
  return (
    <p>
      {t('search.also')}{' '}
      {answer.alsoSearched.map((words, index) => (
        <>
          {index > 0 && ' · '}
          <bdi>{words}</bdi>
        </>
      ))}{' '}
      <a href={searchHref(props, { isExact: true })}>{t('search.exact')}</a>
    </p>
  )
}

function Facets(props: SearchPageProps) {
  const { context, question, facets } = props
  const { t } = context
  const chosenOf = (facet: FacetName) => question.filters.find((one) => one.facet === facet)
  const offered = facets.filter(({ facet, values }) => values.length > 1 || (values.length > 0 && chosenOf(facet)))
  if (offered.length === 0) return null
  return (
    <details>
      <summary>{t('search.narrow')}</summary>
      <nav aria-label={t('search.narrow')}>
        {offered.map((facet) => (
          <Choices of={facet} chosen={chosenOf(facet.facet)?.value ?? null} {...props} />
        ))}
      </nav>
    </details>
  )
}

/** What results are narrowed by, each a link that takes it away. */
function Chosen(props: SearchPageProps) {
  const { context, question, facets } = props
  if (question.filters.length === 0) return null
  return (
    <ul class="tags">
      {question.filters.map(({ facet, value, asked }) => {
        const label = facets.find((one) => one.facet === facet)?.values.find((one) => one.value === value)?.label.value
        return (
          <li>
            <a href={searchHref(props, { facet: [facet, null] })}>
              {context.t('search.without', { value: label ?? asked })}
            </a>
          </li>
        )
      })}
    </ul>
  )
}

interface ChoicesProps extends SearchPageProps {
  readonly of: Facet
  readonly chosen: string | null
}

function Choices({ of, chosen, ...props }: ChoicesProps) {
  const { t, lang } = props.context
  const id = `narrow-${of.facet}`
  return (
    <>
      <h3 id={id}>{t(`search.facet.${of.facet}`)}</h3>
      <ul class="tags" aria-labelledby={id}>
        {of.values.map(({ value, asked, label, count }) => (
          <li>
            <a
              href={searchHref(props, { facet: [of.facet, asked] })}
              aria-current={chosen === value ? 'true' : undefined}
            >
              <bdi>
                <Text of={label} lang={lang} />
              </bdi>{' '}
              ({count})
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** In which order results come: the best first, or the newest. */
function Order(props: SearchPageProps) {
  const { t } = props.context
  const { sort } = props.question
  return (
    <nav aria-label={t('search.order')}>
      {(['best', 'newest'] as const).map((one, index) => (
        <>
          {index > 0 && ' · '}
          <a href={searchHref(props, { sort: one })} aria-current={sort === one ? 'true' : undefined}>
            {t(`search.sort.${one}`)}
          </a>
        </>
      ))}
    </nav>
  )
}
