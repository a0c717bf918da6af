import type { z } from 'zod'
import { moveHubVersion } from '#features/records/index.ts'
import { insertFirstTasks } from '#features/search/index.ts'
import { stableId } from '#platform/ids.ts'
import type { Handles } from '../handles.ts'
import type { TasksFile } from './files.ts'

/** Writes the tasks of the first page where the hub has never had any. */
export async function loadTasks(tx: Handles, tasks: z.infer<typeof TasksFile>): Promise<number> {
  const made = await insertFirstTasks(
    tx.search,
    tasks.map(({ key, query, texts }) => ({
      id: stableId('tsk', `content:${key}`),
      query,
      texts: Object.entries(texts).map(([lang, text]) => ({ lang, ...text })),
    })),
  )
  if (made > 0) await moveHubVersion(tx.records)
  return made
}
