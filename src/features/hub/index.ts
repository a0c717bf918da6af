export {
  bareIntroduction,
  createIntroduction,
  readHub,
  readHubSettings,
  type HubSettings,
  type Introduction,
} from './identity.ts'
export { findBestPage } from './permalink.ts'
export { hubRoutes } from './routes.tsx'
export { listSitemapEntries } from './sitemap.ts'
export { readRecord } from './record.ts'
