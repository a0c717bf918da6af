import type { Actor } from '#features/accounts/index.ts'
import type { Reader } from '#features/records/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Offer } from './answer.ts'
import { fileHref } from './domain.ts'
import type { FileLink, FileLinks } from './links.ts'
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
  /** Likewise, but what of them is not public is served to links that expire, and to nothing else. */
  readonly linked: readonly FileSource[]
  readonly links: FileLinks
  /** Whoever is on a visit; null once it is over. */
  readonly viewerOfVisit: (id: string, lang: string) => Promise<FileViewer | null>
}

/** A file that somebody asks for, and the link that they do it by. */
export interface AskedFile {
  readonly sha256: string
  readonly name: string
  readonly link: FileLink | 'wrong' | null
}

/** A file for a reader, or the address it should be asked for by; null when there is none they may know of. */
export async function findOffer(
  deps: FileDeps,
  viewer: FileViewer,
  asked: AskedFile,
): Promise<Offer | { readonly href: string } | null> {
  const { reader, actor } = viewer
  const stranger = { actor: null, reader: { lang: reader.lang, chain: reader.chain, audience: ['public'] } }
  const known = await namesFor([...deps.sources, ...deps.linked], stranger, asked.sha256)
  if (known.length > 0) return offerOf(deps, asked, known, true)
  if (asked.link !== null) return findLinked(deps, viewer, asked, asked.link)
  const isStranger = actor === null && reader.audience.every((one) => one === 'public')
  return isStranger ? null : offerOf(deps, asked, await namesFor(deps.sources, viewer, asked.sha256), false)
}

/**
 * A file by a link: for as long as whoever it was handed to is there and may see the file, and so may whoever asks, where they have signed
 * in themselves.
 */
async function findLinked(
  deps: FileDeps,
  viewer: FileViewer,
  asked: AskedFile,
  link: FileLink | 'wrong',
): Promise<Offer | null> {
  if (link === 'wrong' || !deps.links.isGood(link, asked)) return null
  const holder = await deps.viewerOfVisit(link.visit, viewer.reader.lang)
  if (holder === null) return null
  const viewers = viewer.actor === null ? [holder] : [holder, viewer]
  const lists = await Promise.all(viewers.map(async (one) => namesFor(deps.linked, one, asked.sha256)))
  if (!lists.every((names) => names.includes(asked.name))) return null
  const file = await findFile(deps.files, asked.sha256)
  return file && { file, name: asked.name, isPublic: false, link }
}

async function offerOf(
  deps: FileDeps,
  { sha256, name }: AskedFile,
  names: readonly string[],
  isPublic: boolean,
): Promise<Offer | { readonly href: string } | null> {
  const [first] = names
  if (first === undefined) return null
  if (!names.includes(name)) return { href: fileHref(sha256, first) }
  const file = await findFile(deps.files, sha256)
  return file && { file, name, isPublic, link: null }
}

async function namesFor(
  sources: readonly FileSource[],
  viewer: FileViewer,
  sha256: string,
): Promise<readonly string[]> {
  return (await Promise.all(sources.map(async (source) => source(viewer, sha256)))).flat()
}
