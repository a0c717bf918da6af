import { isolate } from '#platform/i18n/index.ts'
import { Code, FactList, formatBytes, ImportForm, Notice, Section, to, WideTable } from '#ui/index.ts'
import type { FormState, PageContext } from '#ui/index.ts'
import type { VocabularyImport } from '../actions-vocabularies.ts'
import { AdminFrame } from './frame.tsx'
import { TryButtons } from './try-buttons.tsx'

interface VocabularyImportPageProps {
  readonly form: FormState
  readonly mostBytes: number
  readonly result: VocabularyImport | null
  /** Why a file could not be read, and where. */
  readonly fault: { readonly line: number | null; readonly why: string } | null
}

/** So many lines of each list are shown. */
const SHOWN = 200

/** Brings in a vocabulary as SKOS, after a look at what would come of it. */
export function VocabularyImportPage({ form, mostBytes, result, fault }: VocabularyImportPageProps) {
  const { context } = form
  const { t } = context
  const above = [{ label: t('admin.vocabularies.title'), href: to(context, 'admin/vocabularies') }]
  return (
    <AdminFrame context={context} title={t('admin.skos.title')} above={above}>
      {fault && (
        <Notice kind="warning" title={t('admin.skos.unreadable')}>
          <p>
            {fault.line !== null && `${t('admin.skos.line', { line: fault.line })} `}
            <span lang="en" dir="ltr">
              {fault.why}
            </span>
          </p>
        </Notice>
      )}
      {result && <Outcome of={result} context={context} />}
      <p>{t('admin.skos.intro')}</p>
      <p>{t('admin.skos.most', { bytes: formatBytes(mostBytes, context.lang) })}</p>
      <ImportForm
        form={form}
        accept=".ttl,.jsonld,.json"
        options={[{ name: 'publish', label: t('admin.skos.publish'), help: t('admin.skos.publish.help') }]}
      >
        <TryButtons context={context} />
      </ImportForm>
    </AdminFrame>
  )
}

function Outcome({ of: { plan }, context }: { of: VocabularyImport; context: PageContext }) {
  const { t, lang } = context
  const count = (outcome: string) => {
    return new Intl.NumberFormat(lang).format(plan.items.filter((item) => item.outcome === outcome).length)
  }
  const isBad = plan.problems.length > 0
  return (
    <Section title={t('admin.import.outcome')}>
      <Notice kind={isBad ? 'warning' : 'good'}>{t(isBad ? 'admin.skos.refused' : 'admin.import.tried')}</Notice>
      <FactList
        facts={[
          { term: t('admin.import.new'), value: count('new') },
          { term: t('admin.import.changed'), value: count('changed') },
          { term: t('admin.import.unchanged'), value: count('same') },
          { term: t('admin.skos.left'), value: new Intl.NumberFormat(lang).format(plan.left.length) },
        ]}
      />
      <Problems of={plan.problems} context={context} />
      <Changes of={plan.items.filter(({ outcome }) => outcome !== 'same')} context={context} />
      {plan.unknown.length > 0 && (
        <>
          <h3>{t('admin.skos.unknown')}</h3>
          <ul>
            {plan.unknown.slice(0, SHOWN).map(({ name, count }) => (
              <li>
                <Code>{name}</Code> × {count}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

function Problems({ of, context }: { of: VocabularyImport['plan']['problems']; context: PageContext }) {
  const { t } = context
  if (of.length === 0) return null
  const head = [t('admin.skos.term'), t('admin.import.problem'), t('admin.import.value')]
  return (
    <>
      <h3>{t('admin.import.problem')}</h3>
      <WideTable label={t('admin.import.problem')} head={head}>
        {of.slice(0, SHOWN).map(({ about, problem, value }) => (
          <tr>
            <th scope="row">
              <Code>{about}</Code>
            </th>
            <td>{t(`admin.skos.problem.${problem}`)}</td>
            <td>{value !== '' && <Code>{value.slice(0, 300)}</Code>}</td>
          </tr>
        ))}
      </WideTable>
    </>
  )
}

function Changes({ of, context }: { of: VocabularyImport['plan']['items']; context: PageContext }) {
  const { t } = context
  if (of.length === 0) return null
  const head = [t('admin.skos.term'), t('admin.skos.outcome'), t('admin.skos.written')]
  return (
    <>
      <h3>{t('admin.skos.written')}</h3>
      <WideTable label={t('admin.skos.written')} head={head}>
        {of.slice(0, SHOWN).map(({ key, outcome, changes }) => (
          <tr>
            <th scope="row">
              <Code>{key}</Code>
            </th>
            <td>{t(`admin.skos.outcome.${outcome}`)}</td>
            <td>{isolate(changes.join(', '))}</td>
          </tr>
        ))}
      </WideTable>
      {of.length > SHOWN && <p>{t('admin.import.more', { count: of.length - SHOWN })}</p>}
    </>
  )
}
