import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from './build/build.ts'

/** `npm run build`: makes `dist` of `src`; says nothing when there is nothing to do. */
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const result = await build()
  if (result === 'failed') process.exitCode = 1
}
