import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DataFolderDamagedError, DataFolderVersionError } from '../errors.ts'
import { startEngine, syncFolder } from './engine.ts'

/** The PostgreSQL major version of the embedded engine: what PG_VERSION must say. */
export const ENGINE_MAJOR = '18'

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
 * run in a thread that ends: making a cluster leaves several hundred megabytes behind.
 */
export async function createCluster(dataFolder: string): Promise<void> {
  const unfinished = unfinishedPath(dataFolder)
  rmSync(unfinished, { recursive: true, force: true })
  const engine = await startEngine({ folder: unfinished, durable: false })
  await engine.exec('CHECKPOINT')
  await engine.close()
  syncTree(unfinished)
  renameSync(unfinished, clusterPath(dataFolder))
  syncFolder(dataFolder)
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) syncFile(path)
  }
  syncFolder(folder)
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
