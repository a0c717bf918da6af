import { kinds } from '#features/records/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Field,
  freshForm,
  Layout,
  Notice,
  Pagination,
  Section,
  Select,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { SeriesChoice, WantedWords } from '../deps.ts'
import type { DeskRow, Progress } from '../domain.ts'
import { deskHref, type AskedFor } from './desk-address.ts'
import { DeskTable } from './desk-table.tsx'
import { kindLabel } from './labels.tsx'
import { ProgressTable } from './progress-table.tsx'

interface DeskPageProps {
  readonly context: PageContext
  readonly asked: AskedFor
  readonly rows: readonly DeskRow[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly progress: readonly Progress[]
  readonly series: readonly SeriesChoice[]
  /** Languages this person writes. */
  readonly mine: readonly string[]
  /** What readers of those look for in vain. */
  readonly wanted: readonly WantedWords[]
  /** Nothing is left to do in this language. */
  readonly done: string | null
}

/** The translation desk: how far every record is in every language. */
export function DeskPage(props: DeskPageProps) {
  const { context, asked, rows, total, page, pages, progress, mine, done } = props
  const { t, lang } = context
  return (
    <Layout context={context} area="desk" title={t('translation.title')}>
      <h1>{t('translation.title')}</h1>
      <p>
        <a href={to(context, 'desk/translation/exchange')}>{t('xliff.title')}</a>
      </p>
      {done !== null && <Notice kind="good">{t('translation.allDone', { language: languageName(done, lang) })}</Notice>}
      <ProgressTable progress={progress} asked={asked} mine={mine} context={context} />
      <WantedSection wanted={props.wanted} context={context} />
      <Filters {...props} />
      <h2 id="texts">{t('translation.count', { count: total })}</h2>
      {rows.length === 0 ? (
        <NothingThere isNarrowed={Object.values(asked).some((value) => value !== '')} context={context} />
      ) : (
        <DeskTable rows={rows} langs={progress.map((one) => one.lang)} mine={mine} context={context} />
      )}
      <Pagination
        page={page}
        pages={pages}
        href={(number) => deskHref(context, asked, { page: number })}
        context={context}
      />
    </Layout>
  )
}

/** What readers look for in vain in the languages that this person writes. */
function WantedSection({ wanted, context }: Pick<DeskPageProps, 'wanted' | 'context'>) {
  const { t, lang } = context
  if (wanted.length === 0) return null
  return (
    <Section title={t('translation.wanted')}>
      <p>{t('translation.wanted.intro')}</p>
      <ul>
        {wanted.map(({ lang: own, words, note }) => (
          <li>
            <a href={`/${own}/search?${new URLSearchParams({ q: words })}`}>
              <bdi lang={own}>{words}</bdi>
            </a>{' '}
            <small>{languageName(own, lang)}</small>
            {note !== '' && <p class="help">{note}</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Why there is no line: too much was asked for, or nothing has been written yet. */
function NothingThere({ isNarrowed, context }: { isNarrowed: boolean; context: PageContext }) {
  const { t } = context
  if (!isNarrowed) return <EmptyState>{t('translation.nothing')}</EmptyState>
  const action = { label: t('translation.showAll'), href: to(context, 'desk/translation') }
  return <EmptyState action={action}>{t('translation.empty')}</EmptyState>
}

const needs = ['work', 'behind', 'machine', 'missing', 'current'] as const
const ages = ['week', 'month', 'quarter', 'year'] as const

function Filters({ context, asked, series, progress }: DeskPageProps) {
  const { t, lang } = context
  const form = freshForm(context, { ...asked })
  return (
    <form method="get" action={to(context, 'desk/translation')} class="filters">
      <Field form={form} name="q" type="search" label={t('translation.filter.words')} maxLength={200} />
      <Select
        form={form}
        name="lang"
        label={t('languages.language')}
        none={t('translation.filter.any')}
        choices={progress.map((one) => ({ value: one.lang, label: languageName(one.lang, lang) }))}
      />
      <Select
        form={form}
        name="need"
        label={t('languages.state')}
        none={t('translation.filter.any')}
        choices={needs.map((value) => ({ value, label: t(`translation.need.${value}`) }))}
      />
      <Select
        form={form}
        name="kind"
        label={t('translation.filter.kind')}
        none={t('translation.filter.any')}
        choices={kinds.map(({ kind }) => ({ value: kind, label: kindLabel(kind, context) }))}
      />
      <Select
        form={form}
        name="series"
        label={t('translation.filter.series')}
        none={t('translation.filter.any')}
        choices={series.map(({ id, name }) => ({ value: id, label: name.value }))}
      />
      <Select
        form={form}
        name="age"
        label={t('translation.filter.age')}
        none={t('translation.filter.any')}
        choices={ages.map((value) => ({ value, label: t(`translation.age.${value}`) }))}
      />
      <Select
        form={form}
        name="sort"
        label={t('translation.filter.sort')}
        none={t('translation.sort.importance')}
        choices={[{ value: 'age', label: t('translation.sort.age') }]}
      />
      <Buttons>
        <Button>{t('translation.filter.show')}</Button>
        <a href={to(context, 'desk/translation')}>{t('translation.showAll')}</a>
      </Buttons>
    </form>
  )
}
