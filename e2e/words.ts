import { loadCatalogues } from '#platform/i18n/index.ts'

const catalogues = loadCatalogues('locales')

/** The interface's own words, so that a journey does not break when one of them is put better. */
export const wordsOf = catalogues.translator
