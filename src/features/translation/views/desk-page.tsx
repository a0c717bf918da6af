import { kinds } from '#features/records/index.ts'
import { direction, languageName } from '#platform/i18n/index.ts'
import { dayOf, formatDay } from '#platform/time.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Field,
  freshForm,
  Layout,
  Notice,
  Pagination,
  Select,
  Text,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { SeriesChoice } from '../deps.ts'
import type { Cell, DeskRow, Progress } from '../domain.ts'
import { kindLabel, StateMark } from './labels.tsx'

/** What the table was asked for, as it stands in the address. */
export interface AskedFor {
  readonly kind: string
  readonly series: string
  readonly lang: string
  readonly need: string
  readonly age: string
  readonly q: string
  readonly sort: string
}

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
      <Filters {...props} />
      <h2 id="texts">{t('translation.count', { count: total })}</h2>
      {rows.length === 0 ? (
        <EmptyState action={{ label: t('translation.showAll'), href: to(context, 'desk/translation') }}>
          {t('translation.empty')}
        </EmptyState>
      ) : (
        <Table rows={rows} langs={progress.map((one) => one.lang)} mine={mine} context={context} />
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

/** The address of the table, narrowed as asked and further. */
export function deskHref(
  context: PageContext,
  asked: Partial<AskedFor>,
  more: Partial<AskedFor> & { page?: number } = {},
): string {
  const { page = 1, ...rest } = { ...asked, ...more }
  const entries = Object.entries(rest).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams([...entries, ...(page > 1 ? [['page', String(page)]] : [])])
  return to(context, query.size === 0 ? 'desk/translation' : `desk/translation?${query}`)
}

interface ProgressProps {
  readonly progress: readonly Progress[]
  readonly asked: AskedFor
  readonly mine: readonly string[]
  readonly context: PageContext
}

function ProgressTable({ progress, asked, mine, context }: ProgressProps) {
  const { t, lang } = context
  const count = (of: Progress, need: 'behind' | 'machine' | 'missing') =>
    of[need] === 0 ? (
      '0'
    ) : (
      <a href={deskHref(context, { kind: asked.kind, series: asked.series }, { lang: of.lang, need })}>
        {t('translation.number', { count: of[need] })}
      </a>
    )
  return (
    <section>
      <h2>{t('translation.progress')}</h2>
      <div class="scroll">
        <table class="wide">
          <thead>
            <tr>
              <th scope="col">{t('languages.language')}</th>
              <th scope="col">{t('translation.done')}</th>
              <th scope="col">{t('translation.state.behind')}</th>
              <th scope="col">{t('translation.state.machine')}</th>
              <th scope="col">{t('translation.state.missing')}</th>
              <th scope="col">{t('translation.work')}</th>
            </tr>
          </thead>
          <tbody>
            {progress.map((one) => (
              <tr>
                <th scope="row">{languageName(one.lang, lang)}</th>
                <td>
                  <ProgressBar of={one} context={context} />
                </td>
                <td>{count(one, 'behind')}</td>
                <td>{count(one, 'machine')}</td>
                <td>{count(one, 'missing')}</td>
                <td>
                  {mine.includes(one.lang) && one.current < one.total && (
                    <a
                      href={to(context, `desk/translation/next?lang=${one.lang}`)}
                      aria-label={t('translation.startIn', { language: languageName(one.lang, lang) })}
                    >
                      {t('translation.start')}
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function ProgressBar({ of: { lang: of, current, total }, context }: { of: Progress; context: PageContext }) {
  const { t, lang } = context
  const share = total === 0 ? 0 : current / total
  const label = t('translation.doneIn', { language: languageName(of, lang) })
  return (
    <>
      <progress value={current} max={Math.max(1, total)} aria-label={label}></progress>{' '}
      <small>{t('translation.share', { share: Math.floor(share * 100) / 100, current, total })}</small>
    </>
  )
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

interface TableProps {
  readonly rows: readonly DeskRow[]
  readonly langs: readonly string[]
  readonly mine: readonly string[]
  readonly context: PageContext
}

function Table({ rows, langs, mine, context }: TableProps) {
  const { t, lang } = context
  return (
    <div class="scroll">
      <table class="wide desk-table" aria-labelledby="texts">
        <thead>
          <tr>
            <th scope="col">{t('translation.record')}</th>
            {langs.map((one) => (
              <th scope="col">{languageName(one, lang)}</th>
            ))}
            <th scope="col">{t('translation.sourceAt')}</th>
            <th scope="col">{t('translation.views')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <Text of={row.name} lang={lang} />
                <small>
                  {' '}
                  {kindLabel(row.kind, context)}
                  {row.status === 'draft' && <> · {t('translation.draft')}</>}
                  {row.isSoon && <> · {t('translation.soon')}</>}
                </small>
              </th>
              {row.cells.map((cell) => (
                <td>
                  <CellLink row={row} cell={cell} isMine={mine.includes(cell.lang)} context={context} />
                </td>
              ))}
              <td>{formatDay(dayOf(row.sourceAt, context.hub.timeZone), lang, 'short')}</td>
              <td>{t('translation.number', { count: row.views })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The state of one record in one language; for those who write it, the way to its texts. */
function CellLink({ row, cell, isMine, context }: { row: DeskRow; cell: Cell; isMine: boolean; context: PageContext }) {
  const { t } = context
  const mark = (
    <>
      <StateMark state={cell.state} context={context} />
      {cell.missing > 0 && cell.state !== 'source' && (
        <small> {t('translation.missingParts', { count: cell.missing })}</small>
      )}
    </>
  )
  if (!isMine || cell.state === 'source') return mark
  return <a href={to(context, `desk/translation/${row.id}/${cell.lang}`)}>{mark}</a>
}

/** `lang` and `dir` of a language's own words. */
export const marksOf = (lang: string) => ({ lang, dir: direction(lang) })
