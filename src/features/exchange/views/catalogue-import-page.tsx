import type { TextValue } from '#features/records/index.ts'
import { isolate, type MessageKey } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  Form,
  freshForm,
  Layout,
  Notice,
  Pagination,
  Section,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { CatalogueImport } from '../catalogue-desk/store.ts'
import { decisionField } from '../catalogue-desk/decisions.ts'
import { rowFilters, type ListedRow, type RowCounts, type RowFilter } from '../catalogue-desk/store-rows.ts'
import { CatalogueRows } from './catalogue-rows.tsx'
import { describeProblem } from './catalogue-words.ts'

export interface CatalogueImportPageProps {
  readonly context: PageContext
  readonly of: CatalogueImport
  readonly counts: RowCounts
  readonly rows: readonly ListedRow[]
  /** What the publications of the hub are called that rows are about. */
  readonly names: ReadonlyMap<string, TextValue>
  readonly choice: { readonly show: RowFilter; readonly page: number; readonly pages: number }
  /** Why what was just asked for was not done. */
  readonly refused: MessageKey | null
}

/** Seconds between two looks at work that goes on. */
const SECONDS = 3

const isAtWork = ({ state }: CatalogueImport) => state === 'comparing' || state === 'writing'

/** One catalogue: how far it is, what would come of each row, and what came of it. */
export function CatalogueImportPage(props: CatalogueImportPageProps) {
  const { context, of } = props
  const { t } = context
  const above = [
    { label: t('desk.title'), href: to(context, 'desk') },
    { label: t('import.title'), href: to(context, 'desk/import/publications') },
  ]
  return (
    <Layout
      context={context}
      area="desk"
      title={`${of.name} · ${t('import.title')}`}
      {...(isAtWork(of) && { refresh: SECONDS })}
    >
      <Breadcrumbs above={above} context={context} />
      <p class="kicker">{t(`import.state.${of.state}`)}</p>
      <h1>
        <bdi>{of.name}</bdi>
      </h1>
      {props.refused && <Notice kind="warning">{t(props.refused, { count: props.counts.of.refused })}</Notice>}
      {isAtWork(of) ? <AtWork {...props} /> : <Outcome {...props} />}
    </Layout>
  )
}

function AtWork({ context, of: { state, done, total } }: CatalogueImportPageProps) {
  const { t } = context
  const title = t(`import.state.${state}`)
  return (
    <>
      <job-progress seconds={String(SECONDS)}>
        <p>
          {total === null ? (
            t('import.reading')
          ) : (
            <>
              <progress max={Math.max(1, total)} value={done} aria-label={title}></progress>{' '}
              {t('import.progress', { done, total })}
            </>
          )}
        </p>
      </job-progress>
      <p class="help">{t('import.leave')}</p>
    </>
  )
}

function Outcome(props: CatalogueImportPageProps) {
  const { context, of, counts } = props
  const { t } = context
  if (of.state === 'unreadable') return <Unreadable {...props} />
  const rows = of.total ?? 0
  return (
    <>
      {of.state === 'failed' && <Notice kind="warning">{t('import.failed')}</Notice>}
      {of.state === 'done' && <Notice kind="good">{t('import.done', { count: counts.written, rows })}</Notice>}
      {of.state === 'compared' && <Decision {...props} />}
      {of.problems.length > 0 && (
        <Notice kind="warning" title={t('import.inFile')}>
          <ul>
            {of.problems.slice(0, 50).map((problem) => (
              <li>{describeProblem(problem, context)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Section title={t('import.rows')}>
        <Shown {...props} />
        <Rows {...props} />
        <Pagination {...props.choice} context={context} href={(page) => hrefOf(props, props.choice.show, page)} />
      </Section>
    </>
  )
}

/** The rows on this page that can be decided on. */
const listOpen = ({ of, rows }: Pick<CatalogueImportPageProps, 'of' | 'rows'>) =>
  of.state === 'compared' ? rows.filter(({ line }) => line.outcome === 'duplicate') : []

/** The form of the rows: what is chosen in it goes along when all is written. */
const ROWS_FORM = 'rows'

/** The rows; those that may be there already can be decided on while the catalogue waits for it. */
function Rows(props: CatalogueImportPageProps) {
  const { context, of, rows } = props
  const open = listOpen({ of, rows })
  if (open.length === 0) return <CatalogueRows {...props} form={null} />
  const values = open.map(({ number, decision }) => [decisionField(number), decision ?? 'leave'])
  const form = freshForm(context, Object.fromEntries(values))
  return (
    <Form form={form} class="decisions" id={ROWS_FORM}>
      <CatalogueRows {...props} form={form} />
      <Buttons>
        <Button name="do" value="keep">
          {context.t('import.decide.keep')}
        </Button>
      </Buttons>
    </Form>
  )
}

function Unreadable({ context, of: { fault, faultLine } }: CatalogueImportPageProps) {
  const { t } = context
  return (
    <>
      <Notice kind="warning" title={t('import.state.unreadable')}>
        <p>
          {faultLine !== null && `${t('import.line', { line: faultLine })} `}
          {t(`import.fault.${fault ?? 'broken'}`)}
        </p>
      </Notice>
      <p>
        <a href={to(context, 'desk/import/publications')}>{t('import.another')}</a>
      </p>
    </>
  )
}

/** All, the good rows, or nothing. */
function Decision({ context, of, counts, rows }: CatalogueImportPageProps) {
  const { t } = context
  const { refused, duplicate } = counts.of
  const count = counts.of.new + counts.of.changed + counts.decided
  return (
    <>
      <Notice kind={refused > 0 ? 'warning' : 'info'}>
        <p>{count === 0 ? t('import.nothing') : t('import.compared', { count })}</p>
        {refused > 0 && <p>{t('import.refusedSome', { count: refused })}</p>}
        {duplicate > counts.decided && <p>{t('import.undecided', { count: duplicate - counts.decided })}</p>}
      </Notice>
      {count > 0 && <p>{t(of.publish ? 'import.willPublish' : 'import.willDraft')}</p>}
      <Form form={freshForm(context, {})}>
        <Buttons>
          {count > 0 && (
            <Button
              name="do"
              value={refused > 0 ? 'good' : 'all'}
              {...(listOpen({ of, rows }).length > 0 && { form: ROWS_FORM })}
            >
              {t(refused > 0 ? 'import.good' : 'import.all', { count })}
            </Button>
          )}
          <Button kind="plain" name="do" value="discard">
            {t('import.discard')}
          </Button>
        </Buttons>
      </Form>
    </>
  )
}

function hrefOf({ context, of }: CatalogueImportPageProps, show: RowFilter, page: number): string {
  const query = new URLSearchParams({ ...(show !== 'all' && { show }), ...(page > 1 && { page: String(page) }) })
  return `${to(context, `desk/import/publications/${of.id}`)}${query.size > 0 ? `?${query.toString()}` : ''}`
}

/** The kinds of rows there are, each with how many. */
function Shown(props: CatalogueImportPageProps) {
  const { context, counts, of, choice } = props
  const { t } = context
  const countOf = (filter: RowFilter) =>
    filter === 'all' ? (of.total ?? 0) : filter === 'noted' ? counts.noted : counts.of[filter]
  return (
    <nav class="tabs" aria-label={t('import.show')}>
      <ul>
        {rowFilters.map((filter) => {
          const count = countOf(filter)
          if (count === 0 && filter !== 'all') return null
          return (
            <li>
              <a href={hrefOf(props, filter, 1)} aria-current={filter === choice.show ? 'page' : undefined}>
                {t(`import.show.${filter}`)} {isolate(t('translation.number', { count }))}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
