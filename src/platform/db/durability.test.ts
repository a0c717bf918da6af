import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareCluster } from '#testing/database.ts'
import { killAndReopen } from './durability/rounds.ts'

const ROUNDS = 5

test('what was acknowledged is there after a kill, and the search finds it', { timeout: 120_000 }, async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hub-durability-'))
  await prepareCluster(dataFolder)
  const kept = new Set<number>()
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { acknowledged, lost, unfound } = await killAndReopen(dataFolder, kept, Math.random() * 600)
      expect({ acknowledged: acknowledged > 0, lost, unfound }).toEqual({ acknowledged: true, lost: [], unfound: [] })
    }
  } finally {
    rmSync(dataFolder, { recursive: true })
  }
})
