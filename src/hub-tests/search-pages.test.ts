import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { readNewFiles } from '#features/library/index.ts'
import { readNewCaptions } from '#features/recordings/index.ts'
import { moveHubVersion } from '#features/records/index.ts'
import { loadAssets } from '#platform/http/index.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { build } from '../../scripts/build/build.ts'
import { readMarkup } from './markup-reader.ts'

let hub: TestHub
let style = 0
const folder = mkdtemp(join(tmpdir(), 'hub-assets-'))

beforeAll(async () => {
  hub = await openHub({ seeded: true, environment: { HUB_TRUST_PROXY: '1' } })
  const deps = { ...handlesOf(hub.kysely), store: hub.files, now: () => '2026-11-24T09:00:00.000Z' }
  await readNewCaptions(deps)
  await readNewFiles(deps)
  await moveHubVersion(deps.records)
  const isComplete = async () => Object(await (await hub.get('/api/v1/search?q=return')).json()).complete
  await vi.waitUntil(isComplete, { timeout: 60_000, interval: 200 })
  const outDir = await folder
  await build({ outDir, only: 'assets' })
  const assets = await loadAssets(join(outDir, 'assets'))
  style = assets.at(assets.href('hub.css'))?.bodies.br?.length ?? 0
}, 240_000)
afterAll(async () => {
  await hub[Symbol.asyncDispose]()
  await rm(await folder, { recursive: true })
})

/** What fills a page of the search: common words, phrases, names of terms, words of two languages, all that narrows, and nothing. */
const questions: Readonly<Record<string, readonly string[]>> = {
  en: ['reintegration', 'return -migration', '"sustainable development"', 'communities policies', 'coordination'],
  fr: ['réintégration', 'retour', '"développement durable"', 'communautés politiques', 'coordination'],
  es: ['reintegración', 'retorno', '"desarrollo sostenible"', 'comunidades políticas', 'coordinación'],
  pt: ['reintegração', 'retorno', '"desenvolvimento sustentável"', 'comunidades políticas', 'coordenação'],
  ar: ['إعادة الإدماج', 'العودة', '"التنمية المستدامة"', 'المجتمعات سياسات', 'التنسيق'],
}

let asked = 0

test.each(Object.entries(questions))(
  'search pages in %s are valid and fit in one TCP window with their style',
  async (lang, all) => {
    const queries = [
      ...all.flatMap((words) => {
        const q = `q=${encodeURIComponent(words)}`
        return [
          q,
          `${q}&sort=newest`,
          `${q}&exact=1`,
          `${q}&page=2`,
          `${q}&kind=session&lang=${lang}&year=2021&place=ET`,
        ]
      }),
      'q=zzyzx',
      `q=${encodeURIComponent(all[0] ?? '')}&kind=unicorn&page=99`,
      `q=${'x%20'.repeat(150)}`,
    ]
    expect(style).toBeGreaterThan(1000)
    const faults: unknown[] = []
    let full = 0
    for (const query of queries) {
      asked += 1
      const headers = { 'accept-encoding': 'br', 'x-forwarded-for': `198.51.100.${asked}` }
      const response = await hub.get(`/${lang}/search?${query}`, headers)
      const body = Buffer.from(await response.arrayBuffer())
      const html = brotliDecompressSync(body).toString()
      const wrong = await findMarkupFaults(html)
      const { headings, lang: own } = readMarkup(html)
      if (response.status !== 200 || wrong.length > 0 || headings.length !== 1 || own !== lang)
        faults.push([query, wrong])
      if (body.length + style > 14_600) faults.push([query, body.length + style])
      if ([...html.matchAll(/<mark>/g)].length > 9) full += 1
    }
    expect(faults).toEqual([])
    // Empty pages would fit in any window.
    expect(full).toBeGreaterThan(8)
  },
  120_000,
)
