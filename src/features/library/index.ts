export type {
  Contributor,
  ContributorKind,
  ContributorRole,
  Edition,
  EditionFile,
  Identifier,
  IdentifierScheme,
  IssueDate,
  Publication,
  PublicationSummary,
  PublicationType,
} from './domain.ts'
export type { LibraryTables } from './schema.ts'
export { listPublicationFileNames, type LibraryDeps } from './reading.ts'
export { listLibraryFiles, type LibraryDb } from './store.ts'
export { insertPublications, type NewPublicationRows } from './writing.ts'
export type { Work, WorkPatch } from './work.ts'
