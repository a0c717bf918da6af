import type { FundingStatement, Reference } from '#features/directory/index.ts'
import type { KindName, LanguageState, Relation, TextValue } from '#features/records/index.ts'
import type { SeriesPlace } from '#features/series/index.ts'
import type { ConceptTag, PlaceTag } from '#features/taxonomy/index.ts'
import type { Instant } from '#platform/time.ts'

/** What a publication is; it may be several. */
export const publicationTypes = [
  'paper',
  'brief',
  'study',
  'report',
  'evaluation',
  'handbook',
  'toolkit',
  'manual',
  'guideline',
  'position-paper',
  'policy',
  'training-material',
  'presentation',
  'leaflet',
  'article',
  'book',
  'chapter',
  'thesis',
  'dataset',
] as const
export type PublicationType = (typeof publicationTypes)[number]

/** A date as precise as it is known (ISO 8601): `2021`, `2021-08` or `2021-08-19`. */
export type IssueDate = string

export const contributorRoles = ['author', 'editor', 'publisher'] as const
export type ContributorRole = (typeof contributorRoles)[number]
export type ContributorKind = 'person' | 'organisation'

/** Who made a publication, in the order it names them. An organisation's name is never taken apart. */
export interface Contributor {
  readonly role: ContributorRole
  readonly kind: ContributorKind
  /** The person or organisation of the directory, when it is one. */
  readonly agentId: string | null
  /** An organisation's name, or a person's family name. */
  readonly name: string
  readonly given: string | null
}

export const identifierSchemes = ['doi', 'isbn', 'issn', 'report', 'handle', 'url'] as const
export type IdentifierScheme = (typeof identifierSchemes)[number]

/** What a publication, or one edition of it, is known by elsewhere. `url`: also to be found at. */
export interface Identifier {
  readonly scheme: IdentifierScheme
  /** DOI: `10.…` in lower case. ISBN: digits only, thirteen. */
  readonly value: string
  readonly editionId: string | null
}

/** Waiting to be read, read, or not readable (`reason` says why). */
export type DocumentState = 'waiting' | 'read' | 'failed'

/** What is known of a file's text. */
export interface DocumentFacts {
  readonly state: DocumentState
  readonly reason: string | null
  readonly lang: string | null
  readonly pages: number | null
  /** How many of them have been read. */
  readonly pagesRead: number
  readonly hasText: boolean
  readonly isScanned: boolean
  readonly textBytes: number | null
  readonly cover: string | null
}

/** A file of an edition, or a link to where it is. */
export interface EditionFile {
  readonly id: string
  readonly lang: string
  readonly href: string
  readonly isElsewhere: boolean
  readonly sha256: string | null
  readonly name: string | null
  readonly type: string | null
  readonly bytes: number | null
  readonly pages: number | null
  readonly licence: string | null
  /** Made up for demonstration. */
  readonly synthetic: boolean
  readonly document: DocumentFacts | null
}

export interface Edition {
  readonly id: string
  readonly number: string | null
  readonly lang: string | null
  readonly issued: IssueDate | null
  readonly translationOf: string | null
  readonly pages: number | null
  readonly identifiers: readonly Identifier[]
  readonly files: readonly EditionFile[]
}

/** A contributor as a page shows it: with a link where the directory knows them. */
export interface ShownContributor extends Contributor {
  readonly reference: Reference | null
}

/** A publication as a line of a list. */
export interface PublicationSummary {
  readonly id: string
  readonly href: string
  readonly title: TextValue
  readonly summary: TextValue | null
  readonly types: readonly PublicationType[]
  readonly issued: IssueDate | null
  readonly contributors: readonly ShownContributor[]
  /** Languages there are files in. */
  readonly languages: readonly string[]
  /** Address of a picture of the first page. */
  readonly cover: string | null
  readonly synthetic: boolean
}

/** Something of the hub a publication is tied to. */
export interface Tie extends Reference {
  readonly kind: KindName
  readonly relation: Relation
  /** `to` when the publication points. */
  readonly direction: 'to' | 'from'
}

export interface Publication extends PublicationSummary {
  readonly subtitle: TextValue | null
  readonly editions: readonly Edition[]
  readonly identifiers: readonly Identifier[]
  readonly concepts: readonly ConceptTag[]
  readonly places: readonly PlaceTag[]
  readonly partOf: readonly Reference[]
  readonly parts: readonly Reference[]
  readonly related: readonly Tie[]
  readonly funding: readonly FundingStatement[]
  readonly seriesPlace: SeriesPlace | null
  /** In which languages its title and abstract can be read, and how far each is. */
  readonly textLanguages: readonly LanguageState[]
  /** The accounts that translated what is shown of it; never given out. */
  readonly translators: readonly string[]
  /** Paths of the same page in each language that has real content: language → path. */
  readonly alternates: Readonly<Record<string, string>>
  readonly version: number
  readonly publishedAt: Instant | null
  readonly updatedAt: Instant
}

/** Months from one date to another, as far as both are known; null when either is known by its year only or is not known. */
function monthsBetween(from: IssueDate | null, to: IssueDate | null): number | null {
  const [start, end] = [from, to].map((date) => /^(\d{4})-(\d{2})/.exec(date ?? ''))
  if (!start || !end) return null
  return (Number(end[1]) - Number(start[1])) * 12 + Number(end[2]) - Number(start[2])
}

/** How long after the edition it was made from a translation came out, in months; null when that is not known. */
export function translationLag(
  edition: Pick<Edition, 'issued' | 'translationOf'>,
  all: readonly Edition[],
): number | null {
  const original = all.find(({ id }) => id === edition.translationOf)
  return original ? monthsBetween(original.issued, edition.issued) : null
}

/** How a contributor is called in running text: “Amina Benali”, “Samuel Hall”. */
export function displayName({ name, given }: Pick<Contributor, 'name' | 'given'>): string {
  return given === null ? name : `${given} ${name}`
}
