export { createLocalFileStore } from './local.ts'
export { identifyFile } from './receive.ts'
export { FileRefusedError, FileTooLargeError, type ByteSpan, type FileStore, type StoredFile } from './store.ts'
export { isNamedLike, knownExtensions, servedAs, typeName } from './types.ts'
