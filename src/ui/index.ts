export { inLanguage, pageAddresses, to } from './context.ts'
export type { PageContext } from './context.ts'
export { ErrorPage } from './error-page.tsx'
export { FactList, LanguagesTable } from './facts.tsx'
export {
  Button,
  Buttons,
  Checkbox,
  ChoiceGroup,
  Field,
  FieldSet,
  FileField,
  Form,
  freshForm,
  Hidden,
  idOf,
  LanguageSelect,
  Select,
  TextArea,
} from './form.tsx'
export type { Choice, FormState } from './form.tsx'
export { FundingStatement } from './funding.tsx'
export { Icon } from './icon.tsx'
export { Layout, renderPage } from './layout.tsx'
export type { Feed } from './layout.tsx'
export { formatBytes, formatList } from './measures.ts'
export { Breadcrumbs, EmptyState, LinkList, Pagination, PlaceTags, TagList } from './navigation.tsx'
export type { LinkItem, Tag } from './navigation.tsx'
export { SeriesPath } from './series-path.tsx'
export { languageMarks, Notice, Prose, Section, StateNote, StateNotice, Text, Title } from './text.tsx'
export { DayRange, Hours, PartialDate, zoneWords } from './time.tsx'
export { Timeline } from './timeline.tsx'
export type { AgendaItem, Words, WordsState } from './values.ts'
