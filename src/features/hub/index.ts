export { hubId, introduceHub, readHub, readHubSettings, type HubSettings } from './identity.ts'
export { findBestPage } from './permalink.ts'
export { hubRoutes } from './routes.tsx'
