export interface SchemeTable {
  id: string
  notation: string
  position: number
}

export interface ConceptTable {
  id: string
  scheme_id: string
  notation: string
  position: number
}

export interface ConceptMatchTable {
  concept_id: string
  iri: string
}

export interface ConceptAreaTable {
  concept_id: string
  m49: string
}

export interface TaxonomyTables {
  scheme: SchemeTable
  concept: ConceptTable
  concept_match: ConceptMatchTable
  concept_area: ConceptAreaTable
}
