import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startHub, type HubProcess } from '../e2e/hub-process.ts'
import { printRows, type Row } from './table.ts'

const pages = ['/fr', '/fr/library', '/en/library?sort=title', '/fr/seminars', '/en/themes']
/** Whoever sends a key gets a page made for them, so this is how long a page takes that no memory has. */
const stranger = { authorization: 'Bearer bench' }

/** A catalogue of so many works, each with an author, a date, a place, a DOI and an abstract. */
function makeCatalogue(works: number): string {
  const rows = Array.from({ length: works }, (_, index) => {
    const date = `20${String(10 + (index % 15))}-0${1 + (index % 9)}`
    const abstract = `What paper ${index} found about return and reintegration in Mali, told in a sentence or two.`
    return `Paper ${index} of the bench,Papier ${index} du banc,"Doe, Jane|{Institute ${index % 50}}",${date},10.5555/b.${index},Mali,"${abstract}",report`
  })
  return `title,titre (fr),authors,date,doi,countries,abstract,type\n${rows.join('\n')}\n`
}

/** Becomes the first administrator of a hub; returns the cookie of the visit. */
async function signIn(hub: HubProcess): Promise<string> {
  const [link = ''] = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(hub.output()) ?? []
  const person = { name: 'Bench', email: 'bench@example.org', lang: 'en', password: 'a bridge of bright wood' }
  const body = new URLSearchParams(person)
  const response = await fetch(link, { method: 'POST', body, redirect: 'manual', headers: { origin: hub.origin } })
  if (response.status !== 303) throw new Error(`Nobody could sign in: ${response.status}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

interface Desk {
  readonly hub: HubProcess
  readonly cookie: string
}

async function post({ hub, cookie }: Desk, path: string, body: FormData | URLSearchParams): Promise<string> {
  const headers = { origin: hub.origin, cookie }
  const response = await fetch(hub.origin + path, { method: 'POST', body, redirect: 'manual', headers })
  if (response.status !== 303) throw new Error(`${path} was answered with ${response.status}`)
  return response.headers.get('location') ?? ''
}

/** Waits until nothing goes on at a page any more, as somebody who looks twice a second; returns how often a progress was shown. */
async function waitFor({ hub, cookie }: Desk, path: string): Promise<number> {
  for (let shown = 0; ;) {
    const page = await (await fetch(hub.origin + path, { headers: { cookie } })).text()
    if (!page.includes('<job-progress')) return shown
    if (page.includes('<progress')) shown += 1
    await pause(500)
  }
}

/** Milliseconds of pages that a reader asks for one after the other, until somebody says so. */
async function readMeanwhile(hub: HubProcess, signal: AbortSignal): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; !signal.aborted; turn += 1) {
    const startedAt = performance.now()
    await (await fetch(hub.origin + (pages[turn % pages.length] ?? '/fr'), { headers: stranger })).text()
    times.push(performance.now() - startedAt)
    await pause(30)
  }
  return times
}

/** Brings works in at the desk while somebody reads; resolves to the figures of both. */
async function importWorks(desk: Desk, works: number, publish: boolean): Promise<Row[]> {
  const form = new FormData()
  form.set('file', new File([makeCatalogue(works)], 'bench.csv'))
  if (publish) form.set('publish', 'on')
  const end = new AbortController()
  const reading = readMeanwhile(desk.hub, end.signal)
  const startedAt = performance.now()
  let [shown, comparedAt, writtenAt] = [0, 0, 0]
  try {
    const path = await post(desk, '/en/desk/import/publications', form)
    shown += await waitFor(desk, path)
    comparedAt = performance.now()
    await post(desk, path, new URLSearchParams({ do: 'all' }))
    shown += await waitFor(desk, path)
    writtenAt = performance.now()
  } finally {
    end.abort()
    await reading
  }
  const times = (await reading).toSorted((one, other) => one - other)
  const kind = publish ? ', published' : ', drafts'
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  console.log(`${times.length} pages were read meanwhile; progress was shown ${shown} times`)
  return [
    { what: `${works} works compared${kind}`, value: (comparedAt - startedAt) / 1000, unit: 's', most: 60 },
    { what: `${works} works compared and written${kind}`, value: (writtenAt - startedAt) / 1000, unit: 's', most: 60 },
    { what: `a page meanwhile, p50${kind}`, value: at(0.5), unit: 'ms', most: 100 },
    { what: `a page meanwhile, p95${kind}`, value: at(0.95), unit: 'ms', most: 100 },
  ]
}

async function withHub(work: (desk: Desk) => Promise<Row[]>): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  try {
    const hub = await startHub({ HUB_DATA: join(folder, 'data'), HUB_LOG: 'silent' })
    try {
      const cookie = await signIn(hub)
      // The jobs begin ten seconds after the start.
      await pause(15_000)
      return printRows(await work({ hub, cookie }))
    } finally {
      await hub.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Times imports at the desk, embedded, and the pages that somebody reads meanwhile: of drafts, and of what is published at once. Returns
 * whether both keep to their budget.
 */
export async function benchImport(works: number): Promise<boolean> {
  const isKept: boolean[] = []
  for (const publish of [false, true]) isKept.push(await withHub(async (desk) => importWorks(desk, works, publish)))
  return isKept.every(Boolean)
}

/** Milliseconds that a harvest of everything takes, and the slowest of its answers. */
async function walk(origin: string, prefix: string): Promise<{ total: number; slowest: number; records: number }> {
  const startedAt = performance.now()
  let [slowest, records] = [0, 0]
  let query = `verb=ListRecords&metadataPrefix=${prefix}`
  while (query !== '') {
    const from = performance.now()
    const answer = await (await fetch(`${origin}/oai?${query}`)).text()
    slowest = Math.max(slowest, performance.now() - from)
    records += answer.split('<record>').length - 1
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(answer)?.[1]
    query = token === undefined ? '' : `verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`
  }
  return { total: performance.now() - startedAt, slowest, records }
}

/** Times a harvester that walks a library of so many works to its end, in each format. Returns whether all keeps to its budget. */
export async function benchOai(works: number): Promise<boolean> {
  return withHub(async (desk) => {
    const rows = await importWorks(desk, works, true)
    for (const prefix of ['oai_dc', 'oai_datacite']) {
      const { total, slowest, records } = await walk(desk.hub.origin, prefix)
      rows.push({ what: `${prefix}: ${records} records walked`, value: total / 1000, unit: 's', most: works / 200 })
      rows.push({ what: `${prefix}: the slowest answer`, value: slowest, unit: 'ms', most: 1000 })
    }
    return rows
  })
}
