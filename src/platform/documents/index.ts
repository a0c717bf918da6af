export { ReadDocument, wordsOf, type Block, type Cover, type DocumentPage, type Unreadable } from './document.ts'
export {
  isReadable,
  readDocument,
  type DocumentSource,
  type ReadLimits,
  type ReadOptions,
  type ReadOutcome,
} from './read.ts'
