import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** Times the translation desk over so many records in five languages, embedded, in this very process: no network between. Returns whether it keeps to its budget. */
export async function benchTranslation(records: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  // Beside the program of the embedded database, which is looked for there.
  const program = join(root, 'dist', 'bench-translation.js')
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/translation/desk.ts'],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    packages: 'external',
    logLevel: 'warning',
  })
  try {
    const { timeDesk } = (await import(program)) as typeof import('./translation/desk.ts')
    return await timeDesk(join(folder, 'data'), records)
  } finally {
    await rm(program, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}
