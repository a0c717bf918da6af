import { join } from 'node:path'
import { loadContent } from '#features/exchange/index.ts'
import { migrations } from '#migrations/index.ts'
import { migrate, openDatabase } from '#platform/db/index.ts'
import { createLocalFileStore } from '#platform/files/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { HubTables } from '../../../src/schema.ts'
import { engines, openQuestions, type Engine } from './ask.ts'
import { addCorpus } from './corpus.ts'
import { sumUp, type Floor } from './floors.ts'
import { askAcross, askJudged, groupAnswered, type Answered, type Group } from './quality.ts'

export interface MeasuredQuality {
  readonly engine: Engine
  readonly groups: readonly Group[]
  readonly figures: Floor
  /** Queries that are answered worst. */
  readonly worst: readonly Answered[]
  /** Terms that were asked for in another language and not found. */
  readonly missed: readonly string[]
}

/** Queries that are shown one by one. */
const WORST = 15

/** Makes a hub of the demonstration content and the corpus on the embedded database, and asks it by each engine. */
export async function measureQuality(dataFolder: string): Promise<MeasuredQuality[]> {
  const database = await openDatabase<HubTables>({ dataFolder, mode: 'own' })
  try {
    await migrate(database.kysely, migrations)
    const files = createLocalFileStore(join(dataFolder, 'files'))
    await loadContent({ db: database.kysely, files }, join(packageRoot(), 'seeds'), '2026-11-24T09:00:00.000Z')
    await addCorpus(database.kysely, files)
    const by = await openQuestions(database.kysely)
    const measured: MeasuredQuality[] = []
    for (const engine of engines) {
      const ask = by(engine)
      const answered = await askJudged(ask)
      const across = await askAcross(ask)
      measured.push({
        engine,
        groups: groupAnswered(answered),
        figures: sumUp(answered, across),
        worst: answered.toSorted((one, other) => one.measures.ndcg - other.measures.ndcg).slice(0, WORST),
        missed: across.flatMap(({ lang, text, isFound }) => (isFound ? [] : [`${text} (${lang})`])),
      })
    }
    return measured
  } finally {
    await database.close()
  }
}
