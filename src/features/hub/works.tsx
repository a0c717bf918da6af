import { PublicationSection, type LibraryDeps, type Works } from '#features/library/index.ts'
import type { SearchDb } from '#features/search/index.ts'
import type { SeminarDeps } from '#features/seminars/index.ts'
import { to, type PageContext } from '#ui/index.ts'

/** The handles of all that the hub's own pages draw on. */
export type HubDeps = SeminarDeps & LibraryDeps & { readonly search: SearchDb }

interface WorksProps {
  readonly title: string
  readonly works: Works
  /** The filter of the library that has them all. */
  readonly by: Readonly<Record<string, string>>
  readonly context: PageContext
}

/** The publications of a page about something else, and the way to all of them when there are more; nothing when there are none. */
export function worksSection({ title, works, by, context }: WorksProps) {
  if (works.items.length === 0) return null
  const href = `${to(context, 'library')}?${new URLSearchParams(by)}`
  const all = works.hasMore ? { label: context.t('library.allOfThese'), href } : null
  return <PublicationSection title={title} publications={works.items} all={all} context={context} />
}

/** The newest publications, with the way to the library. */
export function LatestWorks({ publications, context }: { publications: Works['items']; context: PageContext }) {
  const { t } = context
  const all = { label: t('library.all'), href: to(context, 'library') }
  return <PublicationSection title={t('home.publications')} publications={publications} all={all} context={context} />
}
