export { ContentFileError, loadContent, type Loaded } from './content/load.ts'
export { handlesOf, type ExchangeDb, type Handles } from './handles.ts'
export { savePage, type PageToSave, type Saved } from './import-page/save.ts'
