import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHub } from '../e2e/hub-process.ts'
import { readMemory } from './memory.ts'
import { startNginx } from './streaming/nginx.ts'
import { offerFile } from './streaming/offer.ts'
import { readLikePlayers } from './streaming/players.ts'
import { readRanges } from './streaming/ranges.ts'
import { printRows } from './table.ts'
import { aFile, send, signIn, type BigFile } from './upload.ts'

const readers = 200
/** Bytes a second: one megabit. */
const rate = 125_000
const megabytes = 300
const mostGrowth = 40

/**
 * Two hundred readers of one film at 1 Mbit/s each, who seek, for so many seconds; then the throughput of ranges beside nginx, which serves
 * the same file. False when a figure is over its budget.
 */
export async function benchStreaming(seconds: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  const data = join(folder, 'data')
  try {
    const hub = await startHub({ HUB_DATA: data, HUB_LOG: 'silent' })
    try {
      const sender = { hub, cookie: await signIn(hub, data) }
      await using file = await aFile(join(folder, 'film'), megabytes)
      const { ref, sha256 = '' } = await send(sender, file, [])
      const path = await offerFile(sender, ref)
      const isKept = await measureReaders(hub, path, file, seconds)
      return (await measureRanges(hub.origin + path, { folder, data, sha256 })) && isKept
    } finally {
      await hub.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureReaders(
  { origin, pid }: { readonly origin: string; readonly pid: number },
  path: string,
  file: BigFile,
  seconds: number,
): Promise<boolean> {
  // What is made once, with the first readers, is no growth.
  await readLikePlayers({ url: origin + path, file, readers, rate, seconds: Math.min(10, seconds) })
  const before = (await readMemory(pid)) ?? 0
  let most = before
  const watching = setInterval(() => {
    void readMemory(pid).then((memory) => (most = Math.max(most, memory ?? 0)))
  }, 500)
  const read = await readLikePlayers({ url: origin + path, file, readers, rate, seconds })
  clearInterval(watching)
  const after = (await readMemory(pid)) ?? 0
  const megabits = ((read.bytes / read.wanted) * rate * 8) / 1e6
  console.log(
    `${readers} readers, ${seconds} s: ${megabits.toFixed(2)} Mbit/s each, ${read.seeks} seeks; ` +
      `memory ${Math.round(before / 1e6)} MB before, ${Math.round(after / 1e6)} MB after`,
  )
  return printRows([
    { what: 'errors', value: read.errors, unit: '', most: 0 },
    {
      what: 'bytes that came too late',
      value: (1 - read.bytes / read.wanted) * 100,
      unit: '%',
      most: 5,
    },
    { what: 'first byte after a seek, 95 of 100', value: read.firstByte, unit: 'ms', most: 500 },
    { what: 'memory grew by at most', value: (most - before) / 1e6, unit: 'MB', most: mostGrowth },
  ])
}

/** Both serve random ranges of 16 MB to 16 connections, in turns. */
async function measureRanges(
  url: string,
  { folder, data, sha256 }: { readonly folder: string; readonly data: string; readonly sha256: string },
): Promise<boolean> {
  await using nginx = await startNginx(folder, join(data, 'files'))
  const other = `${nginx.origin}/${sha256.slice(0, 2)}/${sha256}`
  const size = megabytes * 1_000_000
  const speeds = { hub: 0, nginx: 0, errors: 0 }
  for (let turn = 0; turn < 4; turn += 1) {
    const hub = await readRanges({ url, size, seconds: 4 })
    const beside = await readRanges({ url: other, size, seconds: 4 })
    speeds.hub += hub.bytes / hub.seconds / 4e6
    speeds.nginx += beside.bytes / beside.seconds / 4e6
    speeds.errors += hub.errors + beside.errors
  }
  console.log(
    `ranges of 16 MB: ${Math.round(speeds.hub)} MB/s, nginx ${Math.round(speeds.nginx)} MB/s, ratio ${(speeds.hub / speeds.nginx).toFixed(2)}`,
  )
  return printRows([
    { what: 'nginx beside the hub', value: (speeds.nginx / speeds.hub) * 100, unit: '%', most: 200 },
    { what: 'errors of ranges', value: speeds.errors, unit: '', most: 0 },
  ])
}
