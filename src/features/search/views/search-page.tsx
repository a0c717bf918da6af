import { kinds } from '#features/records/index.ts'
import { ownName } from '#platform/i18n/index.ts'
import {
  EmptyState,
  inLanguage,
  languageMarks,
  Layout,
  Notice,
  Pagination,
  SearchBox,
  Text,
  to,
  type PageContext,
} from '#ui/index.ts'
import { MOST_PAGES, type Answer, type Question } from '../find.ts'
import { writeQuestion } from '../question.ts'

export interface SearchPageProps {
  readonly context: PageContext
  readonly question: Question
  readonly answer: Answer
  readonly isCurrent: boolean
  /** Everything in the address means something here. */
  readonly isUnderstood: boolean
}

type Result = Answer['items'][number]
type Changes = Partial<Pick<Question, 'kind' | 'lang' | 'page' | 'isExact'>>

function hrefOf({ context, question }: SearchPageProps, changes: Changes): string {
  return `${to(context, 'search')}?${writeQuestion({ ...question, page: 1, ...changes })}`
}

/** The search: a box, what was found, and plain links that narrow it. */
export function SearchPage(props: SearchPageProps) {
  const { context, question, answer, isCurrent, isUnderstood } = props
  const { t } = context
  const { typed } = question
  const pages = Math.min(MOST_PAGES, Math.ceil(answer.total / question.limit))
  return (
    <Layout
      context={context}
      title={typed === '' ? t('search.title') : t('search.for', { words: typed })}
      unlisted
      alternates={Object.fromEntries(
        context.hub.languages.map((lang) => [lang, inLanguage(hrefOf(props, question), lang)]),
      )}
    >
      <h1>{t('search.title')}</h1>
      <SearchBox typed={typed} context={context} />
      {!isUnderstood && <Notice>{t('search.ignored')}</Notice>}
      {!isCurrent && <Notice>{t('search.making')}</Notice>}
      {typed === '' ? <p>{t('search.help')}</p> : <Found {...props} />}
      <Pagination page={question.page} pages={pages} href={(page) => hrefOf(props, { page })} context={context} />
      {pages === MOST_PAGES && <p>{t('search.deep')}</p>}
    </Layout>
  )
}

function Found(props: SearchPageProps) {
  const { context, question, answer } = props
  const { t } = context
  const firstOther = answer.items.find(({ isOwn }) => !isOwn)
  return (
    <>
      <AlsoSearched {...props} />
      <h2>{t('search.count', { count: answer.total })}</h2>
      <Facets {...props} />
      {answer.total === 0 ? (
        <EmptyState action={{ label: t('search.browse'), href: to(context, 'themes') }}>
          {t('search.nothing', { words: question.typed })}
        </EmptyState>
      ) : (
        <ol class="results">
          {answer.items.map((item) => (
            <li>
              {item === firstOther && <p class="notice">{t('search.others')}</p>}
              <Item item={item} context={context} />
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
        <a href={hrefOf(props, { isExact: false })}>{t('search.widen')}</a>
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
      <a href={hrefOf(props, { isExact: true })}>{t('search.exact')}</a>
    </p>
  )
}

function Facets(props: SearchPageProps) {
  const { context, question, answer } = props
  const { t } = context
  const ofKinds = answer.kinds.flatMap(({ value, count }) => {
    const kind = kinds.find((one) => one.kind === value)?.kind
    return kind ? [{ value, count, label: t(`translation.kind.${kind}`) }] : []
  })
  const ofLangs = answer.langs.map(({ value, count }) => ({ value, count, label: ownName(value) }))
  return (
    <nav aria-label={t('search.narrow')}>
      <Choices
        values={ofKinds}
        chosen={question.kind}
        hrefOf={(kind) => hrefOf(props, { kind })}
        all={t('search.allKinds')}
      />
      <Choices
        values={ofLangs}
        chosen={question.lang}
        hrefOf={(lang) => hrefOf(props, { lang })}
        all={t('search.allLanguages')}
      />
    </nav>
  )
}

interface ChoicesProps {
  readonly values: readonly { readonly value: string; readonly count: number; readonly label: string }[]
  readonly chosen: string | null
  readonly hrefOf: (value: string | null) => string
  readonly all: string
}

function Choices({ values, chosen, hrefOf: href, all }: ChoicesProps) {
  if (values.length < 2 && chosen === null) return null
  return (
    <ul class="tags">
      <li>
        <a href={href(null)} aria-current={chosen === null ? 'true' : undefined}>
          {all}
        </a>
      </li>
      {values.map(({ value, count, label }) => (
        <li>
          <a href={href(value)} aria-current={chosen === value ? 'true' : undefined}>
            <bdi>{label}</bdi> ({count})
          </a>
        </li>
      ))}
    </ul>
  )
}

function Item({ item, context }: { item: Result; context: PageContext }) {
  const { t, lang } = context
  const kind = kinds.find((one) => one.kind === item.kind)?.kind
  return (
    <>
      <h3>
        <a href={item.href}>
          <Text of={item.title} lang={lang} />
        </a>
      </h3>
      {kind && <p>{t(`translation.kind.${kind}`)}</p>}
      <ul>
        {item.passages.map(({ href, lang: own, anchor, pieces }) => (
          <li>
            {href !== item.href && (
              <>
                <a href={href}>
                  {anchor.page === undefined ? t('search.go') : t('search.page', { number: anchor.page })}
                </a>{' '}
              </>
            )}
            <span {...languageMarks({ lang: own, value: '', state: 'current' }, lang)}>
              {pieces.map(({ text, isFound }) => (isFound ? <mark>{text}</mark> : text))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
