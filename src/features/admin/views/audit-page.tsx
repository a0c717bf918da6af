import { kindOfId } from '#features/records/index.ts'
import { isolate, type MessageKey } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Code, EmptyState, Field, type PageContext, Select, to, WideTable } from '#ui/index.ts'
import type { AuditLine } from '../audit.ts'
import { FilterForm } from './filter.tsx'
import { AdminFrame } from './frame.tsx'

export interface AuditChoice {
  readonly actor: string
  readonly deed: string
  readonly subject: string
  readonly from: string
  readonly to: string
}

interface AuditPageProps {
  readonly context: PageContext
  readonly lines: readonly AuditLine[]
  /** Names of accounts, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly choice: AuditChoice
  /** Where the next page begins. */
  readonly next: string | null
  readonly isFirst: boolean
}

/** Every deed the logs know, by what it is about. */
const deeds = {
  record: ['create', 'edit', 'publish', 'withdraw', 'link', 'unlink', 'import'],
  account: [
    'add',
    'invite',
    'revoke',
    'join',
    'grant',
    'suspend',
    'resume',
    'password',
    'email',
    'second-factor',
    'passkey',
    'sign-on',
    'end-visits',
    'consent',
    'rule',
    'erase',
  ],
  settings: ['change'],
  redirect: ['save', 'remove', 'import'],
  vocabulary: ['merge', 'import'],
  mail: ['retry', 'delete'],
  job: ['retry', 'cancel'],
} as const

const known = Object.entries(deeds).flatMap(([about, verbs]) => [about, ...verbs.map((verb) => `${about}.${verb}`)])

/** A deed in words; one that a later release knows stands as it is. */
function deedWords(deed: string, { t }: PageContext): string {
  return known.includes(deed) ? t(`admin.deed.${deed}` as MessageKey) : deed
}

/** The audit log: who did what to what, newest first. */
export function AuditPage({ context, lines, names, choice, next, isFirst }: AuditPageProps) {
  const { t } = context
  const query = (more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams(Object.entries({ ...choice, ...more }).filter(([, value]) => value !== '')).toString()
  const choices = known.map((value) => ({ value, label: deedWords(value, context) }))
  return (
    <AdminFrame context={context} title={t('admin.audit.title')}>
      <FilterForm context={context} action="admin/audit" label={t('admin.audit.filter')}>
        {(fresh) => {
          const form = fresh({ ...choice })
          return (
            <>
              <Field form={form} name="actor" label={t('admin.audit.who')} help={t('admin.audit.who.help')} />
              <Select form={form} name="deed" label={t('admin.audit.what')} choices={choices} />
              <Field form={form} name="subject" label={t('admin.audit.subject')} />
              <Field form={form} name="from" type="date" label={t('admin.audit.from')} />
              <Field form={form} name="to" type="date" label={t('admin.audit.to')} />
            </>
          )
        }}
      </FilterForm>
      <p>
        <a href={`${to(context, 'admin/audit.csv')}?${query()}`}>{t('admin.audit.export')}</a>
      </p>
      {lines.length === 0 ? (
        <EmptyState>{t('admin.audit.none')}</EmptyState>
      ) : (
        <WideTable
          label={t('admin.audit.title')}
          head={[
            t('admin.audit.when'),
            t('admin.audit.who'),
            t('admin.audit.what'),
            t('admin.audit.subject'),
            t('admin.audit.detail'),
          ]}
        >
          {lines.map((line) => (
            <Line of={line} names={names} context={context} />
          ))}
        </WideTable>
      )}
      <nav class="pages" aria-label={t('list.pages')}>
        {!isFirst && <a href={`${to(context, 'admin/audit')}?${query()}`}>{t('admin.audit.newest')}</a>}
        {next !== null && (
          <a href={`${to(context, 'admin/audit')}?${query({ after: next })}`} rel="next">
            {t('admin.audit.older')}
          </a>
        )}
      </nav>
    </AdminFrame>
  )
}

function Line({ of, names, context }: { of: AuditLine; names: ReadonlyMap<string, string>; context: PageContext }) {
  const { lang, hub } = context
  return (
    <tr>
      <th scope="row">
        <time datetime={of.at}>{formatInstant(of.at, lang, hub.timeZone)}</time>
      </th>
      <td>
        <Somebody id={of.actor} names={names} context={context} />
      </td>
      <td>{deedWords(of.deed, context)}</td>
      <td>{of.subject !== null && <Subject id={of.subject} names={names} context={context} />}</td>
      <td>
        {Object.entries(of.detail).map(([name, value]) => (
          <span>
            <Code>{`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`.slice(0, 300)}</Code>{' '}
          </span>
        ))}
      </td>
    </tr>
  )
}

interface NamedProps {
  readonly id: string
  readonly names: ReadonlyMap<string, string>
  readonly context: PageContext
}

function Somebody({ id, names, context }: NamedProps) {
  if (!id.startsWith('usr_')) return <Code>{id}</Code>
  return <a href={to(context, `admin/people/${id}`)}>{isolate(names.get(id) ?? id)}</a>
}

function Subject({ id, names, context }: NamedProps) {
  if (id.startsWith('usr_')) return <Somebody id={id} names={names} context={context} />
  if (!kindOfId(id)) return <Code>{id}</Code>
  return (
    <a href={to(context, `desk/records/${id}/history`)}>
      <Code>{id}</Code>
    </a>
  )
}
