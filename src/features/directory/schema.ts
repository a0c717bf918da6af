import type { OrganisationType } from './domain.ts'

export interface OrganisationTable {
  id: string
  type: OrganisationType
}

export interface PersonTable {
  id: string
  organisation_id: string | null
}

export interface ProgrammeTable {
  id: string
  from_year: string | null
  to_year: string | null
}

export interface FundingStatementTable {
  id: string
  mark: 'eu' | null
}

export interface FundingFunderTable {
  statement_id: string
  organisation_id: string
  position: number
}

export interface DirectoryTables {
  organisation: OrganisationTable
  person: PersonTable
  programme: ProgrammeTable
  funding_statement: FundingStatementTable
  funding_funder: FundingFunderTable
}
