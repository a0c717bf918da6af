export {
  findOrganisation,
  findPerson,
  findProgramme,
  listOrganisations,
  listPeople,
  listPeopleOf,
  listProgrammes,
  outlinePeople,
  outlineReferences,
  toReference,
  type DirectoryDeps,
  type Found,
} from './actions.ts'
export { outlineFunding } from './funding.ts'
export { directoryKinds } from './desk.ts'
export type { FundingStatement, Organisation, OrganisationType, Person, Programme, Reference } from './domain.ts'
export type { DirectoryTables } from './schema.ts'
export {
  insertFunding,
  insertOrganisations,
  insertPeople,
  insertProgrammes,
  type DirectoryDb,
  type FundingRow,
} from './store.ts'
export {
  OrganisationPage,
  OrganisationsPage,
  PeoplePage,
  PersonPage,
  ProgrammePage,
  ProgrammeSection,
  ProgrammesPage,
} from './views/index.ts'
