import { kinds } from '#features/records/index.ts'
import { languageName, type MessageKey } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  FileField,
  Form,
  Layout,
  Notice,
  Select,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { SeriesChoice } from '../deps.ts'
import type { Exported } from '../exchange.ts'
import type { KeptImport } from '../store.ts'
import type { XliffFault } from '../xliff/index.ts'
import { kindLabel } from './labels.tsx'

/** Why a file that was sent is not read. */
export type FileFault =
  | { readonly fault: XliffFault; readonly line: number; readonly detail: string }
  | { readonly fault: 'none' }
  | { readonly fault: 'notYours'; readonly lang: string }

interface ExchangePageProps {
  readonly context: PageContext
  /** What goes out, as it was asked for. */
  readonly wanted: FormState
  readonly sent: FormState
  readonly mine: readonly string[]
  readonly series: readonly SeriesChoice[]
  readonly imports: readonly KeptImport[]
  readonly refused: (Exported & { ok: false }) | null
  readonly fault: FileFault | null
}

/** Texts go out to an agency as XLIFF, and come back. */
export function ExchangePage(props: ExchangePageProps) {
  const { context, sent, imports, fault } = props
  const { t, lang } = context
  return (
    <Layout context={context} area="desk" title={t('xliff.title')}>
      <Breadcrumbs
        above={[{ label: t('translation.title'), href: to(context, 'desk/translation') }]}
        context={context}
      />
      <h1>{t('xliff.title')}</h1>
      <p class="lede">{t('xliff.lede')}</p>
      <h2>{t('xliff.out')}</h2>
      <ExportForm {...props} />
      <h2>{t('xliff.in')}</h2>
      {fault && (
        <Notice kind="warning" title={t('xliff.refused')}>
          {describeFault(fault, context)}
        </Notice>
      )}
      <Form form={sent} action={to(context, 'desk/translation/exchange')} multipart>
        <FileField
          form={sent}
          name="file"
          label={t('xliff.file')}
          help={t('xliff.file.help')}
          required
          accept=".xlf,.xliff"
        />
        <Buttons>
          <Button>{t('xliff.read')}</Button>
        </Buttons>
      </Form>
      {imports.length > 0 && (
        <>
          <h2>{t('xliff.imports')}</h2>
          <ul>
            {imports.map((one) => (
              <li>
                <a href={to(context, `desk/translation/imports/${one.id}`)}>
                  <bdi>{one.fileName}</bdi>
                </a>{' '}
                <small>
                  {languageName(one.lang, lang)} · {formatInstant(one.sentAt, lang, context.hub.timeZone)} ·{' '}
                  {t(one.appliedAt === null ? 'xliff.waiting' : 'xliff.applied')}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </Layout>
  )
}

function ExportForm({ context, wanted, mine, series, refused }: ExchangePageProps) {
  const { t, lang } = context
  const named = (langs: readonly string[]) => langs.map((value) => ({ value, label: languageName(value, lang) }))
  return (
    <form method="get" action={to(context, 'desk/translation/export.xlf')} class="filters">
      {refused && (
        <div class="notice warning" role="alert">
          <p>{describeRefusal(refused, context)}</p>
        </div>
      )}
      <Select form={wanted} name="into" label={t('xliff.into')} required choices={named(mine)} />
      <Select
        form={wanted}
        name="from"
        label={t('xliff.from')}
        none={t('translation.filter.any')}
        choices={named(context.hub.languages)}
      />
      <Select
        form={wanted}
        name="what"
        label={t('xliff.what')}
        none={t('translation.need.work')}
        choices={[{ value: 'all', label: t('xliff.what.all') }]}
      />
      <Select
        form={wanted}
        name="kind"
        label={t('translation.filter.kind')}
        none={t('translation.filter.any')}
        choices={kinds.map(({ kind }) => ({ value: kind, label: kindLabel(kind, context) }))}
      />
      <Select
        form={wanted}
        name="series"
        label={t('translation.filter.series')}
        none={t('translation.filter.any')}
        choices={series.map(({ id, name }) => ({ value: id, label: name.value }))}
      />
      <Buttons>
        <Button>{t('xliff.export')}</Button>
      </Buttons>
    </form>
  )
}

function describeRefusal(refused: Exported & { ok: false }, { t, lang }: PageContext): string {
  if (refused.reason !== 'languages') return t(refused.reason === 'large' ? 'xliff.out.large' : 'xliff.out.nothing')
  const names = refused.langs.map((one) => languageName(one, lang))
  return t('xliff.out.languages', { languages: new Intl.ListFormat(lang).format(names) })
}

const faults: Readonly<Record<XliffFault, MessageKey>> = {
  large: 'xliff.fault.large',
  encoding: 'xliff.fault.encoding',
  doctype: 'xliff.fault.doctype',
  entity: 'xliff.fault.entity',
  cut: 'xliff.fault.cut',
  deep: 'xliff.fault.deep',
  malformed: 'xliff.fault.malformed',
  other: 'xliff.fault.other',
  version: 'xliff.fault.version',
  languages: 'xliff.fault.languages',
}

/** Why a file is not read, with its place. */
export function describeFault(fault: FileFault, { t, lang }: Pick<PageContext, 't' | 'lang'>): string {
  if (fault.fault === 'none') return t('xliff.fault.none')
  if (fault.fault === 'notYours') return t('xliff.fault.notYours', { language: languageName(fault.lang, lang) })
  return t('xliff.fault.place', { line: fault.line, problem: t(faults[fault.fault], { detail: fault.detail }) })
}
