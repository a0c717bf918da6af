/** One text of a term: joined, when there are several of one language. */
export interface FileText {
  readonly field: 'label' | 'alt' | 'definition'
  readonly lang: string
  readonly value: string
  readonly state: 'current' | 'machine' | 'behind'
}

export interface FileTerm {
  readonly iri: string
  readonly notation: string
  readonly texts: readonly FileText[]
}

export type FileScheme = FileTerm

/** Relations are IRIs as the file has them. */
export interface FileConcept extends FileTerm {
  /** Notation of its vocabulary. */
  readonly scheme: string
  readonly broader: readonly string[]
  readonly related: readonly string[]
  readonly exactMatch: readonly string[]
  readonly m49: readonly string[]
}

export type SkosProblemKind =
  | 'notation'
  | 'scheme'
  | 'schemes'
  | 'duplicate'
  | 'label'
  | 'language'
  | 'twoLabels'
  | 'tooLong'
  | 'broaderUnknown'
  | 'broaderElsewhere'
  | 'circle'

export interface SkosProblem {
  /** IRI of the term it is about. */
  readonly about: string
  readonly problem: SkosProblemKind
  readonly value: string
}

/** What of a term a file tells at all: what it never mentions is left alone. */
export type Told = 'broader' | 'related' | 'exactMatch' | 'm49'

export interface SkosFile {
  readonly schemes: readonly FileScheme[]
  readonly concepts: readonly FileConcept[]
  readonly told: ReadonlySet<Told>
  readonly problems: readonly SkosProblem[]
  /** Properties that the hub does not keep, with how often they are there. */
  readonly unknown: readonly { readonly name: string; readonly count: number }[]
}

/** Where a file's terms belong. */
export interface SkosGround {
  readonly origin: string
  /** The language of a label that names none. */
  readonly lang: string
  /** Notations of the vocabularies that are there. */
  readonly schemes: readonly string[]
}

export const skos = 'http://www.w3.org/2004/02/skos/core#'

/** Properties that hold the words of a term. */
export const fields = {
  [`${skos}prefLabel`]: 'label',
  [`${skos}altLabel`]: 'alt',
  [`${skos}definition`]: 'definition',
} as const
