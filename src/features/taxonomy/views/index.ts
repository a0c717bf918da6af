export { ConceptPage, type ConceptView } from './concept-page.tsx'
export { PlacePage, PlacesPage } from './places-pages.tsx'
export { SchemePage, ThemesPage, type SchemeView } from './themes-pages.tsx'
export { conceptTree, numberOf, type ConceptNode } from './tree.ts'
