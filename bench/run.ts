import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startHub, type HubProcess } from '../e2e/hub-process.ts'
import { benchCaptions } from './captions.ts'
import { benchDocuments } from './documents.ts'
import { benchDurability } from './durability.ts'
import { benchImport, benchOai } from './import.ts'
import { benchLibrary } from './library.ts'
import { readMemory } from './memory.ts'
import { benchPages } from './pages.ts'
import { benchSearch } from './search.ts'
import { benchSearchQuality } from './search-quality.ts'
import { benchStreaming } from './streaming.ts'
import { printRows, type Row } from './table.ts'
import { benchTranslation } from './translation.ts'
import { benchUpload } from './upload.ts'

const seminars: Readonly<Record<string, string>> = {
  en: '/en/seminars/sustainable-development-and-reintegration-2021',
  fr: '/fr/seminars/developpement-durable-et-reintegration-2021',
  es: '/es/seminars/desarrollo-sostenible-y-reintegracion-2021',
  pt: '/pt/seminars/desenvolvimento-sustentavel-e-reintegracao-2021',
  ar: `/ar/seminars/${encodeURIComponent('التنمية-المستدامة-وإعادة-الإدماج-2021')}`,
}
const frontPages = ['/fr', '/fr/seminars', '/fr/seminars/developpement-durable-et-reintegration-2021']

/** Milliseconds until a hub of this folder has answered its first page. */
async function timeStart(folder: string): Promise<{ hub: HubProcess; milliseconds: number }> {
  const startedAt = performance.now()
  const hub = await startHub({ HUB_DATA: folder, HUB_LOG: 'silent' })
  await (await fetch(`${hub.origin}/fr`)).text()
  return { hub, milliseconds: performance.now() - startedAt }
}

async function transferred(origin: string, path: string): Promise<number> {
  const response = await fetch(`${origin}${path}`, { headers: { 'accept-encoding': 'br' } })
  return Number(response.headers.get('content-length'))
}

/** Bytes of the December 2021 page with its style, in each language, as a reader's first view takes them. */
async function measureBytes(origin: string): Promise<Row[]> {
  const home = await (await fetch(`${origin}/en`)).text()
  const style = await transferred(origin, /<link rel="stylesheet" href="([^"]+)"/.exec(home)?.[1] ?? '')
  const rows: Row[] = []
  for (const [lang, path] of Object.entries(seminars)) {
    rows.push({
      what: `December 2021, HTML + CSS, ${lang}`,
      value: (await transferred(origin, path)) + style,
      unit: 'B',
      most: 14_600,
    })
  }
  return rows
}

/** Starting, memory, pages and bytes of a hub with the demonstration content, on the embedded database. */
async function benchHub(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  const rows: Row[] = []
  try {
    const first = await timeStart(join(folder, 'data'))
    rows.push({ what: 'first start, to the first page', value: first.milliseconds, unit: 'ms', most: 6000 })
    await first.hub.stop()
    const later = await timeStart(join(folder, 'data'))
    rows.push({ what: 'later start, to the first page', value: later.milliseconds, unit: 'ms', most: 2000 })
    try {
      await pause(15_000)
      const memory = await readMemory(later.hub.pid)
      if (memory !== null) rows.push({ what: 'memory at rest', value: memory / 1e6, unit: 'MB', most: 350 })
      rows.push(...(await measureBytes(later.hub.origin)))
      const isKept = printRows(rows)
      await benchPages({ origin: later.hub.origin, paths: frontPages })
      return isKept
    } finally {
      await later.hub.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Each says whether it keeps to its budget. */
const parts: Readonly<Record<string, (argument: string | undefined) => Promise<boolean>>> = {
  hub: benchHub,
  captions: async (cues) => benchCaptions(Number(cues ?? 100_000)),
  documents: benchDocuments,
  durability: async (rounds) => benchDurability(Number(rounds ?? 100)),
  import: async (works) => benchImport(Number(works ?? 10_000)),
  oai: async (works) => benchOai(Number(works ?? 5000)),
  library: async (publications) => benchLibrary(Number(publications ?? 100_000)),
  search: async (passages) => benchSearch(Number(passages ?? 1_000_000)),
  'search-quality': benchSearchQuality,
  streaming: async (seconds) => benchStreaming(Number(seconds ?? 60)),
  translation: async (records) => benchTranslation(Number(records ?? 10_000)),
  upload: async (megabytes) => benchUpload(Number(megabytes ?? 300)),
}

/** `npm run bench [-- hub | captions [cues] | documents | durability [rounds] | import [works] | oai [works] | library [publications] | search [passages] | search-quality | streaming [seconds] | translation [records] | upload [megabytes]]`; without a name, the hub. */
const [name = 'hub', argument] = process.argv.slice(2)
const part = parts[name]
if (part) {
  if (!(await part(argument))) process.exitCode = 1
} else {
  console.error(`There is no benchmark “${name}”: ${Object.keys(parts).join(', ')}.`)
  process.exitCode = 2
}
