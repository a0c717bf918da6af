import { HubError } from '../errors.ts'

/** A part of a file: its first and last byte, both within, counted from 0. */
export interface ByteSpan {
  readonly first: number
  readonly last: number
}

/** What is known of a file once it is kept. `type` follows from its content and is for us: `servedAs` says what a browser is told. */
export interface StoredFile {
  readonly sha256: string
  readonly bytes: number
  readonly type: string
}

export interface PutOptions {
  /** A file with more is refused with FileTooLargeError. */
  readonly maxBytes: number
  /** As it was called; only tells plain texts apart (`.csv`, `.md`), for which the content says nothing. */
  readonly name?: string
  /** Asked once all of it has come and before it is kept; whoever says no gets FileRefusedError, and nothing stays. */
  readonly accepts?: (file: StoredFile) => boolean | Promise<boolean>
}

export interface OpenOptions {
  /**
   * Whoever reads is done with all but the last two pieces when they ask for the next, as somebody is who sends each before that. After the
   * first pieces the same memory is filled again then, which makes fast readers faster.
   */
  readonly passesOn?: boolean
}

/** Keeps files by the hash of their content. The same content is kept once; nothing kept is ever changed. */
export interface FileStore {
  /** Keeps a file, however large, in little memory. Resolves when it is safely kept; leaves nothing behind when it fails. */
  put(content: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredFile>
  /**
   * Keeps a file that is on this disk already, as `put` does, and takes it away from where it was. When it fails, the file is still
   * there.
   */
  take(path: string, options: PutOptions): Promise<StoredFile>
  /** The bytes of a file, or of a part of it; null when there is no such file. Who stops reading cancels the stream. */
  open(sha256: string, span?: ByteSpan, options?: OpenOptions): Promise<ReadableStream<Uint8Array> | null>
  stat(sha256: string): Promise<{ readonly bytes: number } | null>
  has(sha256: string): Promise<boolean>
  /** Where a file lies on this machine, for programs that read nothing else; null where it does not. Nobody changes it there. */
  locate(sha256: string): Promise<string | null>
  /** Takes a file away that nothing refers to; it need not be there. */
  remove(sha256: string): Promise<void>
}

/** Whether a text is what files are named by. */
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** The file is larger than its place allows. */
export class FileTooLargeError extends HubError {
  override name = 'FileTooLargeError'
  readonly status = 413
  readonly maxBytes: number
  constructor(maxBytes: number) {
    super(`A file may have ${maxBytes} bytes here`)
    this.maxBytes = maxBytes
  }
}

/** The file is none that its place takes. */
export class FileRefusedError extends HubError {
  override name = 'FileRefusedError'
  readonly status = 422
  constructor({ type }: StoredFile) {
    super(`A file of the type ${type} is not taken here`)
  }
}

/** The place where files are kept does not do its work. The message is for who runs the hub: readers are told that the hub waits. */
export class StorageError extends Error {
  override name = 'StorageError'
}
