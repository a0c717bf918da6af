import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFolderDamagedError, DataFolderVersionError } from '../errors.ts'
import { startEngine, syncFolder } from './engine.ts'

/** The PostgreSQL major version of the embedded engine: what PG_VERSION must say. */
const ENGINE_MAJOR = '18'

/** Where the cluster lives in a data folder, and where it is being made. */
export const clusterPath = (dataFolder: string) => join(dataFolder, 'pg')
const unfinishedPath = (dataFolder: string) => join(dataFolder, 'pg.new')

const essential = ['global/pg_control', 'base', 'pg_wal', 'pg_xact']

/** Says whether the data folder holds a cluster; throws when it holds one that must not be opened. */
export function inspectCluster(dataFolder: string): 'none' | 'ready' {
  const folder = clusterPath(dataFolder)
  if (!existsSync(folder)) return 'none'
  const versionFile = join(folder, 'PG_VERSION')
  if (!existsSync(versionFile)) throw new DataFolderDamagedError(folder, 'PG_VERSION')
  const version = readFileSync(versionFile, 'utf8').trim()
  if (version !== ENGINE_MAJOR) throw new DataFolderVersionError(folder, version, ENGINE_MAJOR)
  const missing = essential.find((name) => !existsSync(join(folder, name)))
  if (missing) throw new DataFolderDamagedError(folder, missing)
  return 'ready'
}

/**
 * Makes the cluster beside its place and moves it there whole, so a start that is killed leaves nothing half-made. To be
 * run in a process that ends: making a cluster leaves several hundred megabytes behind.
 */
export async function createCluster(dataFolder: string): Promise<void> {
  const unfinished = unfinishedPath(dataFolder)
  rmSync(unfinished, { recursive: true, force: true })
  const engine = await startEngine({ folder: unfinished, durable: false })
  await engine.exec('CHECKPOINT')
  await engine.close()
  await syncTree(unfinished)
  renameSync(unfinished, clusterPath(dataFolder))
  syncFolder(dataFolder)
}

/** Brings a whole folder to the disk, many files at once: one after the other, the thousand of a cluster take their time. */
async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? syncTree(path) : syncFile(path)
    }),
  )
  syncFolder(folder)
}

async function syncFile(path: string): Promise<void> {
  await using handle = await open(path, 'r+')
  await handle.sync()
}
