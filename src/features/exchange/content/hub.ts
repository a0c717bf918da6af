import type { z } from 'zod'
import { insertRecords, keepSetting, type Deed } from '#features/records/index.ts'
import type { HubFile } from './files.ts'
import type { Handles } from '../handles.ts'
import { toTexts } from './words.ts'

/** The hub itself is a record, so that what it says of itself has languages and states like everything else. */
export const hubId = 'hub_main'

/** Writes the hub's own texts and settings, unless they are there. */
export async function loadHub(tx: Handles, hub: z.infer<typeof HubFile>, deed: Deed): Promise<number> {
  const { sourceLang, languages, zone, ...fields } = hub
  await keepSetting(tx.records, 'languages', languages)
  await keepSetting(tx.records, 'zone', zone)
  const made = await insertRecords(
    tx.records,
    [{ id: hubId, kind: 'hub', sourceLang, status: 'published', texts: toTexts(fields) }],
    deed,
  )
  return made.size
}
