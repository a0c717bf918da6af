import { mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

/** Milliseconds between two signs of life, and after which whoever gave none is gone. */
const ALIVE = 30_000
export const GONE = 180_000

export interface WorkFolder extends AsyncDisposable {
  readonly path: string
}

/** A folder for what is being made. It is removed with all that is in it; what a process that died left is removed by the next. */
export async function openWorkFolder(folder: string): Promise<WorkFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweepWorkFolders(folder)
  const path = await mkdtemp(join(folder, 'work-'))
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), ALIVE)
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      clearInterval(beat)
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** Removes what processes that died have left. */
export async function sweepWorkFolders(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found && found.mtimeMs < Date.now() - GONE) await rm(path, { recursive: true, force: true })
  }
}
