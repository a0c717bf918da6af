import type { ComponentChildren } from 'preact'
import type { MessageKey } from '#platform/i18n/index.ts'
import { Breadcrumbs, Layout, Notice, to, type PageContext } from '#ui/index.ts'

interface Crumb {
  readonly label: string
  readonly href: string
}

interface FrameProps {
  readonly context: PageContext
  readonly title: string
  /** Pages between this one and the first of administration. */
  readonly above?: readonly Crumb[]
  /** What has just been done. */
  readonly done?: MessageKey | null
  readonly children: ComponentChildren
}

/** A page of administration: its way up, its heading, and what has just been done. */
export function AdminFrame({ context, title, above = [], done = null, children }: FrameProps) {
  const { t } = context
  return (
    <Layout context={context} title={title} area="desk">
      <Breadcrumbs above={[{ label: t('admin.title'), href: to(context, 'admin') }, ...above]} context={context} />
      <h1>{title}</h1>
      {done && <Notice kind="good">{t(done)}</Notice>}
      {children}
    </Layout>
  )
}

interface MaybeFormProps {
  readonly action: string
  readonly hasButtons: boolean
  readonly children: ComponentChildren
}

/** A list whose buttons change its order; a list of one has none, and is no form. */
export function MaybeForm({ action, hasButtons, children }: MaybeFormProps) {
  if (!hasButtons) return <>{children}</>
  return (
    <form method="post" action={action}>
      {children}
    </form>
  )
}
