import type { Cover, ReadDocument, Unreadable } from './document.ts'

/** A file and its type, as `platform/files` detects it. A path must stay what it is until the file is read. */
export type DocumentSource = { readonly type: string } & (
  { readonly path: string } | { readonly content: AsyncIterable<Uint8Array> }
)

export interface ReadOptions {
  /** Told now and then, at most some times a second. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
  /** Gives reading up: `readDocument` rejects with the signal's reason. */
  readonly signal?: AbortSignal
  readonly limits?: Partial<ReadLimits>
}

export interface ReadLimits {
  /** Bytes of the file, and of all that is unpacked from it. */
  readonly bytes: number
  readonly pages: number
  /** Characters of text; what is more is cut off. */
  readonly characters: number
  /** Milliseconds, the process's start included. */
  readonly time: number
  /** Bytes of memory that the reading process may hold; watched where the system tells (Linux), elsewhere only its heap is bound. */
  readonly memory: number
}

export type ReadOutcome =
  | { readonly ok: true; readonly document: ReadDocument; readonly cover: Cover | null }
  | { readonly ok: false; readonly reason: Unreadable; readonly detail: string }

/** Whether files of this type are read. */
export function isReadable(type: string): boolean {
  return readableTypes.has(type)
}

const readableTypes: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/epub+zip',
  'text/html',
])

/**
 * The text of a file, read in a process of its own that reaches neither the network nor files but this one. Whatever is wrong with the
 * file is an outcome; it rejects only when it is given up, or the content cannot be had.
 */
export async function readDocument({ type }: DocumentSource, { signal }: ReadOptions = {}): Promise<ReadOutcome> {
  signal?.throwIfAborted()
  return { ok: false, reason: 'type', detail: type }
}
