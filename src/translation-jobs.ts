import type { Kysely } from 'kysely'
import { z } from 'zod'
import { createMachine, rememberTexts, translateWaiting, type Machine } from '#features/translation/index.ts'
import type { Jobs } from '#platform/jobs/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Config } from './config.ts'
import type { HubTables } from './schema.ts'
import { createTranslationDeps } from './translation-desk.ts'

export const translationJobNames = { memory: 'translation.memory', machine: 'translation.machine' } as const

/** When the memory catches up and when a machine is given what waits: cron expressions, in UTC. */
const REMEMBERING = '*/10 * * * *'
const TRANSLATING = '* * * * *'

/** The machine that the operator has configured, if any. */
function configuredMachine(config: Config): Machine | null {
  const { TRANSLATE_URL: url, TRANSLATE_KIND: kind, TRANSLATE_KEY: key, TRANSLATE_MODEL: model } = config
  return url === undefined ? null : createMachine({ url, kind, key, model })
}

/** Defines the jobs of the translation desk; what it gives back schedules them. */
export function defineTranslationJobs(
  jobs: Jobs,
  { db, config, now }: { db: Kysely<HubTables>; config: Config; now: () => Instant },
): () => Promise<void> {
  const deps = createTranslationDeps(db, now, [])
  const machine = configuredMachine(config)
  const memory = jobs.define({
    name: translationJobNames.memory,
    payload: z.object({}),
    run: async () => {
      await rememberTexts(deps)
    },
  })
  const translating = jobs.define({
    name: translationJobNames.machine,
    payload: z.object({}),
    run: async (_, { signal }) => {
      if (machine) await translateWaiting(deps, machine, signal)
    },
  })
  return async () => {
    await memory.schedule(REMEMBERING, {})
    await memory.send({}, { singletonKey: 'start' })
    if (machine) await translating.schedule(TRANSLATING, {})
  }
}
