export {
  conceptHref,
  findConceptId,
  idsInScheme,
  listConcepts,
  listRegionsOf,
  listSchemes,
  outlineTags,
  outlineTopConcepts,
  readConceptTags,
  readSchemesOf,
  readTagsByKey,
  type TaxonomyDeps,
} from './actions.ts'
export type { Concept, ConceptTag, PlaceTag, Scheme } from './domain.ts'
export type { TaxonomyTables } from './schema.ts'
export { insertConcepts, insertSchemes, listTermPlaces, type NewConceptRow, type TaxonomyDb } from './store.ts'
export {
  ConceptPage,
  conceptTree,
  numberOf,
  PlacePage,
  PlacesPage,
  SchemePage,
  ThemesPage,
  type ConceptNode,
  type ConceptView,
  type SchemeView,
} from './views/index.ts'
export { taxonomyKinds } from './desk.ts'
export { conceptIri, schemeIri } from './iris.ts'
export { conceptJsonLd, schemeJsonLd } from './json-ld.ts'
export { skosJsonLd, skosTurtle } from './skos.ts'
export {
  findMergedInto,
  findMergeProblem,
  listTermsThere,
  mergeConcepts,
  moveTerm,
  type MergeProblem,
} from './editing.ts'
export { applySkos } from './skos-import/apply.ts'
export {
  planSkos,
  type ConceptThere,
  type PlanItem,
  type SchemeThere,
  type SkosPlan,
  type TermsThere,
} from './skos-import/plan.ts'
export { readSkos } from './skos-import/read.ts'
export { MOST_SKOS_BYTES, readStatements } from './skos-import/statements.ts'
