import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareCluster } from '#testing/database.ts'
import { clusterPath } from './cluster.ts'
import { diskSyncs, startEngine } from './engine.ts'

test('each commit is brought to the disk once, and a reader to none', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hub-engine-'))
  await prepareCluster(dataFolder)
  const engine = await startEngine({ folder: clusterPath(dataFolder), durable: true })
  await engine.exec('create table note (id int)')
  await engine.exec('checkpoint')

  const before = diskSyncs.count
  for (let id = 0; id < 20; id += 1) await engine.query('insert into note values ($1)', [id])
  const afterWrites = diskSyncs.count
  for (let id = 0; id < 20; id += 1) await engine.query('select id from note where id = $1', [id])

  expect({ writes: afterWrites - before, reads: diskSyncs.count - afterWrites }).toEqual({ writes: 20, reads: 0 })
  await engine.close()
  rmSync(dataFolder, { recursive: true })
})
