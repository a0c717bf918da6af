import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Hono } from 'hono'
import { z } from 'zod'
import { answerStored } from './cache-pages.ts'
import type { HubEnv } from './env.ts'
import { pack, packTighter, type Stored } from './stored.ts'

export type Assets = {
  /** Address of a built file by its plain name: `hub.css` → `/assets/hub.3f2a….css`. Throws when it was not built. */
  href: (name: string) => string
  /** The address, or nothing when there is no such file. */
  find: (name: string) => string | undefined
  /** What is at an address. */
  at: (path: string) => Stored | undefined
}

const Manifest = z.record(z.string(), z.string().regex(/^[\w.-]+$/))

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** A name holds its content's hash, so what is at an address never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Reads the built assets of a folder (`dist/assets`, with its `manifest.json`) and packs them as small as they get. */
export async function loadAssets(folder: string): Promise<Assets> {
  const file = join(folder, 'manifest.json')
  if (!existsSync(file)) throw new Error(`There are no built assets in ${folder}: run npm run build.`)
  const manifest = Manifest.parse(JSON.parse(await readFile(file, 'utf8')))
  const stored = await Promise.all(
    Object.values(manifest).map(async (name) => [`/assets/${name}`, await packFile(join(folder, name))] as const),
  )
  return createAssets(manifest, new Map(stored))
}

/** No assets at all: for tests of what needs none. */
export function noAssets(): Assets {
  return createAssets({}, new Map())
}

function createAssets(manifest: Readonly<Record<string, string>>, files: ReadonlyMap<string, Stored>): Assets {
  const find = (name: string) => (manifest[name] === undefined ? undefined : `/assets/${manifest[name]}`)
  return {
    find,
    href: (name) => {
      const path = find(name)
      if (path === undefined) throw new Error(`There is no asset ${name}: run npm run build.`)
      return path
    },
    at: (path) => files.get(path),
  }
}

async function packFile(file: string): Promise<Stored> {
  const headers = { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': FOR_EVER }
  const body = new Uint8Array(await readFile(file))
  return packTighter(await pack(new Response(body, { headers }), { route: '/assets/:name' }))
}

export function mountAssets(app: Hono<HubEnv>, assets: Assets): void {
  app.get('/assets/:name', (c) => {
    const stored = assets.at(c.req.path)
    return stored ? answerStored(c, stored, true) : c.notFound()
  })
}
