import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, relative, sep } from 'node:path'
import { cleanFileName } from '#features/files/index.ts'
import { identifyFile, isNamedLike, typeName, type FileStore, type StoredFile } from '#platform/files/index.ts'
import { ContentFileError } from './error.ts'
import type { PublicationEntry, SeminarEntry } from './files.ts'

/** A file of a content folder, with the name it is offered under. */
export interface ContentFile extends StoredFile {
  readonly path: string
  readonly name: string
}

/** The files that content names, by their path in the content folder. */
export type ContentFiles = ReadonlyMap<string, ContentFile>

/** A file that content names, and where it does. */
interface NamedFile {
  readonly file: string
  readonly place: string
}

/** The files that seminars name. */
export function namedBySeminars(seminars: readonly SeminarEntry[]): NamedFile[] {
  return seminars.flatMap(({ materials, recordings }, index) => [
    ...materials.flatMap(({ file }, at) =>
      file === undefined ? [] : [{ file, place: `seminars.json: [${index}].materials[${at}].file` }],
    ),
    ...recordings.flatMap(({ tracks }, one) =>
      tracks.map(({ file }, at) => ({
        file,
        place: `seminars.json: [${index}].recordings[${one}].tracks[${at}].file`,
      })),
    ),
  ])
}

/** The paths of the files that seminars name. */
export function pathsOf(seminars: readonly SeminarEntry[]): Set<string> {
  return new Set(namedBySeminars(seminars).map(({ file }) => file))
}

/** The files that publications name. */
export function namedByPublications(publications: readonly PublicationEntry[]): NamedFile[] {
  return publications.flatMap(({ editions }, index) =>
    editions.flatMap(({ files }, edition) =>
      files.map(({ file }, at) => ({
        file,
        place: `publications.json: [${index}].editions[${edition}].files[${at}].file`,
      })),
    ),
  )
}

/** Looks at every file that content names. Throws ContentFileError for one that is not there, not within, or not what its name says. */
export async function readContentFiles(folder: string, named: readonly NamedFile[]): Promise<ContentFiles> {
  const found = new Map<string, ContentFile>()
  for (const { file, place } of named) {
    if (found.has(file)) continue
    found.set(file, await readContentFile(folder, file, `${join(folder, place)}: ${file}`))
  }
  return found
}

async function readContentFile(folder: string, file: string, place: string): Promise<ContentFile> {
  const path = await realpath(join(folder, file)).catch(() => null)
  const isFile = path !== null && (await stat(path)).isFile()
  if (!isFile) throw new ContentFileError(`${place} is not there`)
  const within = relative(await realpath(folder), path)
  if (isAbsolute(file) || isAbsolute(within) || within.split(sep)[0] === '..') {
    throw new ContentFileError(`${place} is outside the content folder`)
  }
  const stored = await identifyFile(path)
  if (typeName(stored.type) === null) {
    throw new ContentFileError(`${place} is of a type that the hub does not offer: ${stored.type}`)
  }
  if (!isNamedLike(path, stored.type)) {
    throw new ContentFileError(`${place} is by its content ${stored.type}; its name says otherwise`)
  }
  return { ...stored, path, name: cleanFileName(basename(file)) }
}

/** Puts files into the store that are not there yet, so that what is written of them afterwards is true. */
export async function keepContentFiles(store: FileStore, files: readonly ContentFile[]): Promise<void> {
  for (const { sha256, bytes, path, name } of files) {
    if (!(await store.has(sha256))) await store.put(createReadStream(path), { maxBytes: bytes, name })
  }
}
