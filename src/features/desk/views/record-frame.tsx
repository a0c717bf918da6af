import type { ComponentChildren } from 'preact'
import type { TextValue } from '#features/records/index.ts'
import { Breadcrumbs, languageMarks, Layout, Notice, Text, to, type PageContext } from '#ui/index.ts'
import type { DeskKind } from '../kind.ts'

/** A record as the frame around its screens shows it. */
export interface Framed {
  readonly id: string
  readonly kind: DeskKind
  readonly name: TextValue
  readonly status: 'draft' | 'published' | 'withdrawn'
  /** Its public page, when there is one. */
  readonly href: string | null
  readonly whole: { readonly id: string; readonly name: TextValue } | null
  readonly mayPublish: boolean
  /** The record that has taken its place, when it was merged. */
  readonly mergedInto: { readonly id: string; readonly name: TextValue } | null
}

interface RecordFrameProps {
  readonly context: PageContext
  readonly framed: Framed
  /** The screen that is shown, by its path below the record's address. */
  readonly screen: string
  /** Names the page, before the record's name. */
  readonly title: string
  readonly children: ComponentChildren
}

/** The address of a screen of a record. */
export const recordPath = (context: PageContext, id: string, screen = '') =>
  to(context, `desk/records/${id}${screen === '' ? '' : `/${screen}`}`)

/** What stands around every screen of a record: where it is, its name and state, and the other screens. */
export function RecordFrame({ context, framed, screen, title, children }: RecordFrameProps) {
  const { t, lang } = context
  const { kind, name, status, href, whole } = framed
  const above = [
    { label: t('desk.title'), href: to(context, 'desk') },
    { label: t(kind.plural), href: `${to(context, 'desk/records')}?kind=${kind.kind}` },
    ...(whole ? [{ label: whole.name, href: recordPath(context, whole.id) }] : []),
  ]
  return (
    <Layout context={context} area="desk" title={`${title}: ${name.value}`}>
      <Breadcrumbs above={above} context={context} />
      <p class="kicker">
        <span>{t(kind.label)}</span> <span class={`badge ${status}`}>{t(`desk.status.${status}`)}</span>
      </p>
      <h1 {...languageMarks(name, lang)}>{name.value}</h1>
      <nav class="tabs" aria-label={t('desk.screens')}>
        <ul>
          {screensOf(framed, context).map((one) => (
            <li>
              <a
                href={recordPath(context, framed.id, one.path)}
                aria-current={one.path === screen ? 'page' : undefined}
              >
                {one.label}
              </a>
            </li>
          ))}
          {href && (
            <li>
              <a href={href}>{t('desk.public')}</a>
            </li>
          )}
        </ul>
      </nav>
      {framed.mergedInto && <Merged into={framed.mergedInto} context={context} />}
      {children}
    </Layout>
  )
}

/** Says of a record that was merged where what it held is now. */
function Merged({ into, context }: { into: { id: string; name: TextValue }; context: PageContext }) {
  const { t, lang } = context
  return (
    <Notice kind="warning">
      <p>
        {t('desk.merged')}{' '}
        <a href={recordPath(context, into.id)}>
          <Text of={into.name} lang={lang} />
        </a>
      </p>
    </Notice>
  )
}

function screensOf({ kind, status, mayPublish }: Framed, { t }: PageContext): { path: string; label: string }[] {
  return [
    { path: '', label: t('desk.edit') },
    ...(kind.screens ?? []).map(({ path, label }) => ({ path, label: t(label) })),
    { path: 'history', label: t('desk.history') },
    { path: 'preview', label: t('desk.previews') },
    ...(mayPublish ? [{ path: 'publish', label: t(status === 'published' ? 'desk.published' : 'desk.publish') }] : []),
  ]
}
