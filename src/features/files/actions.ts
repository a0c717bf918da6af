import type { Actor } from '#features/accounts/index.ts'
import type { Reader } from '#features/records/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Offer } from './answer.ts'
import { fileHref } from './domain.ts'
import { findFile, type FileDb } from './store.ts'

/** Who asks for a file: as a reader, and as whoever they are when they have signed in. */
export interface FileViewer {
  readonly reader: Reader
  readonly actor: Actor | null
}

/** The names under which something that somebody may see offers a file; none when nothing does. */
export type FileSource = (viewer: FileViewer, sha256: string) => Promise<readonly string[]>

export interface FileDeps {
  readonly files: FileDb
  readonly store: FileStore
  /** Everything that may refer to a file. A file is seen by whoever sees one thing that does. */
  readonly sources: readonly FileSource[]
}

/** A file for a reader, or the address it should be asked for by; null when there is none they may know of. */
export async function findOffer(
  deps: FileDeps,
  viewer: FileViewer,
  sha256: string,
  name: string,
): Promise<Offer | { readonly href: string } | null> {
  const { reader, actor } = viewer
  const stranger = {
    actor: null,
    reader: { lang: reader.lang, chain: reader.chain, audience: ['public'] },
  }
  const known = await namesFor(deps, stranger, sha256)
  const isStranger = actor === null && reader.audience.every((one) => one === 'public')
  const names = known.length > 0 || isStranger ? known : await namesFor(deps, viewer, sha256)
  const [first] = names
  if (first === undefined) return null
  if (!names.includes(name)) return { href: fileHref(sha256, first) }
  const file = await findFile(deps.files, sha256)
  return file && { file, name, isPublic: known.length > 0 }
}

async function namesFor({ sources }: FileDeps, viewer: FileViewer, sha256: string): Promise<readonly string[]> {
  return (await Promise.all(sources.map(async (source) => source(viewer, sha256)))).flat()
}
