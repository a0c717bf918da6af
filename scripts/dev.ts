import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from './build/build.ts'

/** `npm run dev`: builds, starts the hub, and does both again whenever a file changes. Ends with Ctrl-C. */
const root = join(import.meta.dirname, '..')
const watched = ['src', 'locales', 'seeds', 'migrations']
/** Editors write a file in several steps. */
const SETTLE = 80

let hub: ChildProcess | undefined
let isEnding = false
let turning: Promise<void> | undefined
let isChanged = false

function start(): void {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/passerelle.js'), 'start'], {
    cwd: root,
    stdio: 'inherit',
  })
  hub = child
  child.once('exit', (code) => {
    if (hub === child) hub = undefined
    if (!isEnding && code) console.log('The hub has stopped. It starts again when a file changes.')
  })
}

async function stop(): Promise<void> {
  const child = hub
  if (!child) return
  hub = undefined
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** Builds and starts until nothing has changed meanwhile. A build with faults leaves the running hub alone. */
async function turn(): Promise<void> {
  do {
    await pause(SETTLE)
    isChanged = false
    if ((await build({ force: true })) === 'failed') continue
    await stop()
    if (!isEnding) start()
  } while (isChanged)
}

function changed(file: string | null): void {
  if (isEnding || file?.endsWith('.test.ts') || file?.endsWith('.test.tsx')) return
  isChanged = true
  turning ??= turn().finally(() => (turning = undefined))
}

async function end(): Promise<void> {
  isEnding = true
  await stop()
  process.exit(0)
}

for (const folder of watched) {
  if (existsSync(join(root, folder))) {
    watch(join(root, folder), { recursive: true }, (_, file) => changed(file))
  }
}
process.once('SIGINT', () => void end())
process.once('SIGTERM', () => void end())
changed(null)
