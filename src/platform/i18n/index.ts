export { createCatalogues, createTranslator, listCatalogues, loadCatalogues } from './catalogues.ts'
export type { Catalogues, MessageKey, Translate } from './catalogues.ts'
export { checkCatalogue } from './check.ts'
export {
  canonicalLanguageTag,
  capitalise,
  direction,
  formatLocale,
  isolate,
  isPlaceCode,
  languageName,
  ownName,
  regionName,
} from './languages.ts'
export type { Direction } from './languages.ts'
export { negotiateLanguage, readerChain } from './negotiation.ts'
export { remember } from './remember.ts'
