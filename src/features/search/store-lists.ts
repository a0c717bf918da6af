import type { Kysely } from 'kysely'
import { moveHubVersion, type RecordTables } from '#features/records/index.ts'
import type { SearchListChangeTable, SearchTables } from './schema.ts'
import type { SearchDb } from './store-index.ts'

/** Lists, and the hub version that moves with them. */
export type SearchDeskDb = Kysely<RecordTables & SearchTables>

export type ListName = SearchListChangeTable['list']

/** Who changed a list, when, and which lines came and went. */
export interface ListChange {
  readonly id: number
  readonly at: string
  readonly actor: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** The version of a list: the number of its last change, 0 before the first. */
export async function readListVersion(db: SearchDb, list: ListName): Promise<number> {
  const row = await db
    .selectFrom('search_list_change')
    .select(({ fn }) => fn.max<number | null>('id').as('version'))
    .where('list', '=', list)
    .executeTakeFirst()
  return row?.version ?? 0
}

/** The last changes of a list, newest first. */
export async function listChanges(db: SearchDb, list: ListName, limit: number): Promise<ListChange[]> {
  return db
    .selectFrom('search_list_change')
    .select(['id', 'at', 'actor', 'added', 'removed'])
    .where('list', '=', list)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export interface ListEdit {
  readonly list: ListName
  /** The version that the form was filled in from; null: whatever it is now. */
  readonly base: number | null
  readonly at: string
  readonly actor: string
}

/**
 * Changes a list in one transaction: `write` puts the new one in its place, `linesOf` reads its lines before and after. Somebody else's
 * change since the form was drawn: nothing is written. The hub version goes first, so that two who save wait for each other.
 */
export async function changeList(
  db: SearchDeskDb,
  { list, base, at, actor }: ListEdit,
  linesOf: (tx: SearchDb) => Promise<readonly string[]>,
  write: (tx: SearchDb) => Promise<void>,
): Promise<'saved' | 'same' | 'conflict'> {
  return db.transaction().execute(async (tx) => {
    const search: SearchDb = tx.$pickTables<keyof SearchTables>()
    await moveHubVersion(tx.$pickTables<keyof RecordTables>())
    if (base !== null && (await readListVersion(search, list)) !== base) return 'conflict'
    const before = await linesOf(search)
    await write(search)
    const after = await linesOf(search)
    const added = after.filter((line) => !before.includes(line))
    const removed = before.filter((line) => !after.includes(line))
    if (JSON.stringify(before) === JSON.stringify(after)) return 'same'
    await search.insertInto('search_list_change').values({ list, at, actor, added, removed }).execute()
    return 'saved'
  })
}
