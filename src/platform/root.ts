import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The package's folder, with `locales`, `seeds` and `dist` in it, whether this runs from `src` or bundled in `dist`. */
export function packageRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  throw new Error(`No package.json above ${import.meta.dirname}: the installation is incomplete.`)
}

/** The release, as package.json has it. */
export function readRelease(): string {
  const text: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : ''
}
