import type { ComponentChildren } from 'preact'
import { regionName } from '#platform/i18n/index.ts'
import { Icon } from './icon.tsx'
import { Text } from './text.tsx'
import { to, type PageContext } from './context.ts'
import type { Words } from './values.ts'

interface Crumb {
  readonly label: string | Words
  readonly href: string
}

/** Where the page stands: the pages above it, nearest last. The page itself is its heading and is not repeated. */
export function Breadcrumbs({ above, context }: { above: readonly Crumb[]; context: PageContext }) {
  return (
    <nav class="crumbs" aria-label={context.t('layout.breadcrumbs')}>
      <ol>
        {above.map((crumb) => (
          <li>
            <a href={crumb.href}>
              {typeof crumb.label === 'string' ? crumb.label : <Text of={crumb.label} lang={context.lang} />}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface PaginationProps {
  readonly page: number
  readonly pages: number
  /** Address of a page of the list. */
  readonly href: (page: number) => string
  readonly context: PageContext
}

/** Previous and next of a long list, and where one is in it. Nothing when there is one page. */
export function Pagination({ page, pages, href, context }: PaginationProps) {
  if (pages <= 1) return null
  const { t } = context
  return (
    <nav class="pages" aria-label={t('list.pages')}>
      {page > 1 && (
        <a href={href(page - 1)} rel="prev">
          <Icon name="previous" /> {t('list.previous')}
        </a>
      )}
      <span>{t('list.pageOf', { page, pages })}</span>
      {page < pages && (
        <a href={href(page + 1)} rel="next">
          {t('list.next')} <Icon name="next" />
        </a>
      )}
    </nav>
  )
}

export interface Tag {
  readonly label: Words
  readonly href: string
}

/** Links to themes or places, in a row. */
export function TagList({ tags, lang }: { tags: readonly Tag[]; lang: string }) {
  return (
    <ul class="tags">
      {tags.map((tag) => (
        <li>
          <a href={tag.href}>
            <Text of={tag.label} lang={lang} />
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Places by their codes, as links to their pages. */
export function PlaceTags({ of, context }: { of: readonly { readonly code: string }[]; context: PageContext }) {
  return (
    <ul class="tags">
      {of.map(({ code }) => (
        <li>
          <a href={to(context, `places/${code}`)}>{regionName(code, context.lang)}</a>
        </li>
      ))}
    </ul>
  )
}

export interface LinkItem {
  readonly label: Words
  /** Null: it has no page. */
  readonly href: string | null
  readonly note?: ComponentChildren
}

/** Links one below the other, each with what there is to say about it. */
export function LinkList({ items, lang }: { items: readonly LinkItem[]; lang: string }) {
  return (
    <ul class="links">
      {items.map(({ label, href, note }) => (
        <li>
          {href ? (
            <a href={href}>
              <Text of={label} lang={lang} />
            </a>
          ) : (
            <Text of={label} lang={lang} />
          )}
          {note && <small>{note}</small>}
        </li>
      ))}
    </ul>
  )
}

interface EmptyStateProps {
  /** What there is none of, and what one can do. */
  readonly children: string
  readonly action?: { readonly label: string; readonly href: string }
}

/** What stands where a list would be: that there is nothing, and what to do instead. */
export function EmptyState({ children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      <p>{children}</p>
      {action && (
        <p>
          <a href={action.href}>{action.label}</a>
        </p>
      )}
    </div>
  )
}
