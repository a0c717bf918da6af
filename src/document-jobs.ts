import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { FileTables } from '#features/files/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { readNewFiles, type LibraryTables } from '#features/library/index.ts'
import { readNewCaptions } from '#features/recordings/index.ts'
import type { RecordTables } from '#features/records/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Jobs } from '#platform/jobs/index.ts'
import type { Instant } from '#platform/time.ts'
import type { HubTables } from './schema.ts'

export const documentJobNames = { documents: 'documents.read' } as const

/** When new files of editions are looked for: a cron expression, in UTC. A look takes one statement when there are none. */
const READING = '* * * * *'

/** Seconds that one look may take; what is left is read after the next. */
const LIMIT = 540

interface ReadingParts {
  readonly db: Kysely<HubTables>
  readonly store: FileStore
  readonly now: () => Instant
}

/** Defines the job that reads the text of files; what it gives back begins and hurries it. */
export function defineDocumentJobs(
  jobs: Jobs,
  { db, store, now }: ReadingParts,
): { readonly begin: () => Promise<void>; readonly queued: () => Promise<unknown> } {
  const deps = {
    library: db.$pickTables<keyof LibraryTables>(),
    records: db.$pickTables<keyof RecordTables>(),
    files: db.$pickTables<keyof FileTables>(),
    store,
    now,
  }
  const reading = jobs.define({
    name: documentJobNames.documents,
    payload: z.object({}),
    // The next minute tries again.
    retries: 0,
    run: async (_, { signal, progress }) => {
      const until = AbortSignal.any([signal, AbortSignal.timeout(LIMIT * 1000)])
      await readNewCaptions({ ...deps, recordings: handlesOf(db).recordings }, { signal: until })
      await readNewFiles(deps, { signal: until, progress })
    },
  })
  return {
    begin: async () => {
      await reading.schedule(READING, {})
      await reading.send({}, { singletonKey: 'start' })
    },
    queued: async () => reading.send({}, { singletonKey: 'due' }),
  }
}
