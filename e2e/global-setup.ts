import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureChromium } from './chromium.ts'
import { startHub } from './hub-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    hub: string
    /** The folder that hub keeps everything in. */
    data: string
    chromium: string
  }
}

/** Before the journeys: a browser, and a whole hub of its own with the demonstration content, ended afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('chromium', await ensureChromium())
  const folder = await mkdtemp(join(tmpdir(), 'hub-e2e-'))
  const data = join(folder, 'data')
  const hub = await startHub({ HUB_DATA: data })
  project.provide('hub', hub.origin)
  project.provide('data', data)
  return async () => {
    await hub.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
