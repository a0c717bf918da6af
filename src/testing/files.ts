import { insertFiles } from '#features/files/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { insertSeminars } from '#features/seminars/index.ts'
import type { NewRecord } from '#features/records/index.ts'
import type { StoredFile } from '#platform/files/index.ts'
import type { TestHub } from './hub.ts'
import { aRecord, deed } from './makers.ts'

export interface MaterialFileOptions {
  readonly seminar: string
  readonly session?: string
  readonly content: Uint8Array | string
  readonly name: string
  readonly record?: Partial<NewRecord>
}

/** Bytes as they come over a wire, in pieces. */
export async function* inPieces(content: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

/** A material of a seminar that is a file, published unless told otherwise. */
export async function aMaterialFile(
  hub: TestHub,
  { seminar, session, content, name, record }: MaterialFileOptions,
): Promise<StoredFile & { readonly id: string; readonly href: string }> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const stored = await hub.files.put(inPieces(bytes), { maxBytes: 1e9, name })
  const { files, seminars } = handlesOf(hub.kysely)
  await insertFiles(files, [{ ...stored, name }], deed.at)
  const id = await aRecord(hub.kysely, 'material', { label: { en: 'A file' } }, record)
  const material = {
    id,
    seminar_id: seminar,
    session_id: session ?? null,
    kind: 'document' as const,
    lang: 'en',
    url: null,
    file: stored.sha256,
    file_name: name,
    file_type: stored.type,
    bytes: stored.bytes,
    seconds: null,
    position: 0,
  }
  await insertSeminars(seminars, { seminars: [], sessions: [], channels: [], speakers: [], materials: [material] })
  return { ...stored, id, href: `/files/${stored.sha256}/${encodeURIComponent(name)}` }
}
