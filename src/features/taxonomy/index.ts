export {
  conceptHref,
  findConcept,
  listConcepts,
  listRegionsOf,
  listSchemes,
  readConceptTags,
  readTagsOf,
  type TaxonomyDeps,
} from './actions.ts'
export { isPlaceCode, type Concept, type ConceptTag, type PlaceTag, type Scheme } from './domain.ts'
export type { TaxonomyTables } from './schema.ts'
export { insertConcepts, insertSchemes, type NewConceptRow, type TaxonomyDb } from './store.ts'
