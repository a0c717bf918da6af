import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../index.ts'
import { listDocuments, searchDocument } from './documents.ts'

/** What one round found: ids acknowledged in it, those of all rounds that are gone, and those the search does not find. */
export type Round = { acknowledged: number; lost: number[]; unfound: number[]; recoveryMs: number }

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url))

/** Earlier documents that are searched for again in each round, besides all of the round itself. */
const RECHECKED = 50

/**
 * Starts a writer on the data folder, kills it with SIGKILL `killAfterMs` after its first commit, opens the folder as the hub
 * would, and compares. `kept` holds the ids acknowledged so far and gains those of this round.
 */
export async function killAndReopen(dataFolder: string, kept: Set<number>, killAfterMs: number): Promise<Round> {
  const acknowledged = await writeUntilKilled(dataFolder, Math.max(0, ...kept) + 1_000, killAfterMs)
  const begun = performance.now()
  const db = await openDatabase({ dataFolder, mode: 'own' })
  try {
    const recoveryMs = performance.now() - begun
    const present = new Set(await listDocuments(db.kysely))
    const earlier = [...kept].sort(() => Math.random() - 0.5).slice(0, RECHECKED)
    for (const id of acknowledged) kept.add(id)
    const unfound: number[] = []
    for (const id of [...acknowledged, ...earlier]) {
      const found = await searchDocument(db.kysely, id)
      if (found.length !== 1 || found[0] !== id) unfound.push(id)
    }
    return { acknowledged: acknowledged.length, lost: [...kept].filter((id) => !present.has(id)), unfound, recoveryMs }
  } finally {
    await db.close()
  }
}

async function writeUntilKilled(dataFolder: string, firstId: number, killAfterMs: number): Promise<number[]> {
  const child = spawn(process.execPath, [writer, dataFolder, String(firstId)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (acknowledged.length === 0) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    acknowledged.push(...line.split(' ').map(Number))
  }
  if (child.signalCode === null && child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve))
  if (child.signalCode !== 'SIGKILL') throw new Error(`the writer ended by itself, with ${child.exitCode}`)
  return acknowledged
}
