import type { Kysely } from 'kysely'
import { z } from 'zod'
import { runImports } from '#features/exchange/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Jobs } from '#platform/jobs/index.ts'
import type { Instant } from '#platform/time.ts'
import type { HubTables } from './schema.ts'

export const importJobNames = { imports: 'publications.import' } as const

/** When catalogues that wait are looked for: a cron expression, in UTC. A look takes two statements when there are none. */
const LOOKING = '* * * * *'

/** Seconds that one run may take; what is left goes on with the next. */
const LIMIT = 3600

interface ImportParts {
  readonly db: Kysely<HubTables>
  readonly store: FileStore
  readonly now: () => Instant
  readonly origin: string
  /** Whether anybody is using the database. */
  readonly isBusy: () => boolean
}

/** Defines the job that compares and writes catalogues; what it gives back begins and hurries it. */
export function defineImportJobs(
  jobs: Jobs,
  parts: ImportParts,
): { readonly begin: () => Promise<void>; readonly queued: () => Promise<unknown> } {
  const imports = jobs.define({
    name: importJobNames.imports,
    payload: z.object({}),
    // The next minute tries again.
    retries: 0,
    limitSeconds: LIMIT,
    run: async (_, { signal, progress }) => void (await runImports(parts, { signal, progress })),
  })
  return {
    begin: async () => {
      await imports.schedule(LOOKING, {})
      await imports.send({}, { singletonKey: 'due' })
    },
    queued: async () => imports.send({}, { singletonKey: 'due' }),
  }
}
