import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** Times the library over so many publications, embedded, in this very process: no network between. Returns whether it keeps to its budget. */
export async function benchLibrary(publications: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  // Beside the program of the embedded database, which is looked for there.
  const program = join(root, 'dist', 'bench-library.js')
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/library/list.ts'],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    packages: 'external',
    logLevel: 'warning',
  })
  try {
    const { timeLibrary } = (await import(program)) as typeof import('./library/list.ts')
    return await timeLibrary(join(folder, 'data'), publications)
  } finally {
    await rm(program, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}
