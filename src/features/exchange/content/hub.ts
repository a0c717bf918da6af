import type { z } from 'zod'
import { hubId, insertRecords, keepSetting, type Deed } from '#features/records/index.ts'
import type { HubFile } from './files.ts'
import type { Words } from './values.ts'
import type { Handles } from '../handles.ts'
import { seedId, toTexts } from './words.ts'

/** The components as a Markdown list per language. */
function toList(components: readonly Words[]): Words {
  const lists: Record<string, string> = {}
  for (const [lang, text] of components.flatMap((words) => Object.entries(words))) {
    const item = `- ${typeof text === 'string' ? text : text.value}`
    lists[lang] = lists[lang] === undefined ? item : `${lists[lang]}\n${item}`
  }
  return lists
}

/** Writes the hub's own texts and settings, unless they are there. */
export async function loadHub(tx: Handles, hub: z.infer<typeof HubFile>, deed: Deed): Promise<number> {
  const { sourceLang, languages, zone, components, funding, ...fields } = hub
  await keepSetting(tx.records, 'languages', languages)
  await keepSetting(tx.records, 'zone', zone)
  const links = funding.map((key) => ({ to: seedId('funding', key), relation: 'funded_by' as const }))
  const made = await insertRecords(
    tx.records,
    [
      {
        id: hubId,
        kind: 'hub',
        sourceLang,
        status: 'published',
        texts: toTexts({ ...fields, components: toList(components) }),
        links,
      },
    ],
    deed,
  )
  return made.size
}
