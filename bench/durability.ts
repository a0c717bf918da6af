/**
 * Kills a writing process again and again, and checks after each kill that every acknowledged commit is there and that
 * the search index finds it. `node bench/durability.ts [rounds]`, 100 by default (or HUB_DURABILITY_ROUNDS).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killAndReopen } from '#platform/db/durability/rounds.ts'

/** Runs the rounds and prints one line; false when anything was lost. */
export async function benchDurability(rounds: number): Promise<boolean> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hub-durability-'))
  const kept = new Set<number>()
  let bad = 0
  let slowest = 0
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const { lost, unfound, recoveryMs } = await killAndReopen(dataFolder, kept, Math.random() * 1_200)
      slowest = Math.max(slowest, recoveryMs)
      if (lost.length + unfound.length > 0) {
        bad += 1
        console.error(
          `round ${round}: lost ${lost.join(' ') || 'none'}; not found by the search: ${unfound.join(' ') || 'none'}`,
        )
      }
      if (process.stderr.isTTY) process.stderr.write(`\r${round}/${rounds} rounds, ${kept.size} commits checked `)
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
  const outcome = bad === 0 ? 'every acknowledged row is there and found' : `${bad} rounds lost something`
  console.log(
    `durability: ${rounds} kills, ${kept.size} acknowledged rows, slowest recovery ${Math.round(slowest)} ms: ${outcome}`,
  )
  return bad === 0
}

if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? process.env['HUB_DURABILITY_ROUNDS'] ?? 100)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('the number of rounds is a whole number from 1')
  process.exitCode = (await benchDurability(rounds)) ? 0 : 1
}
