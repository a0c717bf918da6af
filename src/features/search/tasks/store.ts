import type { SearchDb } from '../store-index.ts'
import { readListVersion } from '../store-lists.ts'
import type { Task } from './domain.ts'

/** The tasks in their order, with all their texts. In one query. */
export async function listTasks(db: SearchDb): Promise<Task[]> {
  const rows = await db
    .selectFrom('search_task')
    .innerJoin('search_task_text', 'task_id', 'id')
    .select(['id', 'query', 'lang', 'label', 'words'])
    .orderBy('position')
    .orderBy('id')
    .orderBy('lang')
    .execute()
  const byTask = Map.groupBy(rows, ({ id, query }) => JSON.stringify({ id, query }))
  return [...byTask.values()].flatMap((own) =>
    own.slice(0, 1).map(({ id, query }) => ({
      id,
      query,
      texts: own.map(({ lang, label, words }) => ({ lang, label, words })),
    })),
  )
}

/** Puts a list of tasks in place of the one that is there. */
export async function replaceTasks(tx: SearchDb, tasks: readonly Task[]): Promise<void> {
  await tx.deleteFrom('search_task').execute()
  if (tasks.length === 0) return
  await tx
    .insertInto('search_task')
    .values(tasks.map(({ id, query }, position) => ({ id, query, position })))
    .execute()
  const texts = tasks.flatMap(({ id, texts: own }) => own.map((text) => ({ task_id: id, ...text })))
  await tx.insertInto('search_task_text').values(texts).execute()
}

/** Gives a hub its first tasks; how many. One whose editors have looked after their own keeps those, or none. */
export async function insertFirstTasks(tx: SearchDb, tasks: readonly Task[]): Promise<number> {
  if ((await listTasks(tx)).length > 0 || (await readListVersion(tx, 'tasks')) > 0) return 0
  await replaceTasks(tx, tasks)
  return tasks.length
}
