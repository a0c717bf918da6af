import type { Actor } from '#features/accounts/index.ts'
import {
  canPublish,
  canWithdraw,
  findSuccessor,
  lockVersion,
  readDeskRows,
  setStatus,
  type RecordDb,
} from '#features/records/index.ts'
import { deedOf } from './actions.ts'
import type { DeskDeps } from './deps.ts'
import type { DeskKind } from './kind.ts'
import { requireGuarded } from './standing.ts'

/** Publishes a record and the drafts among its parts, or says that something is missing. What was merged into another stays withdrawn. */
export async function publishRecord(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  canGo: (tx: RecordDb) => Promise<boolean>,
): Promise<boolean> {
  const deed = deedOf(deps, actor)
  const done = await deps.records.transaction().execute(async (tx) => {
    await lockVersion(tx, id)
    const { kind } = await requireGuarded({ ...deps, records: tx }, actor, id, canPublish)
    if ((await findSuccessor(tx, id)) !== null || !(await canGo(tx))) return false
    for (const part of await listDraftParts(tx, kind, id)) await setStatus(tx, part, 'published', deed)
    await setStatus(tx, id, 'published', deed)
    return true
  })
  if (done) deps.onChange()
  return done
}

/** The parts of a record that nobody has published or withdrawn yet. */
export async function listDraftParts(db: RecordDb, kind: DeskKind, id: string): Promise<string[]> {
  const parts = (await kind.parts?.(db, id)) ?? []
  return (await readDeskRows(db, parts)).filter((row) => row.status === 'draft').map((row) => row.id)
}

/** Takes a record back from the public at once. Its parts are seen through it, so they go with it and come back with it. */
export async function withdrawRecord(deps: DeskDeps, actor: Actor, id: string): Promise<void> {
  await deps.records.transaction().execute(async (tx) => {
    await lockVersion(tx, id)
    await requireGuarded({ ...deps, records: tx }, actor, id, canWithdraw)
    await setStatus(tx, id, 'withdrawn', deedOf(deps, actor))
  })
  deps.onChange()
}
