import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build as bundle } from 'esbuild'
import { build } from './build/build.ts'

/** Makes the files of the demonstration hub anew: `node scripts/seed-files.ts`. Run it when what they say has changed. */
const root = join(import.meta.dirname, '..')
const outfile = join(root, 'dist/seed-files.js')

if ((await build()) === 'failed') process.exit(1)
// Beside the built programs, whose processes it uses.
await bundle({
  absWorkingDir: root,
  entryPoints: ['scripts/seed-files/make.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
})
try {
  await import(pathToFileURL(outfile).href)
} finally {
  await rm(outfile)
}
