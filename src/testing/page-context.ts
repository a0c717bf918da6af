import { join } from 'node:path'
import { loadCatalogues } from '#platform/i18n/index.ts'
import type { PageContext } from '#ui/index.ts'
import { aText } from './seminar-values.ts'

const catalogues = loadCatalogues(join(import.meta.dirname, '../../locales'))

/** What a page is drawn with, for a test: the real words of the interface and a hub with one funder. */
export function aPageContext(lang = 'en', path = `/${lang}`, changes: Partial<PageContext> = {}): PageContext {
  return {
    lang,
    path,
    t: catalogues.translator(lang),
    now: '2026-01-01T00:00:00.000Z',
    hub: {
      origin: 'https://hub.example',
      name: aText('Learning Hub'),
      tagline: null,
      languages: ['en', 'fr', 'ar'],
      timeZone: 'Europe/Brussels',
      funding: [{ id: 'fst_01', mark: 'eu', statement: aText('Funded by the European Union.') }],
    },
    assets: {
      css: '/assets/hub.1.css',
      js: null,
      recordingJs: null,
      transcriptJs: null,
      deskCss: '/assets/desk.1.css',
      deskJs: null,
    },
    visit: null,
    credits: [],
    ...changes,
  }
}
