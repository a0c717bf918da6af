import type { TextValue, Texts, Translators } from '#features/records/index.ts'

/** A vocabulary (SKOS concept scheme). */
export interface Scheme {
  readonly id: string
  readonly notation: string
  readonly texts: Texts
}

/** A term of a vocabulary (SKOS concept), with labels per language. */
export interface Concept {
  readonly id: string
  readonly scheme: string
  readonly notation: string
  readonly texts: Texts
  /** Whose account made each translation; never given out. */
  readonly translators: Translators
  /** Notations within the same scheme. */
  readonly broader: readonly string[]
  readonly narrower: readonly string[]
  /** `scheme:notation` of concepts in this or another scheme. */
  readonly related: readonly string[]
  readonly exactMatch: readonly string[]
  /** M49 codes a region of the hub's own is mapped to. */
  readonly m49: readonly string[]
}

/** A concept as it stands beside a record: enough for a link. */
export interface ConceptTag {
  readonly id: string
  readonly scheme: string
  readonly notation: string
  readonly label: TextValue
  readonly href: string
}

/** A place by ISO 3166-1 alpha-2 or UN M49 code; its name comes from CLDR when it is drawn. */
export interface PlaceTag {
  readonly code: string
  readonly role: 'covers' | 'focus'
}
