import { formatLocale } from '#platform/i18n/index.ts'
import { Breadcrumbs, EmptyState, inLanguage, Layout, Pagination, Text, to, type PageContext } from '#ui/index.ts'
import type { FilterName } from '../browse/filters.ts'
import type { Choice, LibraryList } from '../browse/list.ts'
import { PublicationCards } from './publication-cards.tsx'

export interface LibraryPageProps {
  readonly context: PageContext
  readonly list: LibraryList
  readonly sort: 'date' | 'title'
  readonly page: number
  /** What the address holds: filter → value. */
  readonly asked: Readonly<Partial<Record<FilterName, string>>>
}

type Query = Readonly<Record<string, string | undefined>>

/** Values of a facet that are shown at once; the others wait behind a press. */
const AT_ONCE = 6

const withQuery = (path: string, query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** The library: what there is, narrowed by plain links. */
export function LibraryPage(props: LibraryPageProps) {
  const { context, list, sort, page, asked } = props
  const { t, hub } = context
  const path = to(context, 'library')
  const { chosen } = list
  const query = { ...asked, sort: sort === 'title' ? sort : undefined, page: page > 1 ? String(page) : undefined }
  const isPlain = chosen.length === 0 && sort === 'date'
  return (
    <Layout
      context={context}
      title={chosen.length > 0 ? t('library.chosen', { choice: wordsOf(props) }) : t('library.title')}
      description={t('library.description')}
      canonical={withQuery(path, { page: query.page })}
      alternates={Object.fromEntries(hub.languages.map((lang) => [lang, withQuery(inLanguage(path, lang), query)]))}
      unlisted={!isPlain}
    >
      {chosen.length > 0 && <Breadcrumbs above={[{ label: t('library.title'), href: path }]} context={context} />}
      <div class="split">
        <header>
          <h1>{t('library.title')}</h1>
          {chosen.length === 0 && <p class="lede">{t('library.description')}</p>}
          <Chosen {...props} />
        </header>
        <div>
          {list.total === 0 ? (
            <Nothing {...props} />
          ) : (
            <>
              <h2>{t('library.count', { count: list.total })}</h2>
              <Sorting {...props} />
              <PublicationCards publications={list.items} context={context} />
              <Pagination
                page={page}
                pages={list.pages}
                href={(number) => withQuery(path, { ...query, page: number > 1 ? String(number) : undefined })}
                context={context}
              />
            </>
          )}
        </div>
        {list.facets.length > 0 && <Facets {...props} />}
      </div>
    </Layout>
  )
}

const wordsOf = ({ list, context: { lang } }: LibraryPageProps): string =>
  new Intl.ListFormat(formatLocale(lang), { type: 'unit' }).format(list.chosen.map(({ label }) => label.value))

/** What the list is narrowed to; each goes away at a press. */
function Chosen({ context, list, sort, asked }: LibraryPageProps) {
  const { t, lang } = context
  if (list.chosen.length === 0) return null
  return (
    <ul class="tags" aria-label={t('library.filters')}>
      {list.chosen.map(({ name, label }) => (
        <li>
          <a
            href={addressOf(context, { ...asked, [name]: undefined }, sort)}
            aria-label={t('library.remove', { choice: label.value })}
            aria-current="true"
          >
            <Text of={label} lang={lang} /> <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

const addressOf = (context: PageContext, asked: Query, sort: 'date' | 'title') =>
  withQuery(to(context, 'library'), { ...asked, sort: sort === 'title' ? sort : undefined })

function Nothing({ context, list }: LibraryPageProps) {
  const { t } = context
  if (list.chosen.length === 0) {
    return (
      <EmptyState action={{ label: t('seminars.all'), href: to(context, 'seminars') }}>{t('library.empty')}</EmptyState>
    )
  }
  return (
    <EmptyState action={{ label: t('library.all'), href: to(context, 'library') }}>
      {t('library.nothingFiltered')}
    </EmptyState>
  )
}

function Sorting({ context, sort, asked, list }: LibraryPageProps) {
  const { t } = context
  return (
    <p class="row-links screen">
      {(['date', 'title'] as const).map((way) => (
        <a href={addressOf(context, asked, way)} aria-current={way === sort ? 'true' : undefined}>
          {t(`library.sort.${way}`)}
        </a>
      ))}
      {list.facets.length > 0 && <a href="#filters">{t('library.narrow')}</a>}
    </p>
  )
}

function Facets(props: LibraryPageProps) {
  const { context, list } = props
  const { t } = context
  return (
    <aside id="filters" class="choices screen" aria-label={t('library.narrow')}>
      {list.facets.map(({ facet, choices }) => (
        <>
          <p class="label">{t(`library.by.${facet}`)}</p>
          <Choices {...props} facet={facet} choices={choices.slice(0, AT_ONCE)} />
          {choices.length > AT_ONCE && (
            <details>
              <summary>{t('library.more', { count: choices.length - AT_ONCE })}</summary>
              <Choices {...props} facet={facet} choices={choices.slice(AT_ONCE)} />
            </details>
          )}
        </>
      ))}
    </aside>
  )
}

interface ChoicesProps extends LibraryPageProps {
  readonly facet: FilterName
  readonly choices: readonly Choice[]
}

/** The one that is chosen leads back, so that a second press takes it away. */
function Choices({ context, sort, asked, facet, choices }: ChoicesProps) {
  const { lang } = context
  const number = new Intl.NumberFormat(formatLocale(lang))
  return (
    <ul class="tags">
      {choices.map(({ label, asked: value, count, isChosen }) => (
        <li>
          <a
            href={addressOf(context, { ...asked, [facet]: isChosen ? undefined : value }, sort)}
            aria-current={isChosen ? 'true' : undefined}
          >
            <Text of={label} lang={lang} /> <small>{number.format(count)}</small>
          </a>
        </li>
      ))}
    </ul>
  )
}
