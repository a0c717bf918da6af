import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { DataFolderInUseError, DataFolderNotWritableError } from './errors.ts'

const Owner = z.object({ pid: z.number(), startedAt: z.string() })
export type LockOwner = z.infer<typeof Owner>

export type DataFolderLock = { release: () => void }

const lockPath = (dataFolder: string) => join(dataFolder, 'hub.lock')
const ownerPath = (dataFolder: string) => join(dataFolder, 'hub.pid')

/** Node's code for a failed system call, or SQLite's words. */
function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error)
}

/** Makes a folder and those above it. Not by `recursive`: where the system takes none, as under /proc, Node tries for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  if (path !== dirname(path)) makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o750 })
  } catch (error) {
    // Another process may have been faster.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

/** Makes the data folder if need be; throws `DataFolderNotWritableError` when the hub cannot write in it. */
export function prepareDataFolder(dataFolder: string): void {
  try {
    makeFolder(resolve(dataFolder))
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK)
    // A folder mounted read-only says no only when something is written; root is let through every access check.
    const probe = join(dataFolder, `.writable-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new DataFolderNotWritableError(dataFolder, errorCode(error))
  }
}

/**
 * Takes the data folder for this process, or throws `DataFolderInUseError`. The lock is the operating system's, held through
 * SQLite on `hub.lock`: it ends with the process however that dies, so it is never stale, a pid that was given
 * to another program cannot mislead, and of two processes exactly one gets it. `hub.pid` says who holds it.
 */
export function lockDataFolder(dataFolder: string, now: Date = new Date()): DataFolderLock {
  prepareDataFolder(dataFolder)
  const handle = takeLock(dataFolder, PATIENCE)
  if (!handle) throw new DataFolderInUseError(dataFolder, readLockOwner(dataFolder))
  writeFileSync(ownerPath(dataFolder), `${JSON.stringify({ pid: process.pid, startedAt: now.toISOString() })}\n`)
  return {
    release: () => {
      if (!handle.isOpen) return
      rmSync(ownerPath(dataFolder), { force: true })
      handle.close()
    },
  }
}

/** Whether a living process holds the folder. */
export function isDataFolderLocked(dataFolder: string): boolean {
  const handle = takeLock(dataFolder, 0)
  handle?.close()
  return !handle
}

/** Who wrote itself down as the owner; when nobody holds the lock, the one that ended without cleaning up. */
export function readLockOwner(dataFolder: string): LockOwner | undefined {
  try {
    const owner = Owner.safeParse(JSON.parse(readFileSync(ownerPath(dataFolder), 'utf8')))
    return owner.success ? owner.data : undefined
  } catch {
    return undefined
  }
}

const SQLITE_BUSY = 5

/** In milliseconds: `isDataFolderLocked` of another process holds the lock for an instant. */
const PATIENCE = 250

function takeLock(dataFolder: string, timeout: number): DatabaseSync | undefined {
  let handle: DatabaseSync | undefined
  try {
    handle = new DatabaseSync(lockPath(dataFolder), { timeout })
    handle.exec('BEGIN EXCLUSIVE')
    return handle
  } catch (error) {
    handle?.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined
    throw new DataFolderNotWritableError(dataFolder, errorCode(error))
  }
}
