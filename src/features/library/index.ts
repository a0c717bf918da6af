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
export { contributorRoles, identifierSchemes, publicationTypes } from './domain.ts'
export { contributorRoutes } from './contributor-desk/routes.tsx'
export { editionRoutes, libraryBodyLimit } from './edition-desk/routes.tsx'
export { libraryKinds } from './desk.tsx'
export type { LibraryTables } from './schema.ts'
export { findPublicationId, listPublicationFileNames, publicationDates, type LibraryDeps } from './reading.ts'
export { pagePassages } from './text/passages.ts'
export { readNewFiles } from './text/read-files.ts'
export { PublicationSection } from './views/publication-cards.tsx'
export { listNewest, listNewestBy, outlineNewest, type Works } from './latest-works.ts'
export { libraryQuery } from './browse/filters.ts'
export { libraryRoutes } from './routes.tsx'
export { listLibraryFiles, readFoundBy, readPublicationRows, type LibraryDb, type PublicationRows } from './store.ts'
export {
  insertPublications,
  replaceParts,
  writePublication,
  type NewPublicationRows,
  type PublicationParts,
} from './writing.ts'
export type { Work, WorkIdentifier, WorkPatch } from './work.ts'
export {
  catalogueFormats,
  formatOfName,
  MOST_CATALOGUE_BYTES,
  readCatalogue,
  writeCatalogue,
  type CatalogueFormat,
} from './catalogue/catalogue.ts'
export { writeInPieces } from './catalogue/pieces.ts'
export { foldName } from './catalogue/places.ts'
export { isNear as isNearWork } from './merging/pairs.ts'
export { mergingRoutes, mergingTools } from './merging/routes.tsx'
export { openCatalogue } from './catalogue/read-apart.ts'
export type {
  CatalogueContext,
  CatalogueEntry,
  CatalogueFault,
  CatalogueProblem,
  CatalogueProblemKind,
  CatalogueRead,
} from './catalogue/read.ts'
export { findByIdentifiers } from './store-matching.ts'
export { dataciteJson, dataciteXml, type DataciteContext } from './catalogue/datacite.ts'
export { dublinCore } from './catalogue/dublin-core.ts'
export { listWorkLanguages, listWorks, type HubWork } from './works.ts'
