import type { Kysely } from 'kysely'
import { z } from 'zod'
import { handlesOf, listImportFiles } from '#features/exchange/index.ts'
import { sweepFiles, uploadDays, type FileTables } from '#features/files/index.ts'
import { listLibraryFiles, type LibraryTables } from '#features/library/index.ts'
import { listTrackFiles } from '#features/recordings/index.ts'
import { listMaterialFiles, type SeminarTables } from '#features/seminars/index.ts'
import type { FileStore, Spool } from '#platform/files/index.ts'
import type { Jobs } from '#platform/jobs/index.ts'
import type { Instant } from '#platform/time.ts'
import type { HubTables } from './schema.ts'

export const fileJobNames = { files: 'files.sweep' } as const

/** When files that nothing refers to are removed: a cron expression, in UTC. */
const SWEEPING = '23 3 * * *'

interface SweepParts {
  readonly db: Kysely<HubTables>
  readonly store: FileStore
  readonly now: () => Instant
}

/** The files' tables, and who refers to files: whatever comes to do so is asked here too. */
function sweepHandles(db: Kysely<HubTables>) {
  const library = db.$pickTables<keyof LibraryTables>()
  const seminars = db.$pickTables<keyof SeminarTables>()
  return {
    files: db.$pickTables<keyof FileTables>(),
    referred: async (hashes: readonly string[]) =>
      (await listMaterialFiles(seminars, hashes))
        .union(await listLibraryFiles(library, hashes))
        .union(await listTrackFiles(handlesOf(db).recordings, hashes))
        .union(await listImportFiles(handlesOf(db).imports, hashes)),
  }
}

/** Removes the files that nothing in the hub refers to. */
export async function sweepHubFiles({ db, store, now }: SweepParts, signal?: AbortSignal): Promise<number> {
  const inside = async <T>(work: (tx: ReturnType<typeof sweepHandles>) => Promise<T>) =>
    db.transaction().execute(async (tx) => work(sweepHandles(tx)))
  return sweepFiles({ ...sweepHandles(db), store, now, inside }, signal)
}

/** Defines the jobs of files; what it gives back schedules them. */
export function defineFileJobs(
  jobs: Jobs,
  { db, store, spool, now }: SweepParts & { readonly spool: Spool },
): () => Promise<void> {
  const sweep = jobs.define({
    name: fileJobNames.files,
    payload: z.object({}),
    run: async (_, { signal }) => {
      await sweepHubFiles({ db, store, now }, signal)
      await spool.sweep(Date.parse(now()) - uploadDays * 86_400_000)
    },
  })
  return async () => sweep.schedule(SWEEPING, {})
}
