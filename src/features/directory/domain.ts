import type { TextValue } from '#features/records/index.ts'
import type { ConceptTag, PlaceTag } from '#features/taxonomy/index.ts'

export const organisationTypes = [
  'international-organisation',
  'government',
  'eu-institution',
  'civil-society',
  'research',
  'private',
  'regional-organisation',
  'donor',
  'network',
] as const
export type OrganisationType = (typeof organisationTypes)[number]

/** Something with a page, small enough to stand in a list or as a link. */
export interface Reference {
  readonly id: string
  readonly name: TextValue
  readonly href: string
  readonly synthetic: boolean
}

export interface Organisation extends Reference {
  readonly type: OrganisationType
  readonly short: TextValue | null
  readonly summary: TextValue | null
  readonly places: readonly PlaceTag[]
}

export interface Person extends Reference {
  readonly role: TextValue | null
  readonly bio: TextValue | null
  readonly organisation: Reference | null
}

export interface Programme extends Reference {
  readonly short: TextValue | null
  readonly summary: TextValue | null
  readonly remark: TextValue | null
  /** Years as known: `2017`, or null. */
  readonly from: string | null
  readonly to: string | null
  readonly places: readonly PlaceTag[]
  readonly partners: readonly Reference[]
  readonly concepts: readonly ConceptTag[]
}

/** The EU emblem never stands without its statement, so both travel as one value. */
export interface FundingStatement {
  readonly id: string
  readonly mark: 'eu' | null
  readonly statement: TextValue
  readonly funders: readonly Reference[]
}
