import {
  loadRecords,
  readSetting,
  textFor,
  type LoadedRecord,
  type Reader,
  type RecordDb,
} from '#features/records/index.ts'

/** The hub itself is a record, so that what it says of itself has languages and states like everything else. */
export const hubId = 'hub_main'

/** What a hub is called before anybody named it. */
const unnamed = 'Passerelle'

export interface HubSettings {
  /** Content languages in the hub's order; empty: those of the interface. */
  readonly languages: readonly string[]
  readonly zone: string
}

/** The hub's record, or null on an empty hub. */
export async function readHub(db: RecordDb): Promise<LoadedRecord | null> {
  return (await loadRecords(db, [hubId])).get(hubId) ?? null
}

/** The hub's languages and zone. */
export async function readHubSettings(db: RecordDb): Promise<HubSettings> {
  const languages = await readSetting(db, 'languages')
  const zone = await readSetting(db, 'zone')
  return {
    languages: Array.isArray(languages) ? languages.filter((lang) => typeof lang === 'string') : [],
    zone: typeof zone === 'string' ? zone : 'UTC',
  }
}

/** What the hub is called and how it introduces itself, for a reader. */
export function introduceHub(hub: LoadedRecord | null, reader: Reader) {
  const text = (field: string) => (hub ? textFor(hub, field, reader) : null)
  return {
    name: text('name') ?? { lang: 'en', state: 'source' as const, value: unnamed },
    tagline: text('tagline'),
  }
}
