export { createLocalFileStore } from './local.ts'
export { createS3FileStore, type S3StoreOptions } from './s3.ts'
export { identifyFile } from './receive.ts'
export { createSpool, SpoolError, type Part, type Spool } from './spool.ts'
export type { Spooled } from './spool-note.ts'
export {
  FileRefusedError,
  FileTooLargeError,
  StorageError,
  type ByteSpan,
  type FileStore,
  type OpenOptions,
  type StoredFile,
} from './store.ts'
export { isNamedLike, knownExtensions, servedAs, typeName } from './types.ts'
