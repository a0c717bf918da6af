import type { Contributor, IdentifierScheme, IssueDate, PublicationType } from './domain.ts'

/** Words per language (BCP 47). */
export type Words = Readonly<Record<string, string>>

/** A file of an edition as catalogues tell of it: where it is, and what is known of it. */
export interface WorkFile {
  readonly lang: string
  /** Absolute, or `/files/…` of this hub. */
  readonly url: string
  readonly type: string | null
  readonly bytes: number | null
  readonly pages: number | null
  readonly licence: string | null
}

/** An edition as catalogues tell of it. */
export interface WorkEdition {
  readonly number: string | null
  readonly lang: string | null
  readonly issued: IssueDate | null
  /** Position in `editions` of the one it was translated from. */
  readonly translationOf: number | null
  readonly pages: number | null
  readonly identifiers: readonly WorkIdentifier[]
  readonly files: readonly WorkFile[]
}

export interface WorkIdentifier {
  readonly scheme: IdentifierScheme
  readonly value: string
}

/** A place in a series, by the name of the series or the hub's id of it. */
export interface WorkSeries {
  readonly id: string | null
  readonly name: string
  readonly number: number | null
}

/** A tag by its scheme and notation: `theme policy-coherence`, `gcm 21`. */
export interface WorkConcept {
  readonly scheme: string
  readonly notation: string
}

/**
 * A publication as it goes out to other catalogues and comes in from them: one value for CSV, XLSX, BibTeX, RIS, CSL-JSON, DataCite,
 * Dublin Core and citations. It knows neither the database nor a page.
 */
export interface Work {
  /** The hub's id (`pub_…`), when it is known. */
  readonly id: string | null
  readonly types: readonly PublicationType[]
  readonly sourceLang: string
  readonly title: Words
  readonly subtitle: Words
  /** The abstract, Markdown. */
  readonly summary: Words
  readonly issued: IssueDate | null
  readonly series: WorkSeries | null
  readonly contributors: readonly Contributor[]
  readonly identifiers: readonly WorkIdentifier[]
  readonly editions: readonly WorkEdition[]
  readonly concepts: readonly WorkConcept[]
  /** ISO 3166-1 alpha-2 or M49 codes. */
  readonly places: readonly string[]
  /** Names of funders, as their statements call them. */
  readonly funders: readonly string[]
}

/** What a catalogue says of a work; what it does not speak of is left out, and an import leaves it as it is. */
export type WorkPatch = Partial<Work> & { readonly title: Words }
