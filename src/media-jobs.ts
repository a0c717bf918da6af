import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { handlesOf } from '#features/exchange/index.ts'
import { makeNewCuts, makeNewVersions, readNewMedia } from '#features/recordings/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Jobs } from '#platform/jobs/index.ts'
import { createFfmpegFinder } from '#platform/media/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Config } from './config.ts'
import type { HubTables } from './schema.ts'

export const mediaJobNames = { media: 'media.read', versions: 'media.make', cuts: 'media.cut' } as const

/** When new films and sounds are looked for: a cron expression, in UTC. A look takes one statement when there are none. */
const LOOKING = '* * * * *'

/** Seconds that one look may take, and that may be spent on making versions at a stretch: the next minute goes on. */
const READING_LIMIT = 540
const MAKING_LIMIT = 72_000

interface MediaParts {
  readonly db: Kysely<HubTables>
  readonly store: FileStore
  readonly now: () => Instant
  readonly config: Pick<Config, 'HUB_DATA' | 'FFMPEG_PATH'>
}

/**
 * Defines the jobs that read films and sounds, make their versions, and copies of them without what was taken down: `begin` schedules
 * them, `queued` begins now, `cutsQueued` with the copies, `giveUp` breaks off what is being made.
 */
export function defineMediaJobs(
  jobs: Jobs,
  { db, store, now, config }: MediaParts,
): {
  readonly begin: () => Promise<void>
  readonly cutsQueued: () => Promise<unknown>
  readonly queued: () => Promise<unknown>
  readonly giveUp: () => void
} {
  const { recordings, records, files } = handlesOf(db)
  const findFfmpeg = createFfmpegFinder(config.FFMPEG_PATH)
  const stopping = new AbortController()
  const within = (signal: AbortSignal, seconds: number) =>
    AbortSignal.any([signal, stopping.signal, AbortSignal.timeout(seconds * 1000)])
  const making = { recordings, records, files, store, now, folder: join(config.HUB_DATA, 'media') }
  const versions = jobs.define({
    name: mediaJobNames.versions,
    payload: z.object({}),
    // The next minute tries again.
    retries: 0,
    limitSeconds: MAKING_LIMIT + 600,
    run: async (_, { signal, progress }) => {
      const until = within(signal, MAKING_LIMIT)
      await makeNewVersions(making, { ffmpeg: await findFfmpeg(), signal: until, progress })
    },
  })
  const cuts = jobs.define({
    name: mediaJobNames.cuts,
    payload: z.object({}),
    // The next minute tries again.
    retries: 0,
    limitSeconds: MAKING_LIMIT + 600,
    run: async (_, { signal, progress }) => {
      const ffmpeg = await findFfmpeg()
      if (ffmpeg?.isEnough !== true) return
      const count = await makeNewCuts(making, { ffmpeg, signal: within(signal, MAKING_LIMIT), progress })
      if (count > 0) await versions.send({}, { singletonKey: 'due' })
    },
  })
  const reading = jobs.define({
    name: mediaJobNames.media,
    payload: z.object({}),
    retries: 0,
    run: async (_, { signal }) => {
      const count = await readNewMedia({ recordings, records, store, now }, { signal: within(signal, READING_LIMIT) })
      if (count === 0) return
      await cuts.send({}, { singletonKey: 'due' })
      await versions.send({}, { singletonKey: 'due' })
    },
  })
  return {
    begin: async () => {
      await reading.schedule(LOOKING, {})
      await versions.schedule(LOOKING, {})
      await cuts.schedule(LOOKING, {})
      await reading.send({}, { singletonKey: 'start' })
    },
    cutsQueued: async () => cuts.send({}, { singletonKey: 'due' }),
    queued: async () => reading.send({}, { singletonKey: 'due' }),
    giveUp: () => stopping.abort(new Error('The hub stops')),
  }
}
