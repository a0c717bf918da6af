export { OrganisationPage, OrganisationsPage } from './organisation-pages.tsx'
export { PeoplePage, PersonPage } from './person-pages.tsx'
export { ProgrammePage } from './programme-page.tsx'
export { ProgrammeSection, ProgrammesPage } from './programmes-page.tsx'
