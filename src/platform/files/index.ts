export { createLocalFileStore } from './local.ts'
export { identifyFile } from './receive.ts'
export { FileTooLargeError, type ByteSpan, type FileStore, type StoredFile } from './store.ts'
export { isNamedLike, servedAs, typeName } from './types.ts'
