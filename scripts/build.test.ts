import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadAssets } from '#platform/http/index.ts'
import { build } from './build/build.ts'

let outDir = ''
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'hub-build-'))
})
afterAll(async () => rm(outDir, { recursive: true }))

test('style and script are built under names that hold their hash, and a second build has nothing to do', async () => {
  expect(await build({ outDir, only: 'assets' })).toBe('built')
  const manifest: unknown = JSON.parse(await readFile(join(outDir, 'assets/manifest.json'), 'utf8'))

  expect(manifest).toEqual(
    expect.objectContaining({
      'hub.css': expect.stringMatching(/^hub-style\.[A-Z0-9]{8}\.css$/),
      'hub.js': expect.stringMatching(/^hub\.[A-Z0-9]{8}\.js$/),
    }),
  )
  expect(await build({ outDir, only: 'assets' })).toBe('fresh')
  expect(await build({ outDir, only: 'assets', force: true })).toBe('built')
  expect((await readdir(join(outDir, 'assets'))).length).toBe(Object.keys(Object(manifest)).length + 1)
})

test('the hub reads what was built, in every coding', async () => {
  const assets = await loadAssets(join(outDir, 'assets'))
  const style = assets.at(assets.href('hub.css'))

  expect(style?.headers).toEqual([
    ['content-type', 'text/css; charset=utf-8'],
    ['cache-control', 'public, max-age=31536000, immutable'],
    ['vary', 'Accept-Encoding'],
  ])
  expect(Object.keys(style?.bodies ?? {})).toEqual(['br', 'gzip'])
  expect(() => assets.href('hub.wasm')).toThrow('There is no asset hub.wasm: run npm run build.')
})
