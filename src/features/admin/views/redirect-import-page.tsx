import { Code, FactList, formatBytes, ImportForm, Notice, Section, to, WideTable } from '#ui/index.ts'
import type { FormState, PageContext } from '#ui/index.ts'
import type { RedirectImport } from '../actions-redirects.ts'
import { AdminFrame } from './frame.tsx'
import { TryButtons } from './try-buttons.tsx'

interface RedirectImportPageProps {
  readonly form: FormState
  readonly mostBytes: number
  readonly mostRows: number
  /** What came of a file that was sent. */
  readonly result: RedirectImport | null
}

/** So many refused rows are shown; the command line tells all of them. */
const SHOWN = 200

/** Brings in a table of redirects, after a look at what would come of it. */
export function RedirectImportPage({ form, mostBytes, mostRows, result }: RedirectImportPageProps) {
  const { context } = form
  const { t } = context
  const above = [{ label: t('admin.redirects.title'), href: to(context, 'admin/redirects') }]
  return (
    <AdminFrame context={context} title={t('admin.redirects.import')} above={above}>
      {result && <Outcome of={result} context={context} />}
      <p>{t('admin.redirects.import.intro')}</p>
      <ul>
        <li>{t('admin.redirects.import.columns')}</li>
        <li>{t('admin.redirects.import.targets')}</li>
        <li>{t('admin.redirects.import.most', { rows: mostRows, bytes: formatBytes(mostBytes, context.lang) })}</li>
      </ul>
      <ImportForm
        form={form}
        accept=".csv,.tsv,.txt,text/csv"
        options={[{ name: 'onlyGood', label: t('admin.import.onlyGood'), help: t('admin.import.onlyGood.help') }]}
      >
        <TryButtons context={context} />
      </ImportForm>
    </AdminFrame>
  )
}

function Outcome({ of, context }: { of: RedirectImport; context: PageContext }) {
  const { t } = context
  const number = (value: number) => new Intl.NumberFormat(context.lang).format(value)
  return (
    <Section title={t('admin.import.outcome')}>
      <Notice kind={of.refused.length > 0 ? 'warning' : 'good'}>
        {t(of.done ? 'admin.import.done' : of.refused.length > 0 ? 'admin.import.refused' : 'admin.import.tried')}
      </Notice>
      <FactList
        facts={[
          { term: t('admin.import.rows'), value: number(of.rows) },
          { term: t('admin.import.new'), value: number(of.added) },
          { term: t('admin.import.changed'), value: number(of.changed) },
          { term: t('admin.import.unchanged'), value: number(of.unchanged) },
          { term: t('admin.import.refusedRows'), value: number(of.refused.length) },
          of.encoding !== 'utf-8' && { term: t('admin.import.encoding'), value: of.encoding },
        ]}
      />
      {of.refused.length > 0 && <RefusedTable of={of} context={context} />}
    </Section>
  )
}

function RefusedTable({ of, context }: { of: RedirectImport; context: PageContext }) {
  const { t } = context
  const head = [t('admin.import.row'), t('admin.import.column'), t('admin.import.value'), t('admin.import.problem')]
  return (
    <>
      <WideTable label={t('admin.import.refusedRows')} head={head}>
        {of.refused.slice(0, SHOWN).map(({ row, column, value, problem }) => (
          <tr>
            <th scope="row">{row}</th>
            <td>{t(`admin.redirects.${column}`)}</td>
            <td>
              <Code>{value.slice(0, 300)}</Code>
            </td>
            <td>{t(`admin.redirects.problem.${problem}`)}</td>
          </tr>
        ))}
      </WideTable>
      {of.refused.length > SHOWN && <p>{t('admin.import.more', { count: of.refused.length - SHOWN })}</p>}
    </>
  )
}
