import { createHash, hash } from 'node:crypto'
import { accessSync, constants, existsSync } from 'node:fs'
import { handlesOf } from '#features/exchange/index.ts'
import { listFiles, type KeptFile } from '#features/files/index.ts'
import { fault, passed, type Check } from '#platform/doctor.ts'
import { StorageError, type FileStore } from '#platform/files/index.ts'
import type { Config } from '../config.ts'
import { filesFolder, openFileStore } from '../file-store.ts'
import { openBeside } from './database.ts'

/** How much is read again each time: files, and bytes after which no further one is begun. */
const SAMPLE = 20
const SAMPLE_BYTES = 1024 ** 3

/** Files that are looked for at a time. */
const AT_ONCE = 16

/** Names of files that are said at most. */
const MOST_NAMED = 10

/** Looks whether the files the database knows of are there, and whether some of them are what they were. Another sample each day. */
export async function checkKeptFiles(config: Config, day: string): Promise<Check[]> {
  const files = await readKnown(config)
  const store = openFileStore(config)
  const place = config.FILES_URL ? await checkStorage(store) : checkFolder(filesFolder(config), files.length)
  if (!place.ok) return [place]
  const missing = await listMissing(store, files)
  const there = files.filter((file) => !missing.includes(file))
  return [place, sayMissing(missing, files.length), ...(await checkSample(store, there, day))]
}

async function readKnown(config: Config): Promise<KeptFile[]> {
  const database = await openBeside(config)
  try {
    return await listFiles(handlesOf(database.kysely).files)
  } finally {
    await database.close()
  }
}

function checkFolder(folder: string, known: number): Check {
  if (!existsSync(folder)) {
    if (known === 0) return passed('files-folder', 'No file is kept yet.')
    return fault('files-folder', `${folder} is missing, and ${known} files should be in it.`, putBack)
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return passed('files-folder', `${folder} can be read and written.`)
  } catch {
    return fault('files-folder', `${folder} cannot be read and written.`, "Give the folder to the hub's user.")
  }
}

/** Asks the storage for a file that nobody has: the answer that there is none says that it is there, and that the key is good. */
async function checkStorage(store: FileStore): Promise<Check> {
  try {
    await store.stat('0'.repeat(64))
    return passed('files-storage', 'The file storage answers, and takes the key.')
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    return fault('files-storage', error.message, 'Until then the hub serves and takes no files.')
  }
}

const putBack = 'Put them back from a copy of the files: each is named by the SHA-256 of its content.'

async function listMissing(store: FileStore, files: readonly KeptFile[]): Promise<KeptFile[]> {
  const missing: KeptFile[] = []
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE)
    const found = await Promise.all(some.map(async ({ sha256 }) => store.stat(sha256)))
    missing.push(...some.filter((file, index) => found[index]?.bytes !== file.bytes))
  }
  return missing
}

function sayMissing(missing: readonly KeptFile[], known: number): Check {
  if (missing.length === 0) return passed('kept-files', `All ${known} files are there.`)
  return fault('kept-files', `${missing.length} of ${known} files are missing or cut: ${nameThem(missing)}.`, putBack)
}

function nameThem(files: readonly KeptFile[]): string {
  const named = files.slice(0, MOST_NAMED).map(({ sha256, name }) => (name === null ? sha256 : `${name} (${sha256})`))
  return [...named, ...(files.length > MOST_NAMED ? ['…'] : [])].join(', ')
}

/** Reads some files again and holds their content against their name. */
async function checkSample(store: FileStore, files: readonly KeptFile[], day: string): Promise<Check[]> {
  const turn = ({ sha256 }: KeptFile) => hash('sha256', day + sha256)
  const order = files.toSorted((one, other) => (turn(one) < turn(other) ? -1 : 1)).slice(0, SAMPLE)
  const damaged: KeptFile[] = []
  let looked = 0
  let bytes = 0
  for (const file of order) {
    if (bytes > SAMPLE_BYTES) break
    looked += 1
    bytes += file.bytes
    if ((await hashOf(store, file)) !== file.sha256) damaged.push(file)
  }
  if (looked === 0) return []
  if (damaged.length === 0) return [passed('files-content', `The content of ${looked} files is what it was.`)]
  const what = `Of ${looked} files that were read, ${damaged.length} are damaged: ${nameThem(damaged)}.`
  return [fault('files-content', what, `${putBack} Look at the disk they are on.`)]
}

async function hashOf(store: FileStore, { sha256 }: KeptFile): Promise<string | null> {
  const stream = await store.open(sha256)
  if (!stream) return null
  const content = createHash('sha256')
  for await (const chunk of stream) content.update(chunk)
  return content.digest('hex')
}
