export { inLanguage, pageAddresses, to } from './context.ts'
export type { PageContext } from './context.ts'
export { ErrorPage } from './error-page.tsx'
export { FactList, LanguagesTable } from './facts.tsx'
export { Button, Buttons, FieldSet, Hidden } from './form/buttons.tsx'
export { Checkbox, ChoiceGroup, LanguageSelect, Select } from './form/choices.tsx'
export type { Choice } from './form/choices.tsx'
export { Field, FileField, TextArea } from './form/fields.tsx'
export { ImportForm } from './form/import-form.tsx'
export { Form, labelsBy } from './form/form.tsx'
export type { FormLabels } from './form/form.tsx'
export { freshForm, idOf } from './form/state.ts'
export type { FormState } from './form/state.ts'
export { FundingStatement } from './funding.tsx'
export { Icon } from './icon.tsx'
export { Layout, renderPage } from './layout.tsx'
export type { Feed } from './layout.tsx'
export { formatBytes, formatList } from './measures.ts'
export { Breadcrumbs, EmptyState, LinkList, Pagination, PlaceTags, TagList } from './navigation.tsx'
export type { LinkItem, Tag } from './navigation.tsx'
export { SearchBox } from './search-box.tsx'
export { SeriesPath } from './series-path.tsx'
export { Code, WideTable } from './tables.tsx'
export {
  Credits,
  languageMarks,
  Notice,
  Prose,
  Section,
  StateNote,
  StateNotice,
  Text,
  TextStateBadge,
  Title,
} from './text.tsx'
export { DayRange, Hours, PartialDate, zoneWords } from './time.tsx'
export { Timeline } from './timeline.tsx'
export type { AgendaItem, Words, WordsState } from './values.ts'
