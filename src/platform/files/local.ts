import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { streamFile } from './stream-file.ts'
import { createIncoming, syncFolder, unlessMissing } from './incoming.ts'
import { isHash, type FileStore } from './store.ts'

/** Keeps files in a folder: `<ab>/<sha256>`. It is made with the first file. */
export function createLocalFileStore(folder: string): FileStore {
  const find = async (sha256: string): Promise<{ bytes: number } | null> => {
    const found = isHash(sha256) ? await unlessMissing(stat(pathOf(folder, sha256))) : null
    return found?.isFile() ? { bytes: found.size } : null
  }
  return {
    ...createIncoming(folder, async (path, { sha256 }) => keep(path, pathOf(folder, sha256))),
    open: async (sha256, span, options) => {
      const found = await find(sha256)
      return found && streamFile(pathOf(folder, sha256), span ?? { first: 0, last: found.bytes - 1 }, options)
    },
    stat: find,
    has: async (sha256) => (await find(sha256)) !== null,
    locate: async (sha256) => ((await find(sha256)) === null ? null : pathOf(folder, sha256)),
    remove: async (sha256) => {
      if (isHash(sha256)) await rm(pathOf(folder, sha256), { force: true })
    },
  }
}

/** Where a file of the folder lies. */
function pathOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256)
}

/** Gives a received file its name. Renaming is whole or not at all, so two who bring the same content do not meet. */
async function keep(unfinished: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rename(unfinished, path)
  await syncFolder(dirname(path))
  await syncFolder(dirname(dirname(path)))
}
