import { isolate, type MessageKey } from '#platform/i18n/index.ts'
import { formatDay } from '#platform/time.ts'
import {
  Button,
  Buttons,
  Code,
  EmptyState,
  Field,
  Form,
  type FormState,
  freshForm,
  Hidden,
  type PageContext,
  Pagination,
  Section,
  to,
  WideTable,
} from '#ui/index.ts'
import type { RedirectLine } from '../store-redirects.ts'
import { AdminFrame } from './frame.tsx'
import { FilterForm } from './filter.tsx'

export interface RedirectChoice {
  readonly text: string
  readonly order: 'path' | 'hits'
  readonly page: number
}

interface RedirectsPageProps {
  /** The form that adds one. */
  readonly form: FormState
  readonly items: readonly RedirectLine[]
  readonly total: number
  readonly pages: number
  readonly choice: RedirectChoice
  readonly done: MessageKey | null
}

/** Addresses of a former site, where they lead and how often they are asked for. */
export function RedirectsPage({ form, items, total, pages, choice, done }: RedirectsPageProps) {
  const { context } = form
  const { t } = context
  const href = (page: number, order = choice.order) => {
    const query = new URLSearchParams({ q: choice.text, order, page: String(page) })
    return `${to(context, 'admin/redirects')}?${query}`
  }
  return (
    <AdminFrame context={context} title={t('admin.redirects.title')} done={done}>
      <p>{t('admin.redirects.intro')}</p>
      <p>
        <a href={to(context, 'admin/redirects/import')}>{t('admin.redirects.import')}</a>
        {' · '}
        <a href={to(context, 'admin/redirects.csv')}>{t('admin.redirects.export')}</a>
      </p>
      <FilterForm context={context} action="admin/redirects" label={t('admin.redirects.filter')}>
        {(fresh) => <Field form={fresh({ q: choice.text })} name="q" type="search" label={t('admin.redirects.text')} />}
      </FilterForm>
      {total === 0 ? (
        <EmptyState>{t(choice.text === '' ? 'admin.redirects.none' : 'admin.redirects.noneFound')}</EmptyState>
      ) : (
        <>
          <p>
            {t('admin.redirects.count', { count: total })}
            {' · '}
            {choice.order === 'path' ? (
              <a href={href(1, 'hits')}>{t('admin.redirects.byHits')}</a>
            ) : (
              <a href={href(1, 'path')}>{t('admin.redirects.byPath')}</a>
            )}
          </p>
          <RedirectTable items={items} context={context} />
          <Pagination page={choice.page} pages={pages} href={href} context={context} />
        </>
      )}
      <Section title={t('admin.redirects.add')} id="add">
        <RedirectForm form={form} />
      </Section>
    </AdminFrame>
  )
}

function RedirectTable({ items, context }: { items: readonly RedirectLine[]; context: PageContext }) {
  const { t, lang } = context
  const number = new Intl.NumberFormat(lang)
  const head = [
    t('admin.redirects.path'),
    t('admin.redirects.target'),
    t('admin.redirects.hits'),
    t('admin.redirects.lastHit'),
    t('admin.actions'),
  ]
  return (
    <WideTable label={t('admin.redirects.title')} head={head}>
      {items.map(({ path, target, hits, lastHitOn }) => (
        <tr>
          <th scope="row">
            <Code>{path}</Code>
          </th>
          <td>
            <a href={target} rel="nofollow">
              <Code>{target}</Code>
            </a>
          </td>
          <td>{number.format(hits)}</td>
          <td>{lastHitOn === null ? t('admin.never') : formatDay(lastHitOn, lang, 'short')}</td>
          <td>
            <form method="post" action={to(context, 'admin/redirects/remove')}>
              <Hidden name="path" value={path} />
              <Button kind="danger" label={t('admin.remove.one', { name: isolate(path) })}>
                {t('admin.remove')}
              </Button>
            </form>
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function RedirectForm({ form }: { form: FormState }) {
  const { context } = form
  const { t } = context
  return (
    <Form form={form} action={to(context, 'admin/redirects')}>
      <Field form={form} name="path" required label={t('admin.redirects.path')} help={t('admin.redirects.path.help')} />
      <Field
        form={form}
        name="target"
        required
        label={t('admin.redirects.target')}
        help={t('admin.redirects.target.help')}
      />
      <Buttons>
        <Button>{t('admin.add')}</Button>
      </Buttons>
    </Form>
  )
}

/** A form with nothing in it. */
export const emptyRedirect = (context: PageContext) => freshForm(context, { path: '', target: '' })
