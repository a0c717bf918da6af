import { join } from 'node:path'
import { handlesOf, loadContent } from '#features/exchange/index.ts'
import { readNewCaptions } from '#features/recordings/index.ts'
import { migrations } from '#migrations/index.ts'
import { migrate, openDatabase } from '#platform/db/index.ts'
import { createLocalFileStore } from '#platform/files/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { HubTables } from '../../src/schema.ts'
import type { Row } from '../table.ts'

const now = new Date().toISOString()

/** Puts caption files in place of those of the demonstration and reads them as the hub's job does, embedded: milliseconds of each, file to rows. */
export async function timeImport(
  dataFolder: string,
  texts: Readonly<Record<string, string>>,
  count: number,
): Promise<Row[]> {
  const database = await openDatabase<HubTables>({ dataFolder, mode: 'own' })
  try {
    await migrate(database.kysely, migrations)
    const store = createLocalFileStore(join(dataFolder, 'files'))
    await loadContent({ db: database.kysely, files: store }, join(packageRoot(), 'seeds'), now)
    const deps = { ...handlesOf(database.kysely), store, now: () => now }
    await readNewCaptions(deps)
    const { id } = await database.kysely
      .selectFrom('track')
      .select('id')
      .where('kind', '=', 'captions')
      .executeTakeFirstOrThrow()
    const rows: Row[] = []
    for (const [name, text] of Object.entries(texts)) {
      const kept = await store.put(new Blob([text]).stream(), { maxBytes: 100_000_000 })
      const file = { sha256: kept.sha256, type: 'text/vtt', name: `long.${name}`, bytes: kept.bytes, created_at: now }
      await database.kysely.insertInto('file').values(file).execute()
      await database.kysely.updateTable('track').set({ file: kept.sha256 }).where('id', '=', id).execute()
      const startedAt = performance.now()
      await readNewCaptions(deps)
      const value = performance.now() - startedAt
      const there = await database.kysely
        .selectFrom('cue')
        .select((select) => select.fn.countAll<number>().as('cues'))
        .where('track_id', '=', id)
        .executeTakeFirstOrThrow()
      const what = `${name} of ${count.toLocaleString('en')} cues`
      rows.push({ what: `${what}, file to rows`, value, unit: 'ms', most: 5000 })
      rows.push({ what: `${what}, rows that are missing`, value: count - there.cues, unit: '', most: 0 })
    }
    return rows
  } finally {
    await database.close()
  }
}
