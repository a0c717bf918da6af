import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file that should hold the hub's secret holds something else. */
export class SecretError extends Error {
  override name = 'SecretError'
}

/** The hub's secret: the one that was set, else the one of the data folder, which is made when there is none. */
export function readSecret(dataFolder: string, given: string | undefined): string {
  if (given !== undefined) return given
  const path = join(dataFolder, 'secret')
  return readKept(path) ?? makeSecret(dataFolder, path)
}

function readKept(path: string): string | null {
  try {
    const kept = readFileSync(path, 'utf8').trim()
    return kept.length >= 32 ? kept : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Written whole beside its place and then linked into it: a process that starts at the same moment reads the same one. */
function makeSecret(dataFolder: string, path: string): string {
  mkdirSync(dataFolder, { recursive: true })
  const unfinished = `${path}.${process.pid}`
  writeFileSync(unfinished, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(unfinished, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    // Too short to be ours: damaged, or put there by hand.
    if (readKept(path) === null) {
      const advice = 'Put the copy of it back, or remove it: then everybody signs in anew.'
      throw new SecretError(`${path} does not hold a secret of at least 32 characters. ${advice}`, { cause: error })
    }
  } finally {
    rmSync(unfinished, { force: true })
  }
  return readKept(path) ?? ''
}
