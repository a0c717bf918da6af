export { inLanguage, pageAddresses, to } from './context.ts'
export type { HubIdentity, PageAssets, PageContext } from './context.ts'
export { ErrorPage, errorKind } from './error-page.tsx'
export type { ErrorKind, ErrorPageProps } from './error-page.tsx'
export { FactList, LanguagesTable } from './facts.tsx'
export type { Fact, LanguagesTableProps } from './facts.tsx'
export { FundingStatement } from './funding.tsx'
export { Icon } from './icon.tsx'
export type { IconName } from './icon.tsx'
export { Layout, renderPage } from './layout.tsx'
export type { Feed, LayoutProps } from './layout.tsx'
export { formatBytes, formatList } from './measures.ts'
export { Breadcrumbs, EmptyState, LinkList, Pagination, PlaceTags, TagList } from './navigation.tsx'
export type { Crumb, EmptyStateProps, LinkItem, PaginationProps, Tag } from './navigation.tsx'
export { SeriesPath } from './series-path.tsx'
export type { SeriesPathProps } from './series-path.tsx'
export {
  describeState,
  languageMarks,
  Notice,
  Prose,
  Section,
  StateNotice,
  Text,
  TextStateBadge,
  Title,
} from './text.tsx'
export type { ProseProps } from './text.tsx'
export { DayRange, EventTime, Hours, zoneWords } from './time.tsx'
export { Timeline } from './timeline.tsx'
export type { TimelineProps } from './timeline.tsx'
export type * from './values.ts'
