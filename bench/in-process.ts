import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** Bundles a part of the benchmarks that works on an embedded database in this very process, and runs it with a data folder of its own. */
export async function inProcess<Result>(
  entry: `bench/${string}.ts`,
  run: (module: unknown, dataFolder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  // Beside the program of the embedded database, which is looked for there.
  const program = join(root, 'dist', `${entry.replaceAll('/', '-').slice(0, -3)}.js`)
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    packages: 'external',
    logLevel: 'warning',
  })
  try {
    return await run(await import(program), join(folder, 'data'))
  } finally {
    await rm(program, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}
