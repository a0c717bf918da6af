import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files that every build depends on, besides what the bundles import. */
const always = [
  'package.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
  'scripts/build/build.ts',
  'scripts/build/stamp.ts',
  'src/ui/static',
]

type Times = Record<string, number | null>

/** Whether none of a build's files has been touched since it was made. A new file counts once an old one imports it. */
export async function isFresh(stamp: string, root: string): Promise<boolean> {
  try {
    const then: unknown = JSON.parse(await readFile(stamp, 'utf8'))
    if (typeof then !== 'object' || then === null) return false
    const now = await readTimes(root, Object.keys(then))
    return Object.entries(then).every(([file, time]) => now[file] === time)
  } catch {
    return false
  }
}

/** Remembers when the files of a build were last touched. */
export async function writeStamp(stamp: string, root: string, files: readonly string[]): Promise<void> {
  await writeFile(stamp, JSON.stringify(await readTimes(root, [...always, ...files])))
}

async function readTimes(root: string, files: readonly string[]): Promise<Times> {
  const entries = files.map(async (file): Promise<[string, number | null]> => {
    const found = await stat(join(root, file)).catch(() => undefined)
    return [file, found ? found.mtimeMs : null]
  })
  return Object.fromEntries(await Promise.all(entries))
}
