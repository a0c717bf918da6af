import { closeSync, fsyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, type postgresMod } from '@electric-sql/pglite'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch'

/** What an open file is to the file system that Emscripten mounts: `nfd` is missing for folders. */
type HostStream = {
  nfd?: number
  node: { name: string; parent: HostStream['node']; mount: { opts: { root: string } } }
}
type HostFileSystem = { stream_ops: { fsync?: (stream: HostStream) => number } }

/** The data folder as PGlite mounts it, with an fsync that reaches the disk (PGlite's own does nothing). */
class DurableNodeFs extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options)
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [makeDurable, ...(emscriptenOpts.preRun ?? [])] } }
  }
}

function makeDurable(mod: postgresMod.PostgresMod): void {
  const host = mod.FS.filesystems.NODEFS as unknown as HostFileSystem
  host.stream_ops.fsync = syncToDisk
}

/** How often this thread's engine has brought something to the disk. */
export const diskSyncs = { count: 0 }

function syncToDisk(stream: HostStream): number {
  diskSyncs.count += 1
  if (stream.nfd !== undefined) {
    fsyncSync(stream.nfd)
    return 0
  }
  syncFolder(hostPath(stream.node))
  return 0
}

function hostPath(node: HostStream['node']): string {
  return node.parent === node ? node.mount.opts.root : join(hostPath(node.parent), node.name)
}

/** Makes the names in a folder durable. Where folders cannot be opened (Windows), the system sees to it. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** PGlite's own parameters without `-F`, which switches fsync off. */
function startParams(durable: boolean): string[] {
  const settings = [
    'search_path=public',
    'exit_on_error=false',
    'log_checkpoints=false',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'io_method=sync',
    'wal_sync_method=fsync',
    // Measured: a start takes as long with 128MB and holds 130 MB more; the system's file cache serves as well.
    'shared_buffers=16MB',
    'timezone=UTC',
    'datestyle=ISO',
  ]
  return ['--single', ...(durable ? [] : ['-F']), '-O', '-j', ...settings.flatMap((setting) => ['-c', setting])]
}

export type EngineOptions = { folder: string | undefined; durable: boolean; template?: Blob }

/** Starts PostgreSQL in this thread: in a folder, or in memory when there is none. */
export async function startEngine({ folder, durable, template }: EngineOptions): Promise<PGlite> {
  const fs = folder === undefined ? undefined : new DurableNodeFs(folder)
  return PGlite.create({
    ...(fs ? { fs } : { dataDir: 'memory://' }),
    ...(template ? { loadDataDir: template } : {}),
    extensions: { pg_textsearch, unaccent },
    startParams: startParams(durable),
  })
}

/** The status by which PGlite leaves a statement that failed in the ordinary way (its POSTGRES_MAIN_LONGJMP). */
const STATEMENT_FAILED = 100

/**
 * Tells of the engine's collapse: a PANIC (no room for the write-ahead log), a FATAL or a fault of the program. PGlite swallows
 * what is thrown then and tries again for ever, so `onCollapse` must end the thread.
 */
export function watchForCollapse(engine: PGlite, onCollapse: (reason: string) => void): void {
  const mod = engine.Module
  const step = mod._PostgresMainLoopOnce
  mod._PostgresMainLoopOnce = () => {
    try {
      step()
    } catch (error) {
      const status = typeof error === 'object' && error && 'status' in error ? error.status : undefined
      if (status !== STATEMENT_FAILED) onCollapse(error instanceof Error ? error.message : String(error))
      throw error
    }
  }
}
