import { readFile, stat } from 'node:fs/promises'
import { CommandError } from './output.ts'

interface Bounds {
  /** What the file is, as a person calls it: “a saved page”. */
  readonly what: string
  /** Bytes. */
  readonly most: number
}

/** A file that is too large, or that is none (a pipe would be waited for), is refused before it is opened. */
export async function readBounded(file: string, { what, most }: Bounds): Promise<Uint8Array> {
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw new CommandError(`${file} is a folder; ${what} is one file.`)
    if (!found.isFile()) throw new CommandError(`${file} is not an ordinary file.`)
    if (found.size > most) {
      const [size, limit] = [found.size, most].map((bytes) => Math.ceil(bytes / 1024 / 1024))
      throw new CommandError(`${file} has ${size} MB; ${what} may have at most ${limit} MB.`)
    }
    return await readFile(file)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(`${file} cannot be read: ${explain(error)}`)
  }
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file.'
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it.'
  return error instanceof Error ? error.message : String(error)
}
