import type { MessageKey } from '#platform/i18n/index.ts'
import { Layout, to, type PageContext } from '#ui/index.ts'

/** What an area of administration is called, where it is, and how it stands in a line. */
export interface AreaLine {
  readonly path: string
  readonly title: MessageKey
  readonly state: string
  /** Something there wants looking at. */
  readonly urgent?: boolean
}

/** The first page of administration: each area with its state in a line. */
export function OverviewPage({ context, areas }: { context: PageContext; areas: readonly AreaLine[] }) {
  const { t } = context
  return (
    <Layout context={context} title={t('admin.title')} area="desk">
      <h1>{t('admin.title')}</h1>
      <ul class="areas">
        {areas.map(({ path, title, state, urgent }) => (
          <li>
            <h2>
              <a href={to(context, `admin/${path}`)}>{t(title)}</a>
            </h2>
            <p class={urgent ? 'problem' : 'help'}>{state}</p>
          </li>
        ))}
      </ul>
    </Layout>
  )
}
