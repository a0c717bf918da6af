export { HomePage } from './home-page.tsx'
export { SeminarSection } from './seminar-cards.tsx'
export { SessionPage } from './session-page.tsx'
