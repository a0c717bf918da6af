import { readHubSettings } from '#features/hub/index.ts'
import type { RecordTables } from '#features/records/index.ts'
import { createApp } from './app.tsx'
import type { HubParts, MadeHub } from './wiring.ts'

export interface LiveHub {
  /** The hub as its settings are now. */
  readonly current: () => MadeHub
}

/**
 * A hub that follows its settings. Whenever the hub version has moved on, the settings are read again; when they are others than
 * those it was made with, a new hub takes its place (`onNew`), and the old one hands on whatever still comes to it. Every process
 * looks at the version at most once a second, before it answers; so none answers by old settings for longer.
 */
export async function createLiveHub(
  parts: Omit<HubParts, 'settings' | 'live'>,
  onNew: (hub: MadeHub) => void = () => undefined,
): Promise<LiveHub> {
  const records = parts.database.kysely.$pickTables<keyof RecordTables>()
  let seen = -1
  let known = await readHubSettings(records)
  let current = make()

  function make(): MadeHub {
    const made: MadeHub = createApp({
      ...parts,
      settings: known,
      live: { onVersion, successor: () => (current === made ? undefined : current.http) },
    })
    return made
  }

  async function onVersion(version: number): Promise<void> {
    if (version === seen) return
    const settings = await readHubSettings(records)
    if (JSON.stringify(settings) !== JSON.stringify(known)) {
      known = settings
      current = make()
      onNew(current)
    }
    seen = version
  }

  return { current: () => current }
}
